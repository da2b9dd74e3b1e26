import { selectorChanged } from '../../../src/diff/risks/selector-changed';
import { holdsFor, object } from './risk-cases';

const service = (app: string, port = 80) => object('Service', { spec: { selector: { app }, ports: [{ port }] } });
const scaler = (name: string, maxReplicas = 3) =>
  object('autoscaling/v2 HorizontalPodAutoscaler', {
    spec: { scaleTargetRef: { kind: 'Deployment', name }, maxReplicas },
  });

holdsFor(selectorChanged, [
  {
    name: 'the pods of a Service',
    risk: [service('a'), service('b')],
    says: ['spec.selector means others than before'],
    twin: [service('a'), service('a', 81)],
  },
  {
    name: 'what is scaled',
    risk: [scaler('a'), scaler('b')],
    says: ['spec.scaleTargetRef means others than before'],
    twin: [scaler('a'), scaler('a', 4)],
  },
]);

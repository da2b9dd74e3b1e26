import { groupKindOf } from '../../platform/placed-object';
import { fieldText, isWithin } from '../field-change';
import type { RiskRule } from './risk-rule';

/** Where kinds say whom they mean; selectors that can't change are another risk. */
const selectors: Readonly<Record<string, readonly string[]>> = {
  Service: ['spec.selector'],
  'policy/PodDisruptionBudget': ['spec.selector'],
  'networking.k8s.io/NetworkPolicy': ['spec.podSelector'],
  'cilium.io/CiliumNetworkPolicy': ['spec.endpointSelector'],
  'cilium.io/CiliumClusterwideNetworkPolicy': ['spec.endpointSelector'],
  'networking.gke.io/FQDNNetworkPolicy': ['spec.podSelector'],
  'autoscaling/HorizontalPodAutoscaler': ['spec.scaleTargetRef'],
  'keda.sh/ScaledObject': ['spec.scaleTargetRef'],
  'monitoring.coreos.com/ServiceMonitor': ['spec.selector', 'spec.namespaceSelector'],
  'monitoring.coreos.com/PodMonitor': ['spec.selector', 'spec.namespaceSelector'],
};

/** An object means others than before. */
export const selectorChanged: RiskRule = {
  id: 'selector-changed',
  what: 'a selector means others',
  why: 'what was selected is left without it at once: traffic, a budget, a policy or an autoscaler',
  find({ before, fields }) {
    const groupKind = before ? groupKindOf(before) : '';
    const known = Object.hasOwn(selectors, groupKind) ? selectors[groupKind] : [];
    const changed = known.filter((field) => fields.some(({ path }) => isWithin(path, field.split('.'))));
    return changed.map((field) => `${fieldText(field.split('.'))} means others than before`);
  },
};

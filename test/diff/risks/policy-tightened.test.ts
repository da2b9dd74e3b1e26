import { policyTightened } from '../../../src/diff/risks/policy-tightened';
import { holdsFor, object } from './risk-cases';

const kyverno = (...validationActions: string[]) =>
  object('policies.kyverno.io/v1 ValidatingPolicy', { spec: { validationActions, validations: [] } });
const binding = (...validationActions: string[]) =>
  object('admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding', {
    spec: { policyName: 'a', validationActions },
  });
const constraint = (enforcementAction: string) =>
  object('constraints.gatekeeper.sh/v1beta1 RequireOwner', { spec: { enforcementAction } });
const namespace = (level?: string) =>
  object('Namespace', {}, { labels: level ? { 'pod-security.kubernetes.io/enforce': level } : {} });
const exception = object('policies.kyverno.io/v1 PolicyException', { spec: { policyRefs: [] } });

holdsFor(policyTightened, [
  {
    name: 'a policy of Kyverno',
    risk: [kyverno('Audit'), kyverno('Deny')],
    says: ['goes from Audit to Deny'],
    twin: [kyverno('Deny'), kyverno('Audit')],
  },
  {
    name: 'a policy that is new',
    risk: [undefined, kyverno('Warn', 'Audit')],
    says: ['is new, in stage Warn'],
    twin: [undefined, kyverno('Audit')],
  },
  {
    name: 'a policy of the API server',
    risk: [binding('Warn', 'Audit'), binding('Deny')],
    says: ['goes from Warn to Deny'],
    twin: [binding('Warn', 'Audit'), binding('Audit', 'Warn')],
  },
  {
    name: 'a constraint',
    risk: [constraint('dryrun'), constraint('deny')],
    says: ['goes from Audit to Deny'],
    twin: [constraint('deny'), constraint('warn')],
  },
  {
    name: 'a level of pods',
    risk: [namespace(), namespace('restricted')],
    says: ['goes from privileged to restricted'],
    twin: [namespace('restricted'), namespace()],
  },
  {
    name: 'an exception that ends',
    risk: [exception, undefined],
    says: ['ends, so that what it excused is judged'],
    twin: [undefined, exception],
  },
]);

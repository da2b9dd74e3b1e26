import type { Construct } from 'constructs';
import {
  type NamedRuleWithOperations,
  type ObjectMeta,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  type ValidatingAdmissionPolicySpec,
} from '../../imports/kubernetes';

/** A rule of the API server itself, and what puts it in force. */
export interface AdmissionRule {
  readonly policy: ValidatingAdmissionPolicy;
  readonly binding: ValidatingAdmissionPolicyBinding;
}

/** What the rules are made with. */
export interface AdmissionContext {
  /** The label that marks guard rails, and the namespaces that have them. */
  readonly guardRail: Readonly<Record<string, string>>;
  /** Group and resource that stand for the right to change guard rails: no object of it exists, roles name it. */
  readonly right: { readonly group: string; readonly resource: string };
  readonly metadata: (name: string) => ObjectMeta;
}

const written: NamedRuleWithOperations['operations'] = ['CREATE', 'UPDATE'];

/**
 * Guard rails change only by whom the platform lets, whatever roles say otherwise: the built-in `edit` role may delete network
 * policies, and `admin` role bindings.
 *
 * Who may is a question of RBAC, asked about a resource that does not exist. So administrators may, and the namespace
 * controller may delete, without being listed.
 */
export function guardRailPolicy(scope: Construct, context: AdmissionContext): AdmissionRule {
  const { group, resource } = context.right;
  const may = `authorizer.group('${group}').resource('${resource}').namespace(request.namespace)`;
  return admissionRule(scope, 'guard-rails', context, {
    matchConstraints: {
      objectSelector: { matchLabels: { ...context.guardRail } },
      resourceRules: [
        everything('', ['limitranges', 'resourcequotas']),
        everything('networking.k8s.io', ['networkpolicies']),
        everything('rbac.authorization.k8s.io', ['rolebindings', 'roles']),
      ],
    },
    validations: [
      {
        expression: `${may}.check(request.operation == 'DELETE' ? 'delete' : 'update').allowed()`,
        message: 'this is a guard rail of the platform; ask the platform team to change it',
        reason: 'Forbidden',
      },
    ],
  });
}

/** The accounts of a team's own namespace: the one that applies its manifests, and those of its pods. */
const ownAccount = "request.userInfo.username.startsWith('system:serviceaccount:' + request.namespace + ':')";

/** Network policies add up, so one that opens everything would take the default deny away without touching it. */
export function openNetworkPolicy(scope: Construct, context: AdmissionContext): AdmissionRule {
  return admissionRule(scope, 'team-network', context, {
    matchConstraints: teamObjects(context, 'networking.k8s.io', ['networkpolicies']),
    matchConditions: [{ name: 'by-the-team', expression: ownAccount }],
    validations: [
      {
        expression:
          'has(object.spec.podSelector) && ((has(object.spec.podSelector.matchLabels) && size(object.spec.podSelector.matchLabels) > 0) || (has(object.spec.podSelector.matchExpressions) && size(object.spec.podSelector.matchExpressions) > 0))',
        message: 'a network policy of a team selects pods by their labels; one for all pods is a guard rail',
      },
      {
        expression:
          '(!has(object.spec.ingress) || object.spec.ingress.all(rule, has(rule.from) && size(rule.from) > 0)) && (!has(object.spec.egress) || object.spec.egress.all(rule, has(rule.to) && size(rule.to) > 0))',
        message:
          'each rule of a team\'s network policy names its peers; a rule without "from" or "to" opens everything',
      },
    ],
  });
}

/**
 * The policies of Cilium and GKE add up with those of Kubernetes, and Cilium's can open far more than host names. A team's are
 * for pods by their labels, and let out to named hosts and to the DNS that answers for them.
 */
export function openHostPolicy(scope: Construct, context: AdmissionContext): AdmissionRule {
  const labelled = (selector: string) => `(has(${selector}.matchLabels) && size(${selector}.matchLabels) > 0)`;
  const ofCilium = "object.kind == 'CiliumNetworkPolicy'";
  const hosts =
    "has(rule.toFQDNs) && size(rule.toFQDNs) > 0 && rule.toFQDNs.all(host, has(host.matchName) || (has(host.matchPattern) && host.matchPattern.matches('[a-z0-9]')))";
  const pods = `has(rule.toEndpoints) && size(rule.toEndpoints) > 0 && rule.toEndpoints.all(pods, ${labelled('pods')})`;
  const constraints = teamObjects(context, 'cilium.io', ['ciliumnetworkpolicies']);
  const [cilium] = constraints.resourceRules;
  return admissionRule(scope, 'team-host-names', context, {
    matchConstraints: {
      ...constraints,
      resourceRules: [cilium, { ...cilium, apiGroups: ['networking.gke.io'], resources: ['fqdnnetworkpolicies'] }],
    },
    matchConditions: [{ name: 'by-the-team', expression: ownAccount }],
    validations: [
      {
        expression: `${ofCilium} ? (has(object.spec) && has(object.spec.endpointSelector) && ${labelled('object.spec.endpointSelector')}) : (has(object.spec) && has(object.spec.podSelector) && ${labelled('object.spec.podSelector')})`,
        message: 'a network policy of a team selects pods by their labels; one for all pods is a guard rail',
      },
      {
        expression: `!(${ofCilium}) || (!has(object.specs) && !has(object.spec.ingress) && (!has(object.spec.egress) || object.spec.egress.all(rule, (${hosts}) || (${pods}))))`,
        message:
          "a Cilium policy of a team lets out to host names and to pods by their labels, and nothing in; calls and callers are the NetworkPolicy's",
      },
    ],
  });
}

/** A team that hands out permissions hands them to its own workloads. */
export function ownSubjectsPolicy(scope: Construct, context: AdmissionContext): AdmissionRule {
  return admissionRule(scope, 'team-access', context, {
    matchConstraints: teamObjects(context, 'rbac.authorization.k8s.io', ['rolebindings']),
    matchConditions: [{ name: 'by-the-team', expression: ownAccount }],
    validations: [
      {
        expression:
          "!has(object.subjects) || object.subjects.all(subject, subject.kind == 'ServiceAccount' && (!has(subject.namespace) || subject.namespace == request.namespace))",
        message:
          'a role binding of a team names service accounts of its own namespace; access of people is a guard rail',
      },
    ],
  });
}

function admissionRule(
  scope: Construct,
  id: string,
  context: AdmissionContext,
  spec: ValidatingAdmissionPolicySpec,
): AdmissionRule {
  const metadata = context.metadata(id);
  const policy = new ValidatingAdmissionPolicy(scope, id, { metadata, spec: { failurePolicy: 'Fail', ...spec } });
  return {
    policy,
    binding: new ValidatingAdmissionPolicyBinding(scope, `${id}-binding`, {
      metadata,
      spec: { policyName: policy.name, validationActions: ['Deny'] },
    }),
  };
}

function everything(group: string, resources: string[]): NamedRuleWithOperations {
  return { apiGroups: [group], apiVersions: ['*'], operations: ['CREATE', 'UPDATE', 'DELETE'], resources };
}

/** What is written in the namespaces of teams. */
function teamObjects({ guardRail }: AdmissionContext, group: string, resources: string[]) {
  return {
    namespaceSelector: { matchLabels: { ...guardRail } },
    resourceRules: [{ apiGroups: [group], apiVersions: ['*'], operations: written, resources }],
  };
}

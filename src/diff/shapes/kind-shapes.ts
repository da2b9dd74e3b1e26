import { groupKindOf } from '../../platform/placed-object';
import { isRecord } from '../../platform/rule';
import { byDefault, type Shape } from './shape';
import { workloads } from './workloads';

// Defaults are those of pkg/apis/{core,networking,rbac,admissionregistration}/v1/defaults.go of Kubernetes 1.34.

const set: Shape = { unordered: true };
const protocol: Shape = { fields: { protocol: byDefault('TCP') } };
const selector: Shape = { fields: { matchExpressions: { unordered: true, items: { fields: { values: set } } } } };

const peers: Shape = {
  unordered: true,
  items: { fields: { podSelector: selector, namespaceSelector: selector, ipBlock: { fields: { except: set } } } },
};
const ports: Shape = { unordered: true, items: protocol };

const rules: Shape = {
  unordered: true,
  items: {
    fields: Object.fromEntries(
      ['apiGroups', 'resources', 'verbs', 'resourceNames', 'nonResourceURLs'].map((f) => [f, set]),
    ),
  },
};

const rbac = 'rbac.authorization.k8s.io';
const binding: Shape = {
  fields: {
    roleRef: { fields: { apiGroup: byDefault(rbac) } },
    subjects: {
      unordered: true,
      items: {
        fields: { apiGroup: { complete: (value, { kind }) => value ?? (kind === 'ServiceAccount' ? '' : rbac) } },
      },
    },
  },
};

/** Which requests a policy or a webhook sees. */
const requests: Shape = {
  unordered: true,
  items: { fields: { scope: byDefault('*'), operations: set, resources: set } },
};

const webhooks: Shape = {
  fields: {
    webhooks: {
      items: {
        fields: {
          ...{ failurePolicy: byDefault('Fail'), matchPolicy: byDefault('Equivalent'), timeoutSeconds: byDefault(10) },
          ...{
            namespaceSelector: byDefault({}),
            objectSelector: byDefault({}),
            reinvocationPolicy: byDefault('Never'),
          },
        },
      },
    },
  },
};

const match: Shape = {
  fields: {
    ...{ matchPolicy: byDefault('Equivalent'), namespaceSelector: byDefault({}), objectSelector: byDefault({}) },
    ...{ resourceRules: requests, excludeResourceRules: requests },
  },
};

/** What a comparison knows of Kubernetes' own kinds, by group and kind. */
const kindShapes: Readonly<Record<string, Shape>> = {
  ...workloads,
  Service: {
    fields: {
      spec: {
        fields: {
          type: byDefault('ClusterIP'),
          sessionAffinity: byDefault('None'),
          sessionAffinityConfig: {
            complete: (value, { sessionAffinity }) =>
              value ?? (sessionAffinity === 'ClientIP' ? { clientIP: { timeoutSeconds: 10_800 } } : undefined),
          },
          publishNotReadyAddresses: byDefault(false),
          internalTrafficPolicy: {
            complete: (value, { type }) => value ?? (type === 'ExternalName' ? undefined : 'Cluster'),
          },
          externalTrafficPolicy: {
            complete: (value, { type }) =>
              value ?? (type === 'NodePort' || type === 'LoadBalancer' ? 'Cluster' : undefined),
          },
          allocateLoadBalancerNodePorts: {
            complete: (value, { type }) => value ?? (type === 'LoadBalancer' ? true : undefined),
          },
          ports: {
            keys: ['port', 'protocol'],
            items: {
              fields: { protocol: byDefault('TCP'), targetPort: { complete: (value, { port }) => value ?? port } },
            },
          },
          externalIPs: set,
          loadBalancerSourceRanges: set,
        },
      },
    },
  },
  'networking.k8s.io/NetworkPolicy': {
    fields: {
      spec: {
        fields: {
          podSelector: byDefault({}, selector),
          policyTypes: {
            unordered: true,
            complete: (value, { egress }) =>
              value ?? ['Ingress', ...(Array.isArray(egress) && egress.length > 0 ? ['Egress'] : [])],
          },
          ingress: { unordered: true, items: { fields: { from: peers, ports } } },
          egress: { unordered: true, items: { fields: { to: peers, ports } } },
        },
      },
    },
  },
  'networking.k8s.io/Ingress': { fields: { spec: { fields: { rules: set, tls: set } } } },
  [`${rbac}/Role`]: { fields: { rules } },
  [`${rbac}/ClusterRole`]: { fields: { rules } },
  [`${rbac}/RoleBinding`]: binding,
  [`${rbac}/ClusterRoleBinding`]: binding,
  Secret: { fields: { type: byDefault('Opaque'), immutable: byDefault(false) } },
  ConfigMap: { fields: { immutable: byDefault(false) } },
  ServiceAccount: { fields: { imagePullSecrets: set, secrets: set } },
  'storage.k8s.io/StorageClass': {
    fields: { reclaimPolicy: byDefault('Delete'), volumeBindingMode: byDefault('Immediate') },
  },
  LimitRange: {
    fields: {
      spec: {
        fields: {
          limits: {
            unordered: true,
            items: {
              fields: {
                // Limits and requests of containers that say none come from each other (SetDefaults_LimitRangeItem).
                default: { complete: (value, { type, max }) => (type === 'Container' ? merged(max, value) : value) },
                defaultRequest: {
                  complete: (value, { type, max, min, default: limits }) =>
                    type === 'Container' ? merged(merged(min, merged(max, limits)), value) : value,
                },
              },
            },
          },
        },
      },
    },
  },
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': {
    fields: { spec: { fields: { failurePolicy: byDefault('Fail'), matchConstraints: match } } },
  },
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': {
    fields: { spec: { fields: { matchResources: match, validationActions: set } } },
  },
};

function merged(under: unknown, over: unknown): unknown {
  if (!isRecord(under)) return over;
  return { ...under, ...(isRecord(over) ? over : {}) };
}

/** Whether a comparison knows something of an object's kind: then it is one of Kubernetes' own. */
export function isShaped(object: { readonly apiVersion: string; readonly kind: string }): boolean {
  return Object.hasOwn(kindShapes, groupKindOf(object));
}

/** What a comparison knows of an object's kind. */
export function shapeOf(object: { readonly apiVersion: string; readonly kind: string }): Shape {
  return isShaped(object) ? kindShapes[groupKindOf(object)] : {};
}

import { isRecord } from '../../platform/rule';
import { byDefault, optional, type Shape } from './shape';

// Defaults are those of pkg/apis/core/v1/defaults.go of Kubernetes 1.34, and of the admission that every cluster has.

const zero = byDefault(0);
const no = byDefault(false);
const set: Shape = { unordered: true };

const probe: Shape = {
  fields: {
    ...{ initialDelaySeconds: zero, timeoutSeconds: byDefault(1), periodSeconds: byDefault(10) },
    ...{ successThreshold: byDefault(1), failureThreshold: byDefault(3) },
    httpGet: { fields: { scheme: byDefault('HTTP'), path: byDefault('/') } },
    grpc: { fields: { service: byDefault('') } },
  },
};

const keyReference: Shape = { fields: { optional: no } };

const env: Shape = {
  // A variable may be made of those before it.
  ordered: (items) => items.some((item) => isRecord(item) && String(item.value).includes('$(')),
  items: {
    fields: {
      value: byDefault('', {}),
      valueFrom: {
        fields: {
          configMapKeyRef: keyReference,
          secretKeyRef: keyReference,
          fieldRef: { fields: { apiVersion: byDefault('v1') } },
          resourceFieldRef: { fields: { divisor: byDefault('0') } },
        },
      },
    },
  },
};

const resources = optional({
  // A limit is a request too where there is none.
  requests: {
    complete: (value, { limits }) =>
      isRecord(limits) ? { ...limits, ...(isRecord(value) ? value : {}) } : (value ?? {}),
  },
  limits: optional(),
});

const container: Shape = {
  fields: {
    imagePullPolicy: { complete: (value, { image }) => value ?? pullPolicy(image) },
    terminationMessagePath: byDefault('/dev/termination-log'),
    terminationMessagePolicy: byDefault('File'),
    ...{ stdin: no, stdinOnce: no, tty: no },
    ...{ livenessProbe: probe, readinessProbe: probe, startupProbe: probe },
    env,
    envFrom: { items: { fields: { configMapRef: keyReference, secretRef: keyReference } } },
    resources,
    ports: { items: { fields: { protocol: byDefault('TCP') } } },
    volumeMounts: { items: { fields: { readOnly: no } } },
    securityContext: optional({
      privileged: no,
      readOnlyRootFilesystem: no,
      procMount: byDefault('Default'),
      capabilities: optional({ add: set, drop: set }),
    }),
    lifecycle: {
      fields: {
        postStart: { fields: { httpGet: { fields: { scheme: byDefault('HTTP') } } } },
        preStop: { fields: { httpGet: { fields: { scheme: byDefault('HTTP') } } } },
      },
    },
  },
};

/** By which policy an image without one is pulled: its tag says it. */
function pullPolicy(image: unknown): string {
  const [name, digest] = String(image).split('@');
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  return tag === 'latest' || (tag === undefined && digest === undefined) ? 'Always' : 'IfNotPresent';
}

const keyed: Shape = { fields: { defaultMode: byDefault(420), optional: no } };

const downward: Shape = {
  fields: { items: { items: { fields: { fieldRef: { fields: { apiVersion: byDefault('v1') } } } } } },
};

const volume: Shape = {
  fields: {
    configMap: keyed,
    secret: keyed,
    downwardAPI: { fields: { ...keyed.fields, ...downward.fields } },
    image: { fields: { pullPolicy: { complete: (value, { reference }) => value ?? pullPolicy(reference) } } },
    projected: {
      fields: {
        defaultMode: byDefault(420),
        sources: {
          items: {
            fields: {
              ...{ configMap: keyReference, secret: keyReference },
              serviceAccountToken: { fields: { expirationSeconds: byDefault(3600) } },
              downwardAPI: downward,
            },
          },
        },
      },
    },
    hostPath: { fields: { type: byDefault('') } },
    persistentVolumeClaim: { fields: { readOnly: no } },
    ephemeral: {
      fields: {
        volumeClaimTemplate: {
          fields: { metadata: optional(), spec: { fields: { volumeMode: byDefault('Filesystem') } } },
        },
      },
    },
  },
};

const term: Shape = { fields: { matchExpressions: { unordered: true }, matchFields: { unordered: true } } };

/** The spec of a pod. */
export const podSpec: Shape = {
  fields: {
    restartPolicy: byDefault('Always'),
    dnsPolicy: byDefault('ClusterFirst'),
    schedulerName: byDefault('default-scheduler'),
    terminationGracePeriodSeconds: byDefault(30),
    serviceAccountName: { complete: (value) => value || 'default' },
    serviceAccount: { complete: (value, { serviceAccountName }) => value ?? (serviceAccountName || 'default') },
    enableServiceLinks: byDefault(true),
    ...{ hostNetwork: no, hostPID: no, hostIPC: no, shareProcessNamespace: no },
    securityContext: optional({ supplementalGroups: set, sysctls: set }),
    containers: { items: container },
    initContainers: { ordered: () => true, items: container },
    ephemeralContainers: { items: container },
    volumes: { items: volume },
    tolerations: set,
    imagePullSecrets: set,
    topologySpreadConstraints: {
      items: { fields: { nodeAffinityPolicy: byDefault('Honor'), nodeTaintsPolicy: byDefault('Ignore') } },
    },
    affinity: optional({
      nodeAffinity: {
        fields: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            fields: { nodeSelectorTerms: { unordered: true, items: term } },
          },
          preferredDuringSchedulingIgnoredDuringExecution: { unordered: true },
        },
      },
    }),
  },
};

/** A pod as a workload holds it. */
export const podTemplate: Shape = { fields: { spec: podSpec } };

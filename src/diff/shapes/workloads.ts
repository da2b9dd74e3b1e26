import { isRecord } from '../../platform/rule';
import { podSpec, podTemplate } from './pod';
import { byDefault, type Shape } from './shape';

// Defaults are those of pkg/apis/{apps,batch,autoscaling,policy}/v1/defaults.go of Kubernetes 1.34.

const no = byDefault(false);

/** `RollingUpdate` with these numbers, where a workload says nothing else. */
function rolling(numbers: Readonly<Record<string, unknown>>): Shape {
  const fields = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, byDefault(value)]));
  return byDefault(
    {},
    {
      fields: {
        type: byDefault('RollingUpdate'),
        rollingUpdate: {
          complete: (value, { type = 'RollingUpdate' }) => value ?? (type === 'RollingUpdate' ? {} : undefined),
          fields,
        },
      },
    },
  );
}

const claim: Shape = { fields: { volumeMode: byDefault('Filesystem'), accessModes: { unordered: true } } };

const job: Shape = {
  fields: {
    backoffLimit: {
      complete: (value, { backoffLimitPerIndex }) => value ?? (backoffLimitPerIndex === undefined ? 6 : 2147483647),
    },
    completions: { complete: (value, { parallelism }) => value ?? (parallelism === undefined ? 1 : undefined) },
    parallelism: byDefault(1),
    completionMode: byDefault('NonIndexed'),
    suspend: no,
    manualSelector: no,
    // Otherwise it is made of an id of the cluster.
    selector: { complete: (value, { manualSelector }) => (manualSelector === true ? value : undefined) },
    podReplacementPolicy: {
      complete: (value, { podFailurePolicy }) => value ?? (podFailurePolicy ? 'Failed' : 'TerminatingOrFailed'),
    },
    template: podTemplate,
  },
};

const scaling = (seconds: number | undefined, policies: readonly unknown[]): Shape => ({
  fields: {
    selectPolicy: byDefault('Max'),
    ...(seconds !== undefined && { stabilizationWindowSeconds: byDefault(seconds) }),
    policies: byDefault(policies, { unordered: true }),
  },
});

/** Kinds that run pods, or say how many. */
export const workloads: Readonly<Record<string, Shape>> = {
  Pod: { fields: { spec: podSpec } },
  'apps/Deployment': {
    fields: {
      spec: {
        fields: {
          replicas: byDefault(1),
          revisionHistoryLimit: byDefault(10),
          progressDeadlineSeconds: byDefault(600),
          minReadySeconds: byDefault(0),
          paused: no,
          strategy: rolling({ maxSurge: '25%', maxUnavailable: '25%' }),
          template: podTemplate,
        },
      },
    },
  },
  'apps/StatefulSet': {
    fields: {
      spec: {
        fields: {
          replicas: byDefault(1),
          revisionHistoryLimit: byDefault(10),
          podManagementPolicy: byDefault('OrderedReady'),
          minReadySeconds: byDefault(0),
          updateStrategy: rolling({ partition: 0 }),
          persistentVolumeClaimRetentionPolicy: byDefault(
            {},
            { fields: { whenDeleted: byDefault('Retain'), whenScaled: byDefault('Retain') } },
          ),
          volumeClaimTemplates: {
            keys: ['metadata.name'],
            items: {
              fields: {
                apiVersion: byDefault('v1'),
                kind: byDefault('PersistentVolumeClaim'),
                spec: claim,
                status: { complete: () => undefined },
              },
            },
          },
          template: podTemplate,
        },
      },
    },
  },
  'apps/DaemonSet': {
    fields: {
      spec: {
        fields: {
          revisionHistoryLimit: byDefault(10),
          minReadySeconds: byDefault(0),
          updateStrategy: rolling({ maxSurge: 0, maxUnavailable: 1 }),
          template: podTemplate,
        },
      },
    },
  },
  'batch/Job': { fields: { spec: job } },
  'batch/CronJob': {
    fields: {
      spec: {
        fields: {
          concurrencyPolicy: byDefault('Allow'),
          suspend: no,
          successfulJobsHistoryLimit: byDefault(3),
          failedJobsHistoryLimit: byDefault(1),
          jobTemplate: { fields: { spec: job } },
        },
      },
    },
  },
  'autoscaling/HorizontalPodAutoscaler': {
    fields: {
      spec: {
        fields: {
          minReplicas: byDefault(1),
          metrics: { unordered: true },
          behavior: {
            // Where one direction is told, the other gets what it had anyway.
            complete: (value) => (isRecord(value) ? { scaleUp: {}, scaleDown: {}, ...value } : value),
            fields: {
              scaleUp: scaling(0, [
                { type: 'Pods', value: 4, periodSeconds: 15 },
                { type: 'Percent', value: 100, periodSeconds: 15 },
              ]),
              scaleDown: scaling(undefined, [{ type: 'Percent', value: 100, periodSeconds: 15 }]),
            },
          },
        },
      },
    },
  },
  'policy/PodDisruptionBudget': {
    fields: { spec: { fields: { unhealthyPodEvictionPolicy: byDefault('IfHealthyBudget') } } },
  },
  PersistentVolumeClaim: { fields: { spec: claim } },
};

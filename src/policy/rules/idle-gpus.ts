import { celLiteral } from '../cel-literal';
import { definePolicy } from '../define-policy';
import { container, cronJob, deployment } from '../example-objects';

const devices = ['amd.com/gpu', 'gpu.intel.com/i915', 'nvidia.com/gpu'];
const withGpu = [container({ resources: { limits: { 'nvidia.com/gpu': 1 } } })];

export const idleGpus = definePolicy({
  id: 'idle-gpus',
  title: 'GPUs go to jobs, which give them back',
  why: 'A service holds its GPU day and night, used or not, and it is the most expensive part of a cluster.',
  fix: 'run the work as a Job, or have an exception agreed for a service that needs the device all the time',
  severity: 'medium',
  category: 'cost',
  match: { kinds: ['apps/v1/Deployment', 'apps/v1/StatefulSet', 'apps/v1/DaemonSet'] },
  checks: [
    {
      on: 'plannedContainer',
      field: 'resources.limits',
      holds: `!${celLiteral(devices)}.exists(device, container.?resources.?limits[?device].hasValue())`,
      says: 'must not have a GPU',
    },
  ],
  examples: { passes: [deployment(), cronJob({ containers: withGpu })], fails: [deployment({ containers: withGpu })] },
});

import { definePolicy } from '../define-policy';
import { container, deployment, podWith } from '../example-objects';

/** A request may come from a limit of the same resource, or from what is set for the whole pod. */
const requested = (resource: string) =>
  `has(container.resources) && (container.resources.?requests[?'${resource}'].hasValue() || container.resources.?limits[?'${resource}'].hasValue()) || ` +
  `variables.pod.?resources.?requests[?'${resource}'].hasValue() || variables.pod.?resources.?limits[?'${resource}'].hasValue()`;

export const containerResources = definePolicy({
  id: 'container-resources',
  title: 'Every container says what it needs',
  why: 'Without requests the scheduler places pods blindly; without a memory limit one leak takes down its neighbours.',
  fix: 'set resources.requests.cpu, resources.requests.memory and resources.limits.memory',
  severity: 'medium',
  category: 'reliability',
  standards: { nsa: 'Resource policies: requests and limits', cis: '5.2.13' },
  match: { kinds: 'pods' },
  checks: [
    { on: 'plannedContainer', field: 'resources.requests.cpu', holds: requested('cpu'), says: 'must be set' },
    { on: 'plannedContainer', field: 'resources.requests.memory', holds: requested('memory'), says: 'must be set' },
    {
      on: 'plannedContainer',
      field: 'resources.limits.memory',
      holds:
        "container.?resources.?limits[?'memory'].hasValue() || variables.pod.?resources.?limits[?'memory'].hasValue()",
      says: 'must be set',
    },
  ],
  examples: {
    passes: [
      podWith({ resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '64Mi' } } }),
      podWith({ resources: { limits: { cpu: 1, memory: '64Mi' } } }),
    ],
    fails: [
      podWith({ resources: { requests: { cpu: '100m', memory: '64Mi' } } }),
      podWith({ resources: { requests: { memory: '64Mi' }, limits: { memory: '64Mi' } } }),
      deployment({
        containers: [container({ resources: { limits: { cpu: '1', memory: '64Mi' } } })],
        initContainers: [container({ name: 'init' })],
      }),
    ],
  },
});

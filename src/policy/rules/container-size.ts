import { definePolicy } from '../define-policy';
import { container, deployment, podWith } from '../example-objects';
import { amount } from '../parameter';

const within = (resource: string, most: string) =>
  ['requests', 'limits']
    .map(
      (list) =>
        `(!container.?resources.?${list}[?'${resource}'].hasValue() || ` +
        `!quantity(string(container.resources.${list}['${resource}'])).isGreaterThan(quantity(string(variables.${most}))))`,
    )
    .join(' && ');

export const containerSize = definePolicy({
  id: 'container-size',
  title: 'Containers stay within the sizes of the environment',
  why: 'One container of an unusual size buys a node for itself.',
  fix: 'ask for less, or have the size agreed with the platform team',
  severity: 'medium',
  category: 'cost',
  match: { kinds: 'pods' },
  parameters: {
    maxCpu: amount({ says: 'the most CPU that a container may ask for', example: '4', default: '8' }),
    maxMemory: amount({ says: 'the most memory that a container may ask for', example: '16Gi', default: '32Gi' }),
  },
  checks: [
    { on: 'plannedContainer', field: 'resources', holds: within('cpu', 'maxCpu'), says: 'has too much CPU' },
    { on: 'plannedContainer', field: 'resources', holds: within('memory', 'maxMemory'), says: 'has too much memory' },
  ],
  examples: {
    passes: [
      podWith({}),
      podWith({ resources: { requests: { cpu: 4, memory: '16Gi' } } }),
      podWith({ resources: { requests: { cpu: '4000m' }, limits: { memory: '16384Mi' } } }),
    ],
    fails: [
      podWith({ resources: { requests: { cpu: '4001m' } } }),
      podWith({ resources: { limits: { memory: '17Gi' } } }),
      deployment({ initContainers: [container({ name: 'init', resources: { limits: { cpu: 5 } } })] }),
    ],
  },
});

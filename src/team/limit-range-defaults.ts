import type { LimitRangeSpec } from '../../imports/kubernetes';
import { type Amounts, amountsOf } from './demand-amounts';

/** What a container gets that names nothing. */
export interface ContainerDefaults {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/**
 * What LimitRanges give to containers that name nothing. A `max` is a default limit too, and a default limit a default
 * request: a LimitRange with `max.cpu` puts a CPU limit on every container that has none. Source: the defaulting of
 * LimitRangeItem (`SetDefaults_LimitRangeItem`) and the LimitRanger admission plugin, Kubernetes 1.36.
 */
export function containerDefaults(limitRange: LimitRangeSpec | undefined): ContainerDefaults {
  const requests = new Map<string, bigint>();
  const limits = new Map<string, bigint>();
  for (const item of limitRange?.limits ?? []) {
    if (item.type !== 'Container') continue;
    const read = (list: unknown) => amountsOf(list, () => {});
    const itemLimits = new Map([...read(item.max), ...read(item.default)]);
    for (const [name, value] of itemLimits) limits.set(name, value);
    const itemRequests = new Map([...read(item.min), ...itemLimits, ...read(item.defaultRequest)]);
    for (const [name, value] of itemRequests) requests.set(name, value);
  }
  return { requests, limits };
}

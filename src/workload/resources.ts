import type { ResourceRequirements } from '../../imports/kubernetes';
import type { Platform } from '../platform/platform';
import { quantityValue } from '../platform/quantity';
import { show, suggestion } from '../platform/rule';
import { type Size, sizeProblems } from '../platform/size';

/** How big a workload is. */
export interface ResourceProps {
  /**
   * A size that the platform names, or requests and limits of its own.
   * @default - the platform's default size: 200m CPU, 256Mi memory, limit 512Mi, no CPU limit
   */
  readonly size?: string | Size;
}

/** The size in numbers. Only for props that {@link resourceProblems} has accepted. */
export function sizeOf(platform: Platform, size: string | Size | undefined): Size {
  return typeof size === 'object' ? size : platform.sizes[size ?? platform.defaultSize];
}

/** The requests and limits of a container. */
export function resourceRequirements(platform: Platform, size: string | Size | undefined): ResourceRequirements {
  const { cpu, memory, memoryLimit = memory, cpuLimit } = sizeOf(platform, size);
  const ratio = platform.cpuLimitRatio;
  const limit =
    cpuLimit ?? (ratio === undefined ? undefined : `${Math.ceil((quantityValue(cpu) ?? 0) * 1000 * ratio)}m`);
  return {
    requests: { cpu, memory },
    limits: { memory: memoryLimit, ...(limit !== undefined && { cpu: limit }) },
  };
}

/** The size is one that the platform has, or says numbers that fit together. */
export function resourceProblems(platform: Platform, what: string, size: string | Size | undefined): string[] {
  if (size === undefined) return [];
  if (typeof size === 'object' && size !== null) return sizeProblems(what, size);
  const known = Object.keys(platform.sizes);
  if (typeof size === 'string' && known.includes(size)) return [];
  return [
    `${what} ${show(size)} is unknown${suggestion(String(size), known)}; use ${known.join(', ')}, or { cpu, memory }`,
  ];
}

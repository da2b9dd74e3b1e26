import { type Quantity, quantityProblem, quantityValue } from './quantity';

/** What one container asks of a node. */
export interface Size {
  /** CPU request: what the scheduler reserves and the autoscaler measures against. */
  readonly cpu: Quantity;
  /** Memory request: what the scheduler reserves. */
  readonly memory: Quantity;
  /**
   * Memory limit: above it the container is killed.
   * @default - the memory request
   */
  readonly memoryLimit?: Quantity;
  /**
   * CPU limit. A limit throttles a container even on an idle node, which is why there is none unless asked for.
   * @default - none, or the platform's `cpuLimitRatio` times the request
   */
  readonly cpuLimit?: Quantity;
}

/** The sizes every platform has unless it names its own. */
export type SizeName = 'xs' | 'small' | 'medium' | 'large' | 'xl';

/**
 * The named sizes. `small` is the default of the Norwegian public sector's platform (request 200m and 256Mi, limit 512Mi, no
 * CPU limit); the others halve or double it, always with a limit of twice the requested memory.
 */
export const defaultSizes: Readonly<Record<SizeName, Size>> = {
  xs: { cpu: '100m', memory: '128Mi', memoryLimit: '256Mi' },
  small: { cpu: '200m', memory: '256Mi', memoryLimit: '512Mi' },
  medium: { cpu: '500m', memory: '512Mi', memoryLimit: '1Gi' },
  large: { cpu: 1, memory: '1Gi', memoryLimit: '2Gi' },
  xl: { cpu: 2, memory: '2Gi', memoryLimit: '4Gi' },
};

/** What is wrong with a size, a sentence each. */
export function sizeProblems(what: string, size: Size): string[] {
  const problems = [
    quantityProblem(`${what}.cpu`, size.cpu, '200m'),
    quantityProblem(`${what}.memory`, size.memory, '256Mi'),
    size.memoryLimit === undefined ? undefined : quantityProblem(`${what}.memoryLimit`, size.memoryLimit, '512Mi'),
    size.cpuLimit === undefined ? undefined : quantityProblem(`${what}.cpuLimit`, size.cpuLimit, '1'),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) return problems;
  if (size.memoryLimit !== undefined && (quantityValue(size.memoryLimit) ?? 0) < (quantityValue(size.memory) ?? 0)) {
    problems.push(
      `${what}.memoryLimit ${size.memoryLimit} is below ${what}.memory ${size.memory}; raise the limit or lower the request`,
    );
  }
  if (size.cpuLimit !== undefined && (quantityValue(size.cpuLimit) ?? 0) < (quantityValue(size.cpu) ?? 0)) {
    problems.push(
      `${what}.cpuLimit ${size.cpuLimit} is below ${what}.cpu ${size.cpu}; raise the limit or lower the request`,
    );
  }
  return problems;
}

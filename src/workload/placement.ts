import type { PodSpec, Toleration, TopologySpreadConstraint } from '../../imports/kubernetes';
import { isRecord, show } from '../platform/rule';

/** Where pods may run. */
export interface PlacementProps {
  /**
   * Processor that the image is built for.
   * @default - any
   */
  readonly architecture?: 'amd64' | 'arm64';
  /**
   * Pool of nodes to run on.
   * @default - any
   */
  readonly nodePool?: string;
  /**
   * Taints of nodes that the pods put up with.
   * @default - none
   */
  readonly tolerations?: readonly Toleration[];
  /**
   * Priority class of the pods.
   * @default - the cluster's default
   */
  readonly priority?: string;
  /**
   * Whether pods are kept apart over zones and nodes as far as there is room.
   * @default true
   */
  readonly spread?: boolean;
}

/** Zones first, then nodes: an outage of either takes the fewest pods. */
const spreadKeys = ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'];

/**
 * How pods are kept apart. `ScheduleAnyway` prefers an uneven cluster to a pod that never starts.
 *
 * @param revisionLabel the label that tells revisions apart: only pods of one revision are counted, so that the old pods
 * of a rollout don't push the new ones around
 */
export function topologySpread(
  selector: Readonly<Record<string, string>>,
  revisionLabel: string,
): TopologySpreadConstraint[] {
  return spreadKeys.map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...selector } },
    matchLabelKeys: [revisionLabel],
  }));
}

/** The pod's fields that say where it may run. */
export function placement(
  props: PlacementProps,
  nodePoolLabel: string,
): Pick<PodSpec, 'nodeSelector' | 'tolerations' | 'priorityClassName'> {
  const nodeSelector = {
    ...(props.architecture && { 'kubernetes.io/arch': props.architecture }),
    ...(props.nodePool && { [nodePoolLabel]: props.nodePool }),
  };
  return {
    ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
    ...(props.tolerations?.length && { tolerations: [...props.tolerations] }),
    ...(props.priority && { priorityClassName: props.priority }),
  };
}

/** What a label value and the name of a class may look like. */
const nameForm = /^[a-z0-9A-Z]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;

/** Architecture, pool and taints are ones that can exist. */
export function placementProblems(props: PlacementProps): string[] {
  const problems: string[] = [];
  if (props.architecture !== undefined && !['amd64', 'arm64'].includes(props.architecture)) {
    problems.push(`architecture ${show(props.architecture)} is unknown; use amd64 or arm64`);
  }
  for (const key of ['nodePool', 'priority'] as const) {
    const value = props[key];
    if (value !== undefined && !(typeof value === 'string' && nameForm.test(value))) {
      problems.push(`${key} ${show(value)} is no name; use letters, digits, "-", "_" and "."`);
    }
  }
  if (props.tolerations !== undefined && !(Array.isArray(props.tolerations) && props.tolerations.every(isRecord))) {
    problems.push(
      `tolerations ${show(props.tolerations)} is no list of tolerations; write [{ key, operator: "Exists" }]`,
    );
  }
  if (props.spread !== undefined && typeof props.spread !== 'boolean')
    problems.push(`spread ${show(props.spread)} is neither true nor false`);
  return problems;
}

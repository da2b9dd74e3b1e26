import type { DeploymentSpec, PodTemplateSpec } from '../../imports/kubernetes';
import { toSeconds } from '../platform/duration';
import type { RolloutProps } from './rollout';
import { holdsOneNode, type VolumeProps } from './volumes';

/** The specification of a Deployment around its pods. */
export function deploymentSpec(
  props: RolloutProps & VolumeProps,
  replicas: number | undefined,
  selector: Readonly<Record<string, string>>,
  template: PodTemplateSpec,
): DeploymentSpec {
  const { maxSurge = 1, maxUnavailable = 0, minReady, deadline, history = 3 } = props.rollout ?? {};
  return {
    ...(replicas !== undefined && { replicas }),
    revisionHistoryLimit: history,
    ...(minReady && toSeconds(minReady) > 0 && { minReadySeconds: toSeconds(minReady) }),
    ...(deadline && { progressDeadlineSeconds: toSeconds(deadline) }),
    selector: { matchLabels: { ...selector } },
    // Two pods can't hold a volume of one node, so the new one could never start beside the old one.
    strategy: holdsOneNode(props)
      ? { type: 'Recreate' }
      : { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
    template,
  };
}

import { labelValue } from './names';
import type { Ownership } from './ownership';
import type { Platform } from './platform';
import type { PreviewFacts } from './preview';

/** Labels by key. */
export type Labels = Readonly<Record<string, string>>;

/**
 * The label that selects a workload's pods, and nothing else does: selectors are immutable, so they hold the one thing
 * that never changes, the workload's name.
 */
export const nameLabel = 'app.kubernetes.io/name';

/**
 * Labels of everything in an environment, or in a preview of it. The owner keys carry the platform's prefix.
 *
 * `app.kubernetes.io/instance` is left out on purpose: Argo CD's label tracking overwrites it.
 */
export function environmentLabels(
  platform: Platform,
  environment: string,
  ownership: Ownership | undefined,
  preview?: PreviewFacts,
): Labels {
  const prefix = platform.labelPrefix;
  return {
    'app.kubernetes.io/managed-by': 'cdk8s-golden-path',
    ...(ownership && {
      'app.kubernetes.io/part-of': labelValue(ownership.system),
      [`${prefix}/owner`]: labelValue(ownership.team),
      [`${prefix}/system`]: labelValue(ownership.system),
    }),
    [`${prefix}/environment`]: labelValue(environment),
    ...(preview && { [`${prefix}/preview`]: preview.id }),
  };
}

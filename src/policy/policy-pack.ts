import type { AnyPolicy } from './policy';

/** Rules that are rolled out together. */
export interface PolicyPack {
  /** DNS label: `'pod-security-baseline'`. */
  readonly id: string;
  readonly title: string;
  /**
   * What happens while rules cannot be evaluated: security is not skipped because a webhook is down, hygiene does not stop a
   * release for it.
   */
  readonly failClosed: boolean;
  readonly policies: readonly AnyPolicy[];
}

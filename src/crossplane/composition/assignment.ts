import type { Expression } from './expression';
import type { Path } from './field-path';

/** A value of the cluster, and the field that takes it. */
export interface Assignment {
  readonly path: Path;
  readonly expression: Expression;
  /**
   * Whether the value is a list that is added to the one that is there.
   * @default false
   */
  readonly appends?: boolean;
}

import type { Category, Severity } from './policy';
import type { PolicyException } from './policy-exception';
import type { Enforcement } from './rollout';

/** One violation of a rule. */
export interface Finding {
  /** Id of the rule. */
  readonly policy: string;
  /** What the rule holds everybody to: `Pods do not share namespaces of the host`. */
  readonly title: string;
  readonly severity: Severity;
  readonly category: Category;
  /** What follows from it where the object goes. */
  readonly enforcement: Enforcement;
  /** Path of the construct, or the file, that the object comes from. */
  readonly path: string;
  /**
   * The file that made the construct.
   * @default - `path` is a file, or nobody knows
   */
  readonly file?: string;
  /**
   * Where in the file the field is, or the nearest one above that is there; counted from 1.
   * @default - unknown, as of what a construct made
   */
  readonly line?: number;
  readonly column?: number;
  /** The object: `Deployment shop/api`. */
  readonly object: string;
  /** The field: `spec.template.spec.containers[api].securityContext.privileged`. */
  readonly field: string;
  /** What the field holds; undefined when it is absent. */
  readonly value: unknown;
  /** What is wrong with it: `must not be true`. */
  readonly says: string;
  readonly why: string;
  readonly fix: string;
  /** The exception that covers it; such a finding fails nothing. */
  readonly exception?: PolicyException;
}

/** Whether it stands in the way: where the object goes the rule denies, and no exception covers it. */
export function isDenied({ enforcement, exception }: Finding): boolean {
  return enforcement === 'deny' && exception === undefined;
}

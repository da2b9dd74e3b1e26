import type { Kind } from '../../schema/kind';
import type { Patch } from './patch-and-transform';
import type { Readiness } from './readiness';

/** A resource of a composition, as its author described it. */
export interface ComposedResource {
  readonly name: string;
  readonly kind: Kind;
  readonly isManaged: boolean;
  /** Whether it is a request of another API of the platform, which Crossplane may make by itself. */
  readonly isRequest: boolean;
  /** The object, with references in it. */
  body: Record<string, unknown>;
  readonly readiness: Readiness | 'Ready';
  /** @default - orphaned when it holds data, or when a resource that is orphaned needs it */
  readonly onDelete?: 'delete' | 'orphan';
  /** Resources that are only deleted after this one is gone. */
  readonly dependsOn: readonly string[];
  /** Patches that the author wrote out. */
  readonly patches: readonly Patch[];
}

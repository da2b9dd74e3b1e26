import type { Backend, ConnectionLocation } from '../../platform/backend';
import { GoldenError } from '../../platform/golden-error';
import type { Rule } from '../../platform/rule';
import type { Kind } from '../../schema/kind';
import type { Api } from '../api/api';
import { assemble } from './assemble';
import type { Reported } from './builder-types';
import { CompositionBuilder, type CompositionProps, UnknownKindError } from './composition-builder';
import type { CompositionManifest } from './patch-and-transform';

/** What is said of a backend to those who make requests and use what they provide. */
export interface BackendProps<Spec> {
  /**
   * Ports that users of the resource connect to.
   * @default - none: it is not reached over the network
   */
  readonly ports?: readonly number[];
  /**
   * What the backend cannot fulfil, as rules about a request with its defaults. Requests are refused at synthesis.
   * @default - it fulfils everything that the API offers
   */
  readonly rules?: readonly Rule<Spec>[];
}

/** How one backend fulfils an API. */
export interface Composition<Key extends string = string> extends Backend {
  readonly name: string;
  /** The API that it fulfils. */
  readonly api: Api;
  /** The object for the cluster, complete and static. */
  readonly manifest: CompositionManifest;
  /** Where this backend has each key of the connection contract. */
  readonly connection: Readonly<Record<Key, ConnectionLocation>>;
  /** The kinds that it composes, each once. */
  readonly kinds: readonly Kind[];
  /** The functions that its pipeline needs. */
  readonly functions: readonly string[];
}

/**
 * Describes how an API is fulfilled, as if the values of a request were known: the request and the composed resources are
 * typed references, and assigning one to a field is the patch. The result needs nothing in the cluster but
 * function-patch-and-transform and function-auto-ready.
 *
 * @throws GoldenError with everything that is wrong: an unknown field, a value that does not fit, a field that is missing
 */
export function composition<Spec, Status, Key extends string>(
  api: Api<Spec, Status, Key>,
  props: CompositionProps & BackendProps<Spec>,
  build: (c: CompositionBuilder<Spec, Status, Key>) => Reported,
): Composition<Key> {
  const builder = new CompositionBuilder<Spec, Status, Key>(api, props);
  try {
    build(builder);
  } catch (error) {
    // What is wrong was noted; nothing can be said of what would have followed.
    if (!(error instanceof UnknownKindError)) throw error;
  }
  const { problems, ...parts } = builder.finish();
  const assembled = assemble(parts);
  const all = [...new Set([...problems, ...assembled.problems])];
  if (all.length > 0) throw new GoldenError(all.map((message) => ({ path: `composition ${props.name}`, message })));
  return {
    name: props.name,
    api,
    manifest: assembled.manifest,
    connection: assembled.connection as Record<Key, ConnectionLocation>,
    ports: [...(props.ports ?? [])],
    rules: [...(props.rules ?? [])] as readonly Rule<never>[],
    kinds: assembled.kinds,
    functions: [...new Set(assembled.manifest.spec.pipeline.map(({ functionRef }) => functionRef.name))],
  };
}

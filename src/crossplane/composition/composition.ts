import type { Backend, BackendIdentity, BackendPods, BackendRequest, ConnectionLocation } from '../../platform/backend';
import { GoldenError } from '../../platform/golden-error';
import type { Rule } from '../../platform/rule';
import type { Kind } from '../../schema/kind';
import type { Api } from '../api/api';
import { movedFromKeys } from '../resource/moved-from';
import { assemble, connectionSecret } from './assemble';
import type { Reported } from './builder-types';
import { CompositionBuilder, UnknownKindError } from './composition-builder';
import type { CompositionProps } from './composition-props';
import type { CompositionManifest } from './patch-and-transform';
import type { Target } from './target';

/** What is said of a backend to those who make requests and use what they provide. */
export interface BackendProps<Spec> {
  /**
   * Ports that users of the resource connect to.
   * @default - none: it is not reached over the network
   */
  readonly ports?: readonly number[];
  /**
   * The pods that answer on these ports, where they run in the cluster in which the request is made: CloudNativePG's have
   * `{ podLabels: { 'cnpg.io/cluster': '%s' } }`.
   * @default - none: the topology says in `network.backends` where it is reached
   */
  readonly pods?: BackendPods;
  /**
   * What the backend cannot fulfil, as rules about a request. It is refused at synthesis.
   * @default - it fulfils everything that the API offers
   */
  readonly rules?: readonly Rule<BackendRequest<Spec>>[];
  /**
   * Who an account is to the cloud, where access is granted to the account itself.
   * @default - nobody: those who are granted access sign in by what the connection holds
   */
  readonly identity?: BackendIdentity;
}

/** How one backend fulfils an API. */
export interface Composition<Key extends string = string> extends Backend {
  readonly name: string;
  /** The API that it fulfils. */
  readonly api: Api;
  /** The Crossplane that it is for. */
  readonly target: Target;
  readonly connectionSecret: string;
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
  return fulfilled(new CompositionBuilder<Spec, Status, Key>(api, props), api, props, build);
}

/**
 * The same for Crossplane v1, where a request is a claim: the composite resource is `X<kind>`, and everything that it is
 * composed of belongs to the whole cluster. The name of the request is `xr.spec.claimRef.name`. The claim says where its
 * connection Secret goes: the class of the requests writes the name that it has in v2.
 *
 * @throws GoldenError as {@link composition} does
 */
export function claimComposition<Spec, Status, Key extends string>(
  api: Api<Spec, Status, Key>,
  props: CompositionProps & BackendProps<Spec>,
  build: (c: CompositionBuilder<Spec & Claimed, Status, Key, false>) => Reported,
): Composition<Key> {
  return fulfilled(new CompositionBuilder<Spec & Claimed, Status, Key, false>(api, props, 'v1'), api, props, build);
}

/** What the composite resource of a claim knows besides. */
export interface Claimed {
  readonly claimRef: { readonly name: string; readonly namespace: string };
}

function fulfilled<Builder extends Pick<CompositionBuilder<never, never, never>, 'finish'>, Spec, Key extends string>(
  builder: Builder,
  api: Api,
  props: CompositionProps & BackendProps<Spec>,
  build: (c: Builder) => Reported,
): Composition<Key> {
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
    target: parts.target,
    connectionSecret: connectionSecret(parts),
    manifest: assembled.manifest,
    connection: assembled.connection as Record<Key, ConnectionLocation>,
    ports: [...(props.ports ?? [])],
    takesOver: JSON.stringify(assembled.manifest).includes(movedFromKeys.name),
    rules: [...(props.rules ?? [])] as Backend['rules'],
    ...(props.pods && { pods: props.pods }),
    ...(props.identity && { identity: props.identity }),
    kinds: assembled.kinds,
    functions: [...new Set(assembled.manifest.spec.pipeline.map(({ functionRef }) => functionRef.name))],
  };
}

import type { ApiClient, KubeObject } from '../../../src/dev/api-client';
import type { Kind } from '../../../src/schema/kind';
import { externalNameOf, type Played, played, readyCondition } from './played-providers';

// biome-ignore lint/suspicious/noExplicitAny: the fields of any kind of object, read and never written
type Fields = any;

const finalizer = 'finalizer.managedresource.crossplane.io';
const resourceName = 'crossplane.io/composition-resource-name';
const merge = 'application/merge-patch+json';

/** Turns of a managed resource between its deletion being asked for and its end: clouds take their time. */
const turnsToDelete = 4;

/** A thing that a managed resource stands for. */
export interface OutsideThing {
  readonly namespace: string;
  /** Name of the resource in its composition. */
  readonly resource: string;
  /** What the cloud calls it. */
  readonly externalName: string;
}

/** What there is in the cluster, and for which of it something was done. */
export interface Turn {
  /** Composed resources of any request, as they were found. */
  readonly objects: readonly KubeObject[];
  /** Those that have a status from now on. */
  readonly fulfilled: readonly KubeObject[];
}

/**
 * Does what providers and operators would: makes what managed resources stand for, reports on it, writes Secrets, and when a
 * resource is deleted deletes the thing too, or leaves it where the resource's policies say so.
 */
export class PlayedCloud {
  /** What is there outside of the cluster. */
  readonly things = new Map<string, OutsideThing>();
  /** Managed resources that went, the first one first, by their uids. */
  readonly ended: string[] = [];
  private readonly done = new Set<string>();
  private readonly dying = new Map<string, number>();

  constructor(
    private readonly api: ApiClient,
    private readonly kinds: readonly Kind[],
    /** Where it plays. */
    private readonly namespaces: ReadonlySet<string>,
  ) {}

  /** Looks at every object once. */
  async turn(): Promise<Turn> {
    const lists = await Promise.all(this.kinds.map(({ apiVersion, kind }) => this.api.list(apiVersion, kind)));
    const objects = lists
      .flat()
      .filter((object) => this.isIn(object) && object.metadata.annotations?.[resourceName] !== undefined);
    const fulfilled: KubeObject[] = [];
    await Promise.all(
      objects.map(async (object) => {
        if (object.metadata.deletionTimestamp !== undefined) await this.end(object);
        else if (await this.make(object)) fulfilled.push(object);
      }),
    );
    return { objects, fulfilled };
  }

  /** Whether an object is where it plays. */
  isIn({ metadata }: KubeObject): boolean {
    return this.namespaces.has(String(metadata.namespace));
  }

  /** Does its work once, and says whether there was any that others may wait for. */
  private async make(object: KubeObject): Promise<boolean> {
    const uid = String(object.metadata.uid);
    // A provider leaves a resource alone that has an empty list of policies.
    if (this.done.has(uid) || policiesOf(object)?.length === 0) return false;
    this.done.add(uid);
    const play = played(object);
    const isManaged = policiesOf(object) !== undefined;
    if (isManaged) {
      const externalName = play.externalName ?? externalNameOf(object);
      const metadata = {
        finalizers: [...finalizersOf(object), finalizer],
        annotations: { 'crossplane.io/external-name': externalName },
      };
      await this.patch(object, { metadata });
      this.things.set(uid, {
        namespace: String(object.metadata.namespace),
        resource: resourceOf(object),
        externalName,
      });
    }
    await this.writeSecrets(object, play);
    const status = isManaged
      ? { atProvider: play.atProvider ?? {}, conditions: ['Ready', 'Synced'].map(readyCondition) }
      : play.status;
    if (status !== undefined) await this.patch(object, { status }, 'status');
    return status !== undefined;
  }

  private async writeSecrets(object: KubeObject, { connection = {}, secrets = {} }: Played): Promise<void> {
    const { apiVersion, kind, metadata } = object;
    const { writeConnectionSecretToRef } = (object.spec ?? {}) as Fields;
    const all = { ...secrets, ...(writeConnectionSecretToRef && { [writeConnectionSecretToRef.name]: connection }) };
    const owner = { apiVersion, kind, name: metadata.name, uid: metadata.uid };
    for (const [name, stringData] of Object.entries(all)) {
      const { namespace } = metadata;
      const written = { name, namespace, ownerReferences: [owner] };
      await this.api.ensure({ apiVersion: 'v1', kind: 'Secret', metadata: written, stringData });
    }
  }

  private async end(object: KubeObject): Promise<void> {
    const uid = String(object.metadata.uid);
    const turns = (this.dying.get(uid) ?? 0) + 1;
    this.dying.set(uid, turns);
    if (turns !== turnsToDelete || !finalizersOf(object).includes(finalizer)) return;
    if (policiesOf(object)?.some((policy) => policy === '*' || policy === 'Delete')) {
      this.things.delete(uid);
    }
    this.ended.push(uid);
    const finalizers = finalizersOf(object).filter((one) => one !== finalizer);
    await this.patch(object, { metadata: { finalizers } });
  }

  private async patch(object: KubeObject, body: object, subresource?: string): Promise<void> {
    await this.api.call('PATCH', await this.api.pathOf(object, subresource), { contentType: merge, body });
  }
}

/** What Crossplane may do to the thing outside; undefined when the object is no managed resource. */
function policiesOf({ spec }: KubeObject): readonly string[] | undefined {
  return (spec as Fields | undefined)?.managementPolicies;
}

function finalizersOf({ metadata }: KubeObject): readonly string[] {
  return (metadata.finalizers as readonly string[] | undefined) ?? [];
}

function resourceOf({ metadata }: KubeObject): string {
  return String(metadata.annotations?.[resourceName]);
}

// Written by hand, unlike its neighbours: the base class that every generated kind extends.
import { ApiObject, type ApiObjectMetadata, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ObjectMeta } from './kubernetes';
import { type FieldPath, mergeInto, setAt } from './patch';
import { plainValue, resolvesAsStock } from './plain-value';

/** What names a kind to the API server, and where its objects live. */
export interface ObjectKind {
  /** Group and version, `'apps/v1'`; the version alone for the core group, `'v1'`. */
  readonly apiVersion: string;
  /** The kind, `'Deployment'`. */
  readonly kind: string;
  /** Whether an object lives in a namespace (true) or belongs to the whole cluster (false). */
  readonly namespaced: boolean;
}

/** What every object has besides its kind; a generated props type adds the fields of its kind. */
export interface TypedObjectProps {
  /**
   * Name, namespace, labels, annotations.
   *
   * @default - the chart's namespace and labels, and a name made from the construct path
   */
  readonly metadata?: ObjectMeta;
}

/**
 * A Kubernetes object with the fields of its kind as types. It renders what it was given: an unknown field, and whatever
 * a JSON patch adds, reaches the output.
 */
export abstract class TypedObject extends ApiObject {
  /** Whether something is a typed object. `instanceof` can't tell: cdk8s makes it true for every API object. */
  static isTypedObject(x: unknown): x is TypedObject {
    return ApiObject.isApiObject(x) && 'patchedFields' in x;
  }

  /** Whether an object of this kind lives in a namespace. */
  readonly namespaced: boolean;

  private readonly inheritsNamespace: boolean;

  private readonly patched: ((object: Record<string, unknown>, touched: FieldPath[]) => void)[] = [];

  private touched: readonly FieldPath[] = [];

  private readonly fields: Readonly<Record<string, unknown>>;

  private hasJsonPatch = false;

  protected constructor(scope: Construct, id: string, kind: ObjectKind, props: TypedObjectProps) {
    // The two metadata types say the same; ours is exact where cdk8s takes anything.
    const metadata = props.metadata as ApiObjectMetadata | undefined;
    const fields = { ...props, metadata, apiVersion: kind.apiVersion, kind: kind.kind };
    super(scope, id, fields);
    this.fields = fields;
    this.namespaced = kind.namespaced;
    this.inheritsNamespace = props.metadata?.namespace === undefined;
  }

  /**
   * Changes the rendered object, also in fields that its types do not know. What is missing on the way is created.
   *
   * With a record, as a JSON merge patch (RFC 7396): records are merged, lists and values replaced, `null` removes a field.
   * With a JSON pointer (RFC 6901) and a value, one field: `patch('/spec/template/spec/hostNetwork', true)`; `undefined`
   * removes it, `-` at the end of a list adds to it.
   *
   * Patches are applied in the order in which they were made, after everything else.
   */
  patch(change: Readonly<Record<string, unknown>>): void;
  patch(pointer: string, value: unknown): void;
  patch(change: string | Readonly<Record<string, unknown>>, value?: unknown): void {
    this.patched.push((object, touched) =>
      typeof change === 'string' ? setAt(object, change, value, touched) : mergeInto(object, change, touched),
    );
  }

  /** The fields that patches wrote when the object was last rendered: an unknown one among them was meant. */
  get patchedFields(): readonly FieldPath[] {
    return this.touched;
  }

  /** As in cdk8s: RFC 6902 operations, applied before every `patch`. */
  override addJsonPatch(...operations: JsonPatch[]): void {
    this.hasJsonPatch = true;
    super.addJsonPatch(...operations);
  }

  /** The object as the API server takes it; the chart's namespace is left out where the kind has none. */
  // biome-ignore lint/suspicious/noExplicitAny: as cdk8s declares it
  override toJson(): any {
    const object = this.inOnePass() ?? super.toJson();
    // A namespace that the author wrote stays, so that the check can name it.
    if (!this.namespaced && this.inheritsNamespace && object.metadata?.namespace === this.chart.namespace) {
      delete object.metadata.namespace;
    }
    const touched: FieldPath[] = [];
    for (const patch of this.patched) patch(object, touched);
    this.touched = touched;
    return object;
  }

  /** What cdk8s renders, sooner; undefined where only cdk8s knows how, and for it to word its errors. */
  private inOnePass(): Record<string, unknown> | undefined {
    if (this.hasJsonPatch || process.env.CDK8S_DISABLE_SORT || !resolvesAsStock(this)) return undefined;
    try {
      const object: Record<string, unknown> = {
        apiVersion: this.apiVersion,
        kind: this.kind,
        metadata: this.metadata.toJson(),
      };
      for (const key of Object.keys(this.fields).sort()) {
        if (Object.hasOwn(object, key)) continue;
        const value = plainValue(this.fields[key]);
        if (value !== undefined) object[key] = value;
      }
      return object;
    } catch {
      return undefined;
    }
  }
}

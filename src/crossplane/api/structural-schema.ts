import type { Schema } from '../../schema/schema';

/** A CEL rule of a schema, as `x-kubernetes-validations` writes it. */
export interface ValidationRule {
  /** The expression; it has to give true. `self` is the value, `oldSelf` the value before an update. */
  readonly rule: string;
  /** What a user is told when it gives false. */
  readonly message: string;
  /**
   * The field that the message is about, from the value down: `.storageGb`.
   * @default - the value itself
   */
  readonly fieldPath?: string;
}

/** A structural schema with everything that a CRD may carry: what checks ignore, documentation and CEL rules, is kept. */
export interface StructuralSchema extends Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly additionalProperties?: StructuralSchema | boolean;
  readonly items?: StructuralSchema;
  readonly 'x-kubernetes-map-type'?: 'atomic' | 'granular';
  readonly 'x-kubernetes-validations'?: readonly ValidationRule[];
}

/** Where a patch takes its value from and where it puts it, as function-patch-and-transform names it. */
export type PatchType =
  | 'FromCompositeFieldPath'
  | 'ToCompositeFieldPath'
  | 'CombineFromComposite'
  | 'CombineToComposite'
  | 'FromEnvironmentFieldPath'
  | 'ToEnvironmentFieldPath'
  | 'CombineFromEnvironment'
  | 'CombineToEnvironment';

/** A step that a value goes through on its way. */
export type Transform =
  | { readonly type: 'map'; readonly map: Readonly<Record<string, unknown>> }
  | { readonly type: 'match'; readonly match: MatchTransform }
  | { readonly type: 'math'; readonly math: MathTransform }
  | { readonly type: 'string'; readonly string: StringTransform }
  | { readonly type: 'convert'; readonly convert: { readonly toType: ConvertType; readonly format?: ConvertFormat } };

/** The first pattern that matches decides; without one the fallback does. */
export interface MatchTransform {
  readonly patterns: readonly (
    | { readonly type: 'literal'; readonly literal: string; readonly result: unknown }
    | { readonly type: 'regexp'; readonly regexp: string; readonly result: unknown }
  )[];
  readonly fallbackTo?: 'Value' | 'Input';
  readonly fallbackValue?: unknown;
}

/** Arithmetic with whole numbers, which is all that the function has. */
export type MathTransform =
  | { readonly type: 'Multiply'; readonly multiply: number }
  | { readonly type: 'ClampMin'; readonly clampMin: number }
  | { readonly type: 'ClampMax'; readonly clampMax: number };

/** What a string becomes. */
export type StringTransform =
  | { readonly type: 'Format'; readonly fmt: string }
  | { readonly type: 'Convert'; readonly convert: StringConversion }
  | { readonly type: 'TrimPrefix' | 'TrimSuffix'; readonly trim: string }
  | { readonly type: 'Regexp'; readonly regexp: { readonly match: string; readonly group: number } }
  | { readonly type: 'Join'; readonly join: { readonly separator: string } }
  | { readonly type: 'Replace'; readonly replace: { readonly search: string; readonly replace: string } };

export type StringConversion =
  | 'ToUpper'
  | 'ToLower'
  | 'ToBase64'
  | 'FromBase64'
  | 'ToJson'
  | 'ToSha1'
  | 'ToSha256'
  | 'ToSha512';

export type ConvertType = 'string' | 'int64' | 'float64' | 'bool' | 'object' | 'array';

export type ConvertFormat = 'none' | 'quantity' | 'json';

/** A patch of function-patch-and-transform v0.10, `pt.fn.crossplane.io/v1beta1`. */
export interface Patch {
  readonly type: PatchType;
  readonly fromFieldPath?: string;
  readonly combine?: {
    readonly strategy: 'string';
    readonly string: { readonly fmt: string };
    readonly variables: readonly { readonly fromFieldPath: string }[];
  };
  readonly toFieldPath?: string;
  readonly transforms?: readonly Transform[];
  readonly policy?: {
    readonly fromFieldPath?: 'Optional' | 'Required';
    readonly toFieldPath?:
      | 'Replace'
      | 'MergeObjects'
      | 'MergeObjectsAppendArrays'
      | 'ForceMergeObjects'
      | 'ForceMergeObjectsAppendArrays';
  };
}

/** When a composed resource counts as ready. */
export type ReadinessCheck =
  | { readonly type: 'MatchString'; readonly fieldPath: string; readonly matchString: string }
  | { readonly type: 'MatchInteger'; readonly fieldPath: string; readonly matchInteger: number }
  | { readonly type: 'NonEmpty' | 'MatchTrue' | 'MatchFalse'; readonly fieldPath: string }
  | { readonly type: 'MatchCondition'; readonly matchCondition: { readonly type: string; readonly status: string } }
  | { readonly type: 'None' };

/** A value that a composed resource adds to the connection Secret. */
export type ConnectionDetail =
  | { readonly name: string; readonly type: 'FromConnectionSecretKey'; readonly fromConnectionSecretKey: string }
  | { readonly name: string; readonly type: 'FromFieldPath'; readonly fromFieldPath: string }
  | { readonly name: string; readonly type: 'FromValue'; readonly value: string };

/** A composed resource: what it begins as, and what is patched into it. */
export interface ComposedTemplate {
  readonly name: string;
  /** Left out to patch a resource that an earlier step made. */
  readonly base?: Readonly<Record<string, unknown>>;
  readonly patches?: readonly Patch[];
  readonly connectionDetails?: readonly ConnectionDetail[];
  readonly readinessChecks?: readonly ReadinessCheck[];
}

/** The input of a step of function-patch-and-transform. */
export interface Resources {
  readonly apiVersion: 'pt.fn.crossplane.io/v1beta1';
  readonly kind: 'Resources';
  readonly environment?: { readonly patches: readonly Patch[] };
  readonly resources: readonly ComposedTemplate[];
  readonly writeConnectionSecretToRef?: { readonly name?: string; readonly patches?: readonly Patch[] };
}

/** A step of a composition's pipeline. */
export interface PipelineStep {
  readonly step: string;
  readonly functionRef: { readonly name: string };
  readonly input?: { readonly apiVersion: string; readonly kind: string; readonly [field: string]: unknown };
  readonly credentials?: readonly {
    readonly name: string;
    readonly source: 'None' | 'Secret';
    readonly secretRef?: { readonly namespace: string; readonly name: string };
  }[];
  readonly requirements?: Readonly<Record<string, unknown>>;
}

/** A Composition of `apiextensions.crossplane.io/v1`. */
export interface CompositionManifest {
  readonly apiVersion: 'apiextensions.crossplane.io/v1';
  readonly kind: 'Composition';
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly compositeTypeRef: { readonly apiVersion: string; readonly kind: string };
    readonly mode: 'Pipeline';
    /** Where Crossplane v1 keeps the connection Secrets of composite resources. */
    readonly writeConnectionSecretsToNamespace?: string;
    readonly pipeline: readonly PipelineStep[];
  };
}

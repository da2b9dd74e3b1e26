import type { ValueObject } from './value';

/** The input of function-patch-and-transform, `pt.fn.crossplane.io/v1beta1` `Resources`, as its schema names the fields. */
export interface PatchAndTransformInput {
  readonly patchSets?: readonly { readonly name: string; readonly patches: readonly Patch[] }[];
  readonly environment?: { readonly patches?: readonly Patch[] };
  readonly resources?: readonly ResourceTemplate[];
  readonly writeConnectionSecretToRef?: ConnectionSecretRef;
}

/** One composed resource. */
export interface ResourceTemplate {
  readonly name: string;
  /** Without it, the resource of this name that an earlier step made is patched. */
  readonly base?: ValueObject;
  readonly patches?: readonly Patch[];
  readonly connectionDetails?: readonly ConnectionDetail[];
  readonly readinessChecks?: readonly ReadinessCheck[];
}

/** Where the composed Secret with the connection details is. */
export interface ConnectionSecretRef {
  readonly name?: string;
  readonly namespace?: string;
  readonly patches?: readonly Patch[];
}

export type PatchType =
  | 'FromCompositeFieldPath'
  | 'ToCompositeFieldPath'
  | 'CombineFromComposite'
  | 'CombineToComposite'
  | 'FromEnvironmentFieldPath'
  | 'ToEnvironmentFieldPath'
  | 'CombineFromEnvironment'
  | 'CombineToEnvironment'
  | 'PatchSet';

/** A patch of any type. */
export interface Patch {
  /** @default 'FromCompositeFieldPath' */
  readonly type?: PatchType;
  readonly fromFieldPath?: string;
  /** @default - the path that it comes from */
  readonly toFieldPath?: string;
  readonly patchSetName?: string;
  readonly combine?: Combine;
  readonly transforms?: readonly Transform[];
  readonly policy?: {
    /** @default 'Optional' */
    readonly fromFieldPath?: 'Optional' | 'Required';
    /** @default 'Replace' */
    readonly toFieldPath?: ToFieldPathPolicy;
  };
}

export type ToFieldPathPolicy =
  | 'Replace'
  | 'MergeObjects'
  | 'MergeObjectsAppendArrays'
  | 'ForceMergeObjects'
  | 'ForceMergeObjectsAppendArrays'
  | 'MergeObject'
  | 'AppendArray';

/** Several values made one. */
export interface Combine {
  readonly variables: readonly { readonly fromFieldPath: string }[];
  readonly strategy: 'string';
  readonly string?: { readonly fmt: string };
}

/** One step from the value that was read to the value that is written. */
export interface Transform {
  readonly type: 'map' | 'match' | 'math' | 'string' | 'convert';
  readonly map?: ValueObject;
  readonly match?: MatchTransform;
  readonly math?: MathTransform;
  readonly string?: StringTransform;
  readonly convert?: ConvertTransform;
}

export interface MatchTransform {
  readonly patterns?: readonly {
    readonly type: 'literal' | 'regexp';
    readonly literal?: string;
    readonly regexp?: string;
    readonly result?: unknown;
  }[];
  readonly fallbackValue?: unknown;
  readonly fallbackTo?: 'Value' | 'Input';
}

export interface MathTransform {
  readonly type?: 'Multiply' | 'ClampMin' | 'ClampMax';
  readonly multiply?: number;
  readonly clampMin?: number;
  readonly clampMax?: number;
}

export interface StringTransform {
  readonly type: 'Format' | 'Convert' | 'TrimPrefix' | 'TrimSuffix' | 'Regexp' | 'Join' | 'Replace';
  readonly fmt?: string;
  readonly convert?:
    | 'ToUpper'
    | 'ToLower'
    | 'ToJson'
    | 'ToBase64'
    | 'FromBase64'
    | 'ToSha1'
    | 'ToSha256'
    | 'ToSha512'
    | 'ToAdler32';
  readonly trim?: string;
  readonly regexp?: { readonly match: string; readonly group?: number };
  readonly join?: { readonly separator: string };
  readonly replace?: { readonly search: string; readonly replace: string };
}

export interface ConvertTransform {
  readonly toType: 'string' | 'int' | 'int64' | 'bool' | 'float64' | 'object' | 'array';
  readonly format?: 'none' | 'quantity' | 'json';
}

/** A key of the connection details and where its value is. */
export interface ConnectionDetail {
  readonly name: string;
  readonly type: 'FromConnectionSecretKey' | 'FromFieldPath' | 'FromValue';
  readonly fromConnectionSecretKey?: string;
  readonly fromFieldPath?: string;
  readonly value?: string;
}

/** What must hold of the observed resource for it to be ready. */
export interface ReadinessCheck {
  readonly type: 'MatchString' | 'MatchInteger' | 'NonEmpty' | 'MatchCondition' | 'MatchTrue' | 'MatchFalse' | 'None';
  readonly fieldPath?: string;
  readonly matchString?: string;
  readonly matchInteger?: number;
  readonly matchCondition?: { readonly type: string; readonly status: string };
}

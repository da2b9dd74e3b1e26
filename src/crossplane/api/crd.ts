import type { Crd, CrdVersion } from '../../schema/crd-kinds';
import type { Api, ApiVersion } from './api';
import type { ApiProps } from './api-props';
import type { PrinterColumn } from './printer-columns';
import type { StructuralSchema } from './structural-schema';
import { columnsOf } from './xrd';

/** A version of the CRD that Crossplane makes. */
export interface CompositeCrdVersion extends CrdVersion {
  readonly storage: boolean;
  readonly deprecated?: boolean;
  readonly deprecationWarning?: string;
  readonly schema: { readonly openAPIV3Schema: StructuralSchema };
  readonly subresources: { readonly status: Readonly<Record<string, never>> };
  readonly additionalPrinterColumns: readonly PrinterColumn[];
}

/** The CRD that Crossplane makes from an XRD. */
export interface CompositeCrd extends Crd {
  readonly apiVersion: 'apiextensions.k8s.io/v1';
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: {
      readonly kind: string;
      readonly plural: string;
      readonly shortNames?: readonly string[];
      readonly categories: readonly string[];
    };
    readonly scope: 'Namespaced' | 'Cluster';
    readonly conversion?: Readonly<Record<string, unknown>>;
    readonly versions: readonly CompositeCrdVersion[];
  };
}

/**
 * The CRD that Crossplane v2.3.4 makes from the XRD of an API (crossplane-runtime, `pkg/xcrd`), but for its owner reference:
 * compared with the real one by the conformance run.
 */
export function crdOf(api: Api, props: ApiProps): CompositeCrd {
  const { group, kind, plural, scope } = api;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: {
        kind,
        plural,
        ...(props.shortNames && { shortNames: props.shortNames }),
        categories: [...(props.categories ?? []), 'composite'],
      },
      scope,
      ...(props.conversion && { conversion: { strategy: 'Webhook', webhook: props.conversion } }),
      versions: api.versions.map((version) => ({
        name: version.name,
        served: version.served,
        storage: version.referenceable,
        ...(version.deprecated !== undefined && { deprecated: true, deprecationWarning: version.deprecated }),
        schema: { openAPIV3Schema: requestSchema(api, version, props.compositionUpdatePolicy ?? 'Automatic') },
        subresources: { status: {} },
        additionalPrinterColumns: [...columnsOf(props, version.name), ...crossplaneColumns],
      })),
    },
  };
}

/** The schema of a whole request, with what Crossplane adds. */
function requestSchema(api: Api, { schema }: ApiVersion, updatePolicy: string): StructuralSchema {
  const { spec, status } = schema;
  return {
    description: api.description,
    type: 'object',
    required: ['spec'],
    properties: {
      apiVersion: text,
      kind: text,
      metadata: {
        type: 'object',
        properties: { name: { type: 'string', maxLength: Math.min(63, api.maxNameLength) } },
      },
      spec: { ...spec, properties: { ...spec.properties, crossplane: crossplaneSpec(api.scope, updatePolicy) } },
      status: { ...status, properties: { ...status.properties, conditions } },
    },
  };
}

const text: StructuralSchema = { type: 'string' };

const named: StructuralSchema = { type: 'object', required: ['name'], properties: { name: text } };

const labelled: StructuralSchema = {
  type: 'object',
  required: ['matchLabels'],
  properties: { matchLabels: { type: 'object', additionalProperties: text } },
};

function crossplaneSpec(scope: Api['scope'], updatePolicy: string): StructuralSchema {
  return {
    type: 'object',
    description: 'Configures how Crossplane will reconcile this composite resource',
    properties: {
      compositionRef: named,
      compositionSelector: labelled,
      compositionRevisionRef: named,
      compositionRevisionSelector: labelled,
      compositionUpdatePolicy: { type: 'string', enum: ['Automatic', 'Manual'], default: updatePolicy },
      resourceRefs: {
        type: 'array',
        'x-kubernetes-list-type': 'atomic',
        items: {
          type: 'object',
          required: ['apiVersion', 'kind'],
          properties: {
            apiVersion: text,
            kind: text,
            name: text,
            ...(scope === 'Cluster' && { namespace: text }),
          },
        },
      },
    },
  };
}

const conditions: StructuralSchema = {
  description: 'Conditions of the resource.',
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['type'],
  items: {
    type: 'object',
    required: ['lastTransitionTime', 'reason', 'status', 'type'],
    properties: {
      lastTransitionTime: { type: 'string', format: 'date-time' },
      message: text,
      reason: text,
      status: text,
      type: text,
      observedGeneration: { type: 'integer', format: 'int64' },
    },
  },
};

const crossplaneColumns: readonly PrinterColumn[] = [
  { name: 'SYNCED', type: 'string', jsonPath: ".status.conditions[?(@.type=='Synced')].status" },
  { name: 'READY', type: 'string', jsonPath: ".status.conditions[?(@.type=='Ready')].status" },
  { name: 'COMPOSITION', type: 'string', jsonPath: '.spec.crossplane.compositionRef.name' },
  {
    name: 'COMPOSITIONREVISION',
    type: 'string',
    jsonPath: '.spec.crossplane.compositionRevisionRef.name',
    priority: 1,
  },
  { name: 'AGE', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

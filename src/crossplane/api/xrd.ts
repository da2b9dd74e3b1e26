import type {
  CompositeResourceDefinitionManifest,
  CompositeResourceDefinitionSpec,
} from '../../../imports/apiextensions.crossplane.io';
import type { Api } from './api';
import type { ApiProps } from './api-props';
import { type PrinterColumn, printerColumns } from './printer-columns';
import type { StructuralSchema } from './structural-schema';

type XrdVersion = CompositeResourceDefinitionSpec['versions'][number];

/** The XRD of an API, with what the API server would fill in written out. */
export function xrdOf(api: Api, props: ApiProps): CompositeResourceDefinitionManifest {
  const { group, kind, plural, scope } = api;
  return {
    apiVersion: 'apiextensions.crossplane.io/v2',
    kind: 'CompositeResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: {
        kind,
        plural,
        ...(props.shortNames && { shortNames: [...props.shortNames] }),
        ...(props.categories && { categories: [...props.categories] }),
      },
      // Without it Crossplane's own validator takes the API for one of the days of claims.
      scope,
      defaultCompositionUpdatePolicy: props.compositionUpdatePolicy ?? 'Automatic',
      ...(props.defaultComposition !== undefined && { defaultCompositionRef: { name: props.defaultComposition } }),
      ...(props.enforcedComposition !== undefined && { enforcedCompositionRef: { name: props.enforcedComposition } }),
      ...(props.conversion && {
        conversion: webhookConversion(props.conversion),
      }),
      versions: api.versions.map((version): XrdVersion => {
        const columns: readonly PrinterColumn[] = columnsOf(props, version.name);
        return {
          name: version.name,
          served: version.served,
          referenceable: version.referenceable,
          ...(version.deprecated !== undefined && { deprecated: true, deprecationWarning: version.deprecated }),
          ...(columns.length > 0 && { additionalPrinterColumns: columns.map((column) => ({ ...column })) }),
          schema: { openAPIV3Schema: { ...rootSchema(api, version.schema) } },
        };
      }),
    },
  };
}

function webhookConversion(webhook: Readonly<Record<string, unknown>>): CompositeResourceDefinitionSpec['conversion'] {
  // Only the API server knows what a webhook's settings look like; the check of the rendered object tells.
  return { strategy: 'Webhook', webhook: webhook as never };
}

/** The columns that the fields of a version ask for. */
export function columnsOf({ versions }: ApiProps, version: string): PrinterColumn[] {
  const { spec, status = {} } = versions[version];
  return printerColumns({ spec, status });
}

/** The schema of a whole request, as far as the author says it. */
function rootSchema(
  { description, maxNameLength }: Api,
  { spec, status }: { readonly spec: StructuralSchema; readonly status: StructuralSchema },
): StructuralSchema {
  return {
    description,
    type: 'object',
    ...(maxNameLength < 63 && {
      properties: {
        metadata: { type: 'object', properties: { name: { type: 'string', maxLength: maxNameLength } } },
        spec,
        status,
      },
    }),
    ...(maxNameLength >= 63 && { properties: { spec, status } }),
  };
}

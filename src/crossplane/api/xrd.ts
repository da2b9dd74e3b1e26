import type {
  CompositeResourceDefinitionManifest,
  CompositeResourceDefinitionSpec,
} from '../../../imports/apiextensions.crossplane.io';
import type { Api } from './api';
import type { ApiProps } from './api-props';
import { claimNameLength, compositeKindOf, compositePluralOf } from './claim-names';
import { type PrinterColumn, printerColumns } from './printer-columns';
import type { StructuralSchema } from './structural-schema';

type XrdVersion = CompositeResourceDefinitionSpec['versions'][number];

/** The XRD of an API for Crossplane v2, with what the API server would fill in written out. */
export function xrdOf(api: Api, props: ApiProps): CompositeResourceDefinitionManifest {
  const { group, kind, plural, scope } = api;
  return {
    apiVersion: 'apiextensions.crossplane.io/v2',
    kind: 'CompositeResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural, ...kubectlNames(props) },
      // Without it Crossplane's own validator takes the API for one of the days of claims.
      scope,
      ...compositionSettings(props),
      versions: versionsOf(api, props, api.maxNameLength),
    },
  };
}

/** An XRD for Crossplane v1. */
export interface ClaimXrd extends Omit<CompositeResourceDefinitionManifest, 'apiVersion'> {
  readonly apiVersion: 'apiextensions.crossplane.io/v1';
}

/**
 * The XRD of an API for Crossplane v1.20: requests are claims, and what is composed for one is of the whole cluster. It has no
 * `scope`, which only v2 knows.
 */
export function claimXrdOf(api: Api, props: ApiProps): ClaimXrd {
  const { group, kind, plural, connection } = api;
  const composite = { kind: compositeKindOf(kind), plural: compositePluralOf(plural) };
  const keys = Object.keys(connection);
  return {
    apiVersion: 'apiextensions.crossplane.io/v1',
    kind: 'CompositeResourceDefinition',
    metadata: { name: `${composite.plural}.${group}` },
    spec: {
      group,
      names: composite,
      claimNames: { kind, plural, ...kubectlNames(props) },
      ...(keys.length > 0 && { connectionSecretKeys: keys }),
      defaultCompositeDeletePolicy: props.compositeDeletePolicy ?? 'Foreground',
      ...compositionSettings(props),
      versions: versionsOf(api, props, claimNameLength(api)),
    },
  };
}

function kubectlNames({ shortNames, categories }: ApiProps) {
  return {
    ...(shortNames && { shortNames: [...shortNames] }),
    ...(categories && { categories: [...categories] }),
  };
}

function compositionSettings(props: ApiProps) {
  const { defaultComposition, enforcedComposition, conversion } = props;
  return {
    defaultCompositionUpdatePolicy: props.compositionUpdatePolicy ?? ('Automatic' as const),
    ...(defaultComposition !== undefined && { defaultCompositionRef: { name: defaultComposition } }),
    ...(enforcedComposition !== undefined && { enforcedCompositionRef: { name: enforcedComposition } }),
    ...(conversion && { conversion: webhookConversion(conversion) }),
  };
}

function versionsOf(api: Api, props: ApiProps, maxNameLength: number): XrdVersion[] {
  return api.versions.map((version): XrdVersion => {
    const columns: readonly PrinterColumn[] = columnsOf(props, version.name);
    return {
      name: version.name,
      served: version.served,
      referenceable: version.referenceable,
      ...(version.deprecated !== undefined && { deprecated: true, deprecationWarning: version.deprecated }),
      ...(columns.length > 0 && { additionalPrinterColumns: columns.map((column) => ({ ...column })) }),
      schema: { openAPIV3Schema: { ...rootSchema(api.description, version.schema, maxNameLength) } },
    };
  });
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
  description: string,
  { spec, status }: { readonly spec: StructuralSchema; readonly status: StructuralSchema },
  maxNameLength: number,
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

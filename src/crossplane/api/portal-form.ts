import type { DefinedApi } from './defined-api';
import type { StructuralSchema } from './structural-schema';

/** A JSON Schema of draft 7. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The form of a portal for a request, as JSON Schema: its name and its spec. Fields that are going away are left out; CEL
 * rules are left to the check of the request.
 */
export function portalForm(api: DefinedApi): JsonSchema {
  const { spec } = api.props.versions[api.referenceable.name];
  const gone = Object.keys(spec).filter((name) => spec[name].parts.options.deprecated !== undefined);
  const { properties = {}, ...rest } = api.referenceable.schema.spec;
  const shown = Object.fromEntries(Object.entries(properties).filter(([name]) => !gone.includes(name)));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: api.kind,
    description: api.description,
    type: 'object',
    required: ['name', 'spec'],
    properties: {
      name: {
        type: 'string',
        title: 'Name',
        description: `Name of the ${api.kind}, unique in its ${api.scope === 'Namespaced' ? 'namespace' : 'cluster'}.`,
        pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$',
        maxLength: api.maxNameLength,
      },
      spec: formSchema({ ...rest, properties: shown }),
    },
  };
}

/** A structural schema as JSON Schema of draft 7 says it. */
function formSchema(schema: StructuralSchema): JsonSchema {
  const { properties, additionalProperties, items, nullable, exclusiveMinimum, exclusiveMaximum, ...rest } = schema;
  const { minimum, maximum, ...keywords } = rest;
  const plain = Object.fromEntries(
    Object.entries(keywords).filter(([keyword]) => !keyword.startsWith('x-kubernetes-')),
  );
  const isUnique = schema['x-kubernetes-list-type'] === 'set';
  const isClosed = properties !== undefined && !schema['x-kubernetes-preserve-unknown-fields'];
  return {
    ...plain,
    ...(schema['x-kubernetes-int-or-string'] && { type: ['integer', 'string'] }),
    ...(nullable && { type: [schema.type, 'null'] }),
    ...(minimum !== undefined && { [exclusiveMinimum ? 'exclusiveMinimum' : 'minimum']: minimum }),
    ...(maximum !== undefined && { [exclusiveMaximum ? 'exclusiveMaximum' : 'maximum']: maximum }),
    ...(isUnique && { uniqueItems: true }),
    ...(items && { items: formSchema(items) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, field]) => [name, { title: titleOf(name), ...formSchema(field) }]),
      ),
    }),
    ...(isClosed && { additionalProperties: false }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === 'object' ? formSchema(additionalProperties) : additionalProperties,
    }),
  };
}

/** A field's name as a person reads it: `backupRetentionDays` is `Backup retention days`. */
function titleOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return `${words[0].toUpperCase()}${words.slice(1)}`;
}

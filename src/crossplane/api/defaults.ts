import { isRecord } from '../../platform/rule';
import type { Schema } from '../../schema/schema';

/**
 * A value with the defaults of its schema filled in, as the API server does it before it checks: where a field is absent, and
 * also where it is a null that the schema does not allow. The given value is left as it is.
 */
export function withDefaults(value: unknown, schema: Schema): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item) => withDefaults(item, items)) : value;
  }
  if (!isRecord(value)) return value;
  const filled: Record<string, unknown> = {};
  const properties = schema.properties ?? {};
  const { additionalProperties } = schema;
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue;
    const known = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (typeof known !== 'object') filled[name] = field;
    else if (field !== null || known.nullable) filled[name] = withDefaults(field, known);
    // A null that says nothing is dropped where a default takes its place, and refused elsewhere.
    else if (known.default === undefined) filled[name] = field;
  }
  for (const [name, field] of Object.entries(properties)) {
    if (field.default !== undefined && !Object.hasOwn(filled, name)) filled[name] = withDefaults(field.default, field);
  }
  return filled;
}

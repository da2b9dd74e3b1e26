import type { AnyField, CelRule, Fields } from './field';
import type { StructuralSchema, ValidationRule } from './structural-schema';
import { presenceRules, transitionRules } from './transition-rules';

/** Where an object stands. */
interface Place {
  /** Whether its required fields have to be there. */
  readonly isComplete: boolean;
  /** Whether nothing above it is optional; otherwise the rules about what comes and goes in it stand further up. */
  readonly isAlwaysThere: boolean;
}

/** The schema of the spec of an API. */
export function specSchema(fields: Fields, rules: readonly CelRule[] = []): StructuralSchema {
  return objectSchema(fields, { isComplete: true, isAlwaysThere: true }, rules);
}

/**
 * The schema of the status of an API. Nothing in it is required: a composition reports a field when it learns of it, and the
 * API server would refuse the conditions along with an incomplete status.
 */
export function statusSchema(fields: Fields): StructuralSchema {
  return objectSchema(fields, { isComplete: false, isAlwaysThere: false });
}

function objectSchema(fields: Fields, place: Place, own: readonly CelRule[] = []): StructuralSchema {
  const properties: Record<string, StructuralSchema> = {};
  for (const name of Object.keys(fields)) properties[name] = fieldSchema(fields[name], place);
  const required = Object.keys(fields).filter((name) => fields[name].presence === 'required');
  const rules = [...own.map(validationRule), ...(place.isAlwaysThere ? presenceRules(fields) : [])];
  return {
    type: 'object',
    ...(place.isComplete && required.length > 0 && { required }),
    properties,
    ...(rules.length > 0 && { 'x-kubernetes-validations': rules }),
  };
}

/** The schema of one field, with everything that is nested in it. */
function fieldSchema(field: AnyField, place: Place): StructuralSchema {
  const { keywords, options, items, values, fields } = field.parts;
  const rules = [...(options.rules ?? []).map(validationRule), ...transitionRules(field)];
  const nested: StructuralSchema | undefined =
    fields && objectSchema(fields, { ...place, isAlwaysThere: place.isAlwaysThere && field.presence !== 'optional' });
  const validations = [
    ...(keywords['x-kubernetes-validations'] ?? []),
    ...rules,
    ...(nested?.['x-kubernetes-validations'] ?? []),
  ];
  const description = describe(field);
  // An item is given as a whole, also in a status, and nothing in it is told apart from what was there before.
  const inside: Place = { isComplete: true, isAlwaysThere: false };
  return {
    ...keywords,
    ...(description !== '' && { description }),
    ...nested,
    ...(items && { items: fieldSchema(items, inside) }),
    ...(values && { additionalProperties: fieldSchema(values, inside) }),
    ...(validations.length > 0 && { 'x-kubernetes-validations': validations }),
  };
}

function validationRule({ cel, message, fieldPath }: CelRule): ValidationRule {
  return { rule: cel, message, ...(fieldPath !== undefined && { fieldPath }) };
}

/** What people are told about a field: a structural schema has no keyword for a deprecation. */
function describe({ parts: { options } }: AnyField): string {
  const deprecation = options.deprecated === undefined ? '' : `Deprecated: ${options.deprecated}`;
  return [options.description ?? '', deprecation].filter((text) => text !== '').join(' ');
}

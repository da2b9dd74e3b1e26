import { show } from '../../platform/rule';
import type { StructuralSchema, ValidationRule } from './structural-schema';

/** A change because of which a value that was valid may no longer be. */
export interface Narrowing {
  /** The field: `spec.size`. */
  readonly path: string;
  /** What changed, completing a sentence that begins with the path. */
  readonly change: string;
}

/** The change of a field that is no longer there. */
export const removed = 'is removed';

/** Every change from one schema to another that takes something away from who uses it. */
export function narrowings(before: StructuralSchema, after: StructuralSchema, path: string): Narrowing[] {
  const type = typeChange(before, after);
  if (type !== undefined) return [{ path, change: type }];
  const changes = [
    ...valueChanges(before, after),
    ...limitChanges(before, after),
    ...listChanges(before, after),
    ...branchChanges(before, after),
    ...ruleChanges(before, after),
  ];
  return [
    ...changes.map((change) => ({ path, change })),
    ...fieldNarrowings(before, after, path),
    ...(before.items && after.items ? narrowings(before.items, after.items, `${path}[]`) : []),
  ];
}

/** The types a schema takes. */
function typesOf(schema: StructuralSchema): readonly string[] | undefined {
  if (schema['x-kubernetes-int-or-string']) return ['integer', 'string'];
  if (schema.type === undefined) return undefined;
  return schema.type === 'number' ? ['integer', 'number'] : [schema.type];
}

function typeName(schema: StructuralSchema): string {
  return schema['x-kubernetes-int-or-string'] ? 'an integer or a string' : (schema.type ?? 'anything');
}

function typeChange(before: StructuralSchema, after: StructuralSchema): string | undefined {
  const [old, now] = [typesOf(before), typesOf(after)];
  if (now === undefined || old?.every((type) => now.includes(type))) {
    return before.nullable && !after.nullable ? 'no longer takes null' : undefined;
  }
  return `was ${typeName(before)} and is ${typeName(after)}`;
}

function valueChanges(before: StructuralSchema, after: StructuralSchema): string[] {
  const changes: string[] = [];
  if (after.enum) {
    const removed = (before.enum ?? []).filter((value) => !after.enum?.includes(value));
    if (!before.enum) changes.push(`took any value and takes only ${after.enum.map(show).join(', ')}`);
    else if (removed.length > 0) changes.push(`no longer takes ${removed.map(show).join(', ')}`);
  }
  if (after.pattern !== undefined && after.pattern !== before.pattern) {
    changes.push(`has another pattern: ${after.pattern}${before.pattern ? ` instead of ${before.pattern}` : ''}`);
  }
  if (
    after.format !== undefined &&
    after.format !== before.format &&
    !widerFormats.has(`${before.format} ${after.format}`)
  ) {
    changes.push(`has the format ${after.format}${before.format ? ` instead of ${before.format}` : ''}`);
  }
  if (after.multipleOf !== undefined && !isMultiple(before, after.multipleOf)) {
    changes.push(`has to be a multiple of ${after.multipleOf}`);
  }
  return changes;
}

/** Formats that take all that another takes. */
const widerFormats: ReadonlySet<string> = new Set([
  'int32 int64',
  'undefined int64',
  'float double',
  'undefined double',
]);

function isMultiple({ multipleOf }: StructuralSchema, of: number): boolean {
  return multipleOf !== undefined && multipleOf % of === 0;
}

function limitChanges(before: StructuralSchema, after: StructuralSchema): string[] {
  const changes: string[] = [];
  for (const limit of ['minimum', 'minLength', 'minItems', 'minProperties'] as const) {
    const [old, now] = [before[limit], after[limit]];
    // The least count is 0 anyway.
    const floor = limit === 'minimum' ? Number.NEGATIVE_INFINITY : 0;
    if (now !== undefined && now > (old ?? floor)) changes.push(`${limit} is ${now}${wasLimit(old)}`);
  }
  for (const limit of ['maximum', 'maxLength', 'maxItems', 'maxProperties'] as const) {
    const [old, now] = [before[limit], after[limit]];
    if (now !== undefined && now < (old ?? Number.POSITIVE_INFINITY))
      changes.push(`${limit} is ${now}${wasLimit(old)}`);
  }
  for (const [bound, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (after[bound] && !before[bound] && before[limit] === after[limit]) changes.push(`${limit} is excluded`);
  }
  return changes;
}

function wasLimit(old: number | undefined): string {
  return old === undefined ? '; there was none' : ` instead of ${old}`;
}

function listChanges(before: StructuralSchema, after: StructuralSchema): string[] {
  const [old = 'atomic', now = 'atomic'] = [before['x-kubernetes-list-type'], after['x-kubernetes-list-type']];
  const keys = (schema: StructuralSchema) => (schema['x-kubernetes-list-map-keys'] ?? []).join(', ');
  if (old !== now) return [`was a list of type ${old} and is of type ${now}`];
  return keys(before) === keys(after) ? [] : [`tells its items apart by ${keys(after)} instead of ${keys(before)}`];
}

/** What combines schemas is not taken apart: any change to it counts. */
function branchChanges(before: StructuralSchema, after: StructuralSchema): string[] {
  return (['allOf', 'anyOf', 'oneOf', 'not'] as const)
    .filter((word) => after[word] !== undefined && JSON.stringify(before[word]) !== JSON.stringify(after[word]))
    .map((word) => `has another ${word}`);
}

function ruleChanges(before: StructuralSchema, after: StructuralSchema): string[] {
  const known = new Set(rulesOf(before).map(({ rule }) => rule));
  return rulesOf(after)
    .filter(({ rule }) => !known.has(rule))
    .map(({ rule, message }) => `has another rule: ${message} (${rule})`);
}

function rulesOf(schema: StructuralSchema): readonly ValidationRule[] {
  return schema['x-kubernetes-validations'] ?? [];
}

/** Whether a value has to give a field, because nothing fills it in. */
function isRequired(schema: StructuralSchema, field: string): boolean {
  return (schema.required ?? []).includes(field) && schema.properties?.[field]?.default === undefined;
}

function fieldNarrowings(before: StructuralSchema, after: StructuralSchema, path: string): Narrowing[] {
  if (typesOf(before)?.[0] !== 'object') return [];
  const [old, now] = [before.properties ?? {}, after.properties ?? {}];
  const found: Narrowing[] = [];
  for (const field of Object.keys(now)) {
    const at = `${path}.${field}`;
    if (isRequired(after, field) && !isRequired(before, field)) {
      found.push({ path: at, change: Object.hasOwn(old, field) ? 'is required' : 'is new and required' });
    }
  }
  const others = openness(after);
  for (const field of Object.keys(old)) {
    const at = `${path}.${field}`;
    if (Object.hasOwn(now, field)) found.push(...narrowings(old[field], now[field], at));
    else if (others === 'none') found.push({ path: at, change: removed });
    else if (others !== 'any') found.push(...narrowings(old[field], others, at));
  }
  return [...found, ...openNarrowings(before, after, path)];
}

/** What a schema says of fields that it does not name. */
function openness(schema: StructuralSchema): StructuralSchema | 'any' | 'none' {
  if (schema['x-kubernetes-preserve-unknown-fields'] || schema.additionalProperties === true) return 'any';
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : 'none';
}

function openNarrowings(before: StructuralSchema, after: StructuralSchema, path: string): Narrowing[] {
  const [old, now] = [openness(before), openness(after)];
  if (old === 'none') return [];
  const at = `${path}[key]`;
  const found = Object.keys(after.properties ?? {})
    .filter((field) => !Object.hasOwn(before.properties ?? {}, field))
    .flatMap((field): Narrowing[] => {
      const declared = after.properties?.[field] ?? {};
      const where = `${path}.${field}`;
      return old === 'any' ? [{ path: where, change: 'took anything' }] : narrowings(old, declared, where);
    });
  if (now === 'none') return [...found, { path: at, change: 'no longer takes free keys' }];
  if (now === 'any') return found;
  return old === 'any' ? [...found, { path: at, change: 'took anything' }] : [...found, ...narrowings(old, now, at)];
}

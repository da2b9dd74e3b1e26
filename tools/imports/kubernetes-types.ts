import type { Definition } from './definition-types';
import { byCodeUnit, type Schema } from './json-schema';
import { className, type KindClass, type KindModule } from './kind-module';
import type { Minor } from './kubernetes-data';
import { type DefinedKind, reachable } from './kubernetes-definitions';
import { isNamespaced } from './kubernetes-scope';

/** Groups whose types keep their bare names when another group has a type of the same name; the others get a prefix. */
const bareGroups = ['core', 'meta'];

/** The module of Kubernetes' own kinds at one minor: a class per kind, at its newest stable version or else its newest beta. */
export function kubernetesModule({ minor, definitions, kinds }: Minor): KindModule {
  const chosen = preferredVersions(kinds.filter(({ group, kind }) => isNamespaced(group, kind) !== undefined));
  const kindDefinitions = new Set(chosen.map(({ definition }) => definition));
  const names = typeNames(reachable(kindDefinitions, definitions), kindDefinitions);
  const roots = new Map(chosen.map((kind) => [kind.definition, className(names.get(kind.definition) as string)]));
  const resolve = (schema: Schema): Schema =>
    withTypeNames(schema, (ref) => {
      const root = roots.get(ref);
      return root === undefined ? (names.get(ref) as string) : `${root}Manifest`;
    });

  const classes: KindClass[] = chosen.map(({ group, version, kind, definition }) => ({
    kind,
    className: roots.get(definition),
    apiVersion: group ? `${group}/${version}` : version,
    namespaced: isNamespaced(group, kind) as boolean,
    schema: resolve(definitions[definition]),
  }));
  const nested: Definition[] = [...names]
    .filter(([definition]) => !roots.has(definition))
    .map(([definition, name]) => ({ name, schema: resolve(definitions[definition]) }))
    .sort((a, b) => byCodeUnit(a.name, b.name));
  return { origin: `the definitions of Kubernetes ${minor}`, kinds: classes, definitions: nested };
}

/** One version of each kind: v2 before v1, v1 before v2beta1, v1beta2 before v1beta1. */
function preferredVersions(kinds: readonly DefinedKind[]): DefinedKind[] {
  const best = new Map<string, DefinedKind>();
  for (const kind of kinds) {
    const key = `${kind.group} ${kind.kind}`;
    const other = best.get(key);
    if (!other || rank(kind.version) > rank(other.version)) best.set(key, kind);
  }
  return [...best.values()];
}

function rank(version: string): number {
  const [, major, beta] = /^v(\d+)(?:beta(\d+))?$/.exec(version) ?? [];
  return Number(major) * 100 + (beta === undefined ? 10_000 : Number(beta));
}

/**
 * Type names by definition. Where several share a name, a kind keeps it before a nested type does and a basic group before
 * another; the others get their group in front, and their version behind where the group has a newer type of that name.
 */
function typeNames(definitions: ReadonlySet<string>, kinds: ReadonlySet<string>): Map<string, string> {
  const sharing = new Map<string, string[]>();
  for (const definition of definitions) {
    const name = definition.split('.')[2];
    sharing.set(name, [...(sharing.get(name) ?? []), definition]);
  }
  const claim = (definition: string): number =>
    (kinds.has(definition) ? 2 : 0) + (bareGroups.includes(definition.split('.')[0]) ? 1 : 0);
  return new Map(
    [...definitions].map((definition) => {
      const [group, version, name] = definition.split('.');
      const others = (sharing.get(name) ?? []).filter((other) => other !== definition);
      const foreign = others.filter((other) => other.split('.')[0] !== group);
      const bare = foreign.length === 0 || foreign.every((other) => claim(other) < claim(definition));
      const newer = others.some((other) => other.startsWith(`${group}.`) && rank(other.split('.')[1]) > rank(version));
      return [definition, (bare ? '' : capital(group)) + name + (newer ? capital(version) : '')];
    }),
  );
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** A schema in which references, and the primitives that definitions lack, are types by name. */
function withTypeNames(schema: Schema, nameOf: (ref: string) => string): Schema {
  if (schema.$ref !== undefined) return { tsType: nameOf(schema.$ref) };
  if (schema.format === 'quantity') return { tsType: '(number | string)' };
  return {
    ...schema,
    ...(schema.items && { items: withTypeNames(schema.items, nameOf) }),
    ...(typeof schema.additionalProperties === 'object' && {
      additionalProperties: withTypeNames(schema.additionalProperties, nameOf),
    }),
    ...(schema.properties && {
      properties: Object.fromEntries(Object.entries(schema.properties).map(([k, v]) => [k, withTypeNames(v, nameOf)])),
    }),
  };
}

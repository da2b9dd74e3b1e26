import { isRecord } from '../../platform/rule';
import type { SchemaNode } from '../../schema/schema-node';
import { type Expression, expressionOf, type FieldValue } from './expression';
import { fieldPath, type Path } from './field-path';
import type { HandOver } from './hand-over';
import { combine, flat, inEnvironment, isPlainString, valuesOf } from './lower';
import type { Patch, Transform } from './patch-and-transform';
import { shown } from './resource-body';
import { fitted } from './transform';
import { misfit } from './value-type';

/** The patches that report to a request, by where they run. */
export interface StatusPatches {
  /** Those of each resource, which read what is observed of it. */
  readonly fromResources: Map<string, Patch[]>;
  /** Those of the environment, before any resource. */
  readonly before: Patch[];
  /** Those of the environment in a step of its own, after the resources have put their values there. */
  readonly after: Patch[];
}

/** Turns what an author reports into patches. */
export function statusPatches(
  status: Readonly<Record<string, unknown>>,
  node: SchemaNode | true,
  handOver: HandOver,
  report: (message: string) => void,
): StatusPatches {
  const patches: StatusPatches = { fromResources: new Map(), before: [], after: [] };
  for (const { path, value, at } of leaves(status, node, ['status'], report)) {
    const expression = expressionOf(value);
    const fit = expression && fitted(expression, at);
    const problem = fit
      ? 'problem' in fit
        ? fit.problem
        : undefined
      : misfit({ of: 'literals', literals: [value] }, at);
    if (problem !== undefined) report(`${fieldPath(path)} ${problem} (from ${shown(value)})`);
    else if (fit && 'expression' in fit) addPatch(path, fit.expression, handOver, patches);
    else addConstant(path, value, patches);
  }
  return patches;
}

interface Leaf {
  readonly path: Path;
  readonly value: unknown;
  readonly at: SchemaNode | true;
}

function leaves(value: unknown, at: SchemaNode | true, path: Path, report: (message: string) => void): Leaf[] {
  if (expressionOf(value) || !isRecord(value)) return [{ path, value, at }];
  return Object.entries(value).flatMap(([name, item]) => {
    if (item === undefined) return [];
    const next = at === true ? true : (at.field(name) ?? at.additional);
    if (next === undefined) {
      report(
        `${fieldPath([...path, name])} is not in the API's status, where the API server would drop it; add it there`,
      );
      return [];
    }
    return leaves(item, next, [...path, name], report);
  });
}

function addPatch(path: Path, expression: Expression, handOver: HandOver, patches: StatusPatches): void {
  const value = flat(expression);
  const toFieldPath = fieldPath(path);
  const rest = value.transforms.length > 0 ? { transforms: value.transforms } : {};
  const values = valuesOf(value);
  const owner = commonResource(values);
  if (value.of === 'field') {
    if (owner !== undefined) {
      add(patches, owner, { type: 'ToCompositeFieldPath', fromFieldPath: fieldPath(value.path), toFieldPath, ...rest });
    } else {
      const fromFieldPath = handOver.of({ ...value, transforms: [] });
      patches.before.push({ type: 'ToCompositeFieldPath', fromFieldPath, toFieldPath, ...rest });
    }
  } else if (owner !== undefined && values.every(isPlainString)) {
    const from = values.map((part) => fieldPath(part.path));
    add(patches, owner, { type: 'CombineToComposite', combine: combine(value.parts, from), toFieldPath, ...rest });
  } else {
    const from = values.map((part) => inEnvironment(part, handOver));
    const where = values.some(({ origin }) => origin.of === 'resource') ? patches.after : patches.before;
    where.push({ type: 'CombineToComposite', combine: combine(value.parts, from), toFieldPath, ...rest });
  }
}

/** A patch always reads something; here it reads the name, which is always there, and forgets it. */
function addConstant(path: Path, value: unknown, patches: StatusPatches): void {
  const toFieldPath = fieldPath(path);
  const at = `handover[${toFieldPath}]`;
  const constant: Transform = {
    type: 'match',
    match: { patterns: [{ type: 'regexp', regexp: '.*', result: value }], fallbackTo: 'Value', fallbackValue: value },
  };
  patches.before.push(
    { type: 'FromCompositeFieldPath', fromFieldPath: 'metadata.name', toFieldPath: at, transforms: [constant] },
    { type: 'ToCompositeFieldPath', fromFieldPath: at, toFieldPath },
  );
}

function commonResource(values: readonly FieldValue[]): string | undefined {
  const owners = new Set(values.map(({ origin }) => (origin.of === 'resource' ? origin.resource : '')));
  const [owner] = owners;
  return owners.size === 1 && owner !== '' ? owner : undefined;
}

function add(patches: StatusPatches, resource: string, patch: Patch): void {
  patches.fromResources.set(resource, [...(patches.fromResources.get(resource) ?? []), patch]);
}

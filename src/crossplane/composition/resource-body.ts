import { isRecord, show } from '../../platform/rule';
import { checkValue } from '../../schema/check-value';
import type { Kind } from '../../schema/kind';
import { jsonType, type SchemaNode } from '../../schema/schema-node';
import { pathText, type Violation } from '../../schema/violation';
import type { Assignment } from './assignment';
import { type Expression, expressionOf, fieldsOf, isAwaited, isLeftOut, where } from './expression';
import type { Path } from './field-path';
import { requiredByRules } from './required-by-rules';
import { asListOf, fitted } from './transform';

/** What an author wrote for a resource: what is known, and what is patched in. */
export interface Body {
  readonly base: Record<string, unknown>;
  readonly assignments: readonly Assignment[];
}

/** The fields that a reference brings, while an object is taken apart. */
interface Parting {
  readonly assignments: Assignment[];
  readonly report: (message: string) => void;
}

/** Takes an object with references in it apart. */
export function partBody(
  object: Readonly<Record<string, unknown>>,
  kind: Kind,
  report: (message: string) => void,
): Body {
  const parting: Parting = { assignments: [], report };
  if (object.status !== undefined) report('status is what the cluster reports; leave it out');
  for (const field of Object.keys(object.metadata ?? {})) {
    if (['name', 'labels', 'annotations'].includes(field)) continue;
    report(`metadata.${field} is set by Crossplane; a composition sets name, labels and annotations`);
  }
  const base = (part(object, kind.schema, [], parting) ?? {}) as Record<string, unknown>;
  checkBase(base, parting, kind);
  return { base, assignments: parting.assignments };
}

/** The known part of a value; undefined where a reference is all there is. */
function part(value: unknown, node: SchemaNode | true, path: Path, parting: Parting): unknown {
  const expression = expressionOf(value);
  if (expression) return assign(expression, node, path, parting);
  if (Array.isArray(value)) return partList(value, node, path, parting);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const known = entries
    .map(([name, item]) => [name, part(item, fieldNode(node, name), [...path, name], parting)] as const)
    .filter(([, item]) => item !== undefined);
  // What is patched makes its own parents.
  return known.length === 0 && entries.length > 0 ? undefined : Object.fromEntries(known);
}

/**
 * Items keep their places, so one that is patched in before another that is known leaves a null to be filled. An item that
 * may be missing has no place: it is appended when it is there.
 */
function partList(list: readonly unknown[], node: SchemaNode | true, path: Path, parting: Parting): unknown {
  const item = itemNode(node);
  const kept = list.filter((value) => {
    const appends = (list.length > 1 || !expressionOf(value)) && mayBeMissing(value);
    if (appends) append(value, item, path, parting);
    return !appends;
  });
  const items = kept.map((value, i) => part(value, item, [...path, i], parting));
  while (items.length > 0 && items[items.length - 1] === undefined) items.pop();
  if (items.length === 0 && list.length > 0) return undefined;
  return items.map((value) => value ?? null);
}

/** Whether an item is there only with a reference that may be missing; one that says so takes only its own field away. */
function mayBeMissing(value: unknown): boolean {
  const expression = expressionOf(value);
  if (expression) return isLeftOut(expression) && !expression.fallback;
  return typeof value === 'object' && value !== null && Object.values(value).some(mayBeMissing);
}

/** Adds an item by way of JSON, which is how the function makes a list. It is there only with all of its references. */
function append(value: unknown, node: SchemaNode | true, path: Path, parting: Parting): void {
  const own: Parting = { assignments: [], report: parting.report };
  const known = part(value, node, [], own);
  if (own.assignments.length === 0) return;
  const partial = own.assignments.find(({ expression, appends }) => appends || expression.fallback);
  if (partial) {
    parting.report(
      `${pathText(path)} has an item that may be missing as a whole, so its ${pathText(partial.path)} cannot be missing by ` +
        'itself; leave out orElse and orLeaveOut there, and write lists out',
    );
    return;
  }
  const holder: Record<string, unknown> = { item: structuredClone(known ?? {}) };
  for (const [i, { path: field }] of own.assignments.entries()) place(holder, ['item', ...field], `\u0000${i}`);
  const pieces = JSON.stringify(holder.item).split(/"\\u0000(\d+)"/);
  const expressions = own.assignments.map(({ expression }) => expression);
  const parts = pieces.map((piece, i) => (i % 2 === 0 ? piece : expressions[Number(piece)]));
  parting.assignments.push({ path, expression: asListOf(parts), appends: true });
}

function assign(expression: Expression, node: SchemaNode | true, path: Path, parting: Parting): unknown {
  const fit = fitted(expression, node);
  if ('problem' in fit) parting.report(`${pathText(path)} ${fit.problem} (from ${where(expression)})`);
  else if (waitsForEver(expression)) {
    parting.report(
      `${pathText(path)} would wait for ever when a request leaves out ${where(waitsForEver(expression) as Expression)}; ` +
        'call orLeaveOut or orElse',
    );
  } else parting.assignments.push({ path, expression: fit.expression });
  return expression.fallback?.value;
}

/** What a request may leave out, in a value that is waited for. */
function waitsForEver(expression: Expression): Expression | undefined {
  const fields = fieldsOf(expression);
  if (expression.fallback || !fields.some(isAwaited)) return undefined;
  return fields.find((field) => !isAwaited(field) && !field.always);
}

function fieldNode(node: SchemaNode | true, name: string): SchemaNode | true {
  return node === true ? true : (node.field(name) ?? node.additional ?? true);
}

function itemNode(node: SchemaNode | true): SchemaNode | true {
  return node === true ? true : (node.items ?? true);
}

/** The schema of the kind, held against the base with something put where values are patched in. */
function checkBase(base: Record<string, unknown>, { assignments, report }: Parting, kind: Kind): void {
  const sample = structuredClone({ ...base, apiVersion: kind.apiVersion, kind: kind.kind });
  const patched = new Set<string>();
  for (const { path, expression, appends } of assignments) {
    if (appends) continue;
    patched.add(pathText(path));
    if (expression.fallback?.value === undefined) place(sample, path, sampleOf(nodeAt(kind.schema, path)));
    const missing = isLeftOut(expression) ? neededBy(kind, path) : undefined;
    if (missing !== undefined) {
      report(
        `${pathText(path)} is ${missing}, but ${where(expression)} may be missing; make it required or give it a default ` +
          'in the API, or call orElse',
      );
    }
  }
  const violations: Violation[] = [];
  checkValue({ metadata: {}, ...sample }, kind.schema, { violations, path: [] });
  for (const { path, problem, keyword } of violations) {
    const isPatched = [...patched].some(
      (known) => path === known || path.startsWith(`${known}.`) || path.startsWith(`${known}[`),
    );
    // What is patched in was held against the field already, if there is one.
    if (!isPatched || keyword === 'unknown-field') report(`${path} ${problem}`);
  }
  for (const path of isObservedOnly(base) ? [] : requiredByRules(kind)) {
    const initially = ['spec', 'initProvider', ...path.slice(2)];
    if (valueAt(sample, path) === undefined && valueAt(sample, initially) === undefined) {
      report(`${pathText(path)} is missing; a rule of ${kind.kind} requires it`);
    }
  }
}

/** Whether a managed resource is only looked at: then its rules ask for nothing. */
function isObservedOnly(base: Record<string, unknown>): boolean {
  const policies = valueAt(base, ['spec', 'managementPolicies']);
  return Array.isArray(policies) && !policies.some((policy) => ['*', 'Create', 'Update'].includes(policy as string));
}

/** Why a field has to be there, or undefined when it may be left out. */
function neededBy(kind: Kind, path: Path): string | undefined {
  const name = path[path.length - 1];
  const parent = nodeAt(kind.schema, path.slice(0, -1));
  if (parent !== true && typeof name === 'string' && parent.required.includes(name)) return 'required';
  const ruled = requiredByRules(kind).some((required) => pathText(required) === pathText(path));
  return ruled ? `required by a rule of ${kind.kind}` : undefined;
}

/** The schema of a field; `true` where it is open. */
export function nodeAt(node: SchemaNode | true, path: Path): SchemaNode | true {
  return path.reduce<SchemaNode | true>(
    (at, step) => (typeof step === 'number' ? itemNode(at) : fieldNode(at, step)),
    node,
  );
}

/** The value of a field, or undefined. */
export function valueAt(object: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[step] : undefined),
    object,
  );
}

/** Puts a value at a path, making what leads there. */
function place(object: Record<string, unknown>, path: Path, value: unknown): void {
  let at: Record<string | number, unknown> = object;
  for (const [i, step] of path.entries()) {
    if (i === path.length - 1) at[step] = value;
    else {
      at[step] ??= typeof path[i + 1] === 'number' ? [] : {};
      at = at[step] as Record<string | number, unknown>;
    }
  }
}

/** Something of the right type, to stand where a value will be patched in. */
function sampleOf(node: SchemaNode | true): unknown {
  if (node === true) return '';
  if (node.schema.enum) return node.schema.enum[0];
  if ((node.types & jsonType.string) !== 0) return '';
  if ((node.types & (jsonType.integer | jsonType.number)) !== 0) return 1;
  if ((node.types & jsonType.boolean) !== 0) return false;
  return (node.types & jsonType.array) !== 0 ? [] : {};
}

/** A value as an error shows it, for a field that must hold none. */
export function shown(value: unknown): string {
  return expressionOf(value) ? where(expressionOf(value) as Expression) : show(value);
}

import { oneOf } from '../platform/rule';
import type { SchemaNode } from './schema-node';
import type { Violation } from './violation';

/**
 * What is wrong about a value under `anyOf`, `oneOf` or `not`, or undefined.
 *
 * @param results the violations of each branch, in order
 */
export function branchesProblem(
  keyword: 'anyOf' | 'oneOf' | 'not',
  branches: readonly SchemaNode[],
  results: readonly (readonly Violation[])[],
  value: unknown,
): string | undefined {
  const passing = results.filter((violations) => violations.length === 0).length;
  if (keyword === 'not') return `must not have ${fieldsOf(branches[0]) ?? 'this form'}`;
  if (passing === 1 || (keyword === 'anyOf' && passing > 1)) return undefined;
  const fields = branches.map(fieldsOf);
  const named = fields.every((words) => words !== undefined) ? (fields as string[]) : undefined;
  const exactly = keyword === 'oneOf' ? 'exactly one' : 'at least one';
  if (named) {
    const present =
      typeof value === 'object' && value !== null ? Object.keys(value).filter((key) => named.includes(key)) : [];
    return `must have ${exactly} of ${oneOf(named)}; it has ${present.length === 0 ? 'none' : present.join(' and ')}`;
  }
  if (passing > 1) return `fits ${passing} of ${branches.length} forms that exclude each other; leave one`;
  const reasons = results.map((violations) => violations[0]).map(({ path, problem }) => `${path} ${problem}`.trim());
  return `fits none of ${branches.length} allowed forms: ${[...new Set(reasons)].join('; or ')}`;
}

/** The fields that a branch asks for, when that is all it does. */
function fieldsOf(branch: SchemaNode): string | undefined {
  const onlyRequired = Object.keys(branch.schema).every((keyword) => keyword === 'required' || keyword === 'type');
  return onlyRequired && branch.required.length > 0 ? branch.required.join(' with ') : undefined;
}

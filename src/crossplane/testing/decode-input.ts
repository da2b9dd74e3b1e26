import type { PatchAndTransformInput } from './patch-and-transform-input';
import { isObject } from './value';

/** What a member of the input holds: a JSON type, anything at all, a list of something, or an object of known members. */
type Shape = 'string' | 'integer' | 'object' | 'any' | readonly [Shape] | { readonly [member: string]: Shape };

const patch: Shape = {
  type: 'string',
  fromFieldPath: 'string',
  toFieldPath: 'string',
  combine: { variables: [{ fromFieldPath: 'string' }], strategy: 'string', string: { fmt: 'string' } },
  transforms: [
    {
      type: 'string',
      map: 'object',
      match: {
        patterns: [{ type: 'string', literal: 'string', regexp: 'string', result: 'any' }],
        fallbackValue: 'any',
        fallbackTo: 'string',
      },
      math: { type: 'string', multiply: 'integer', clampMin: 'integer', clampMax: 'integer' },
      string: {
        type: 'string',
        fmt: 'string',
        convert: 'string',
        trim: 'string',
        regexp: { match: 'string', group: 'integer' },
        join: { separator: 'string' },
        replace: { search: 'string', replace: 'string' },
      },
      convert: { toType: 'string', format: 'string' },
    },
  ],
  policy: { fromFieldPath: 'string', toFieldPath: 'string' },
};

const resources: Shape = {
  apiVersion: 'string',
  kind: 'string',
  metadata: 'object',
  patchSets: [{ name: 'string', patches: [patch] }],
  environment: { patches: [patch] },
  resources: [
    {
      name: 'string',
      base: 'any',
      patches: [{ ...patch, patchSetName: 'string' }],
      connectionDetails: [
        { name: 'string', type: 'string', fromConnectionSecretKey: 'string', fromFieldPath: 'string', value: 'string' },
      ],
      readinessChecks: [
        {
          type: 'string',
          fieldPath: 'string',
          matchString: 'string',
          matchInteger: 'integer',
          matchCondition: { type: 'string', status: 'string' },
        },
      ],
    },
  ],
  writeConnectionSecretToRef: { name: 'string', namespace: 'string', patches: [patch] },
};

/**
 * Reads the input of a step as the function decodes it: a member it does not know and a value of another type are
 * errors, a null is the same as nothing.
 *
 * @throws Error with all that does not fit
 */
export function decodeInput(input: unknown): PatchAndTransformInput {
  const problems: string[] = [];
  const decoded = decode(input, resources, '', problems);
  if (problems.length > 0) throw new Error(`cannot get Function input: ${problems.join('; ')}`);
  return decoded as PatchAndTransformInput;
}

function decode(value: unknown, shape: Shape, path: string, problems: string[]): unknown {
  if (shape === 'any' || value === null || value === undefined) return value ?? undefined;
  if (typeof shape === 'string') {
    const fits =
      shape === 'object'
        ? isObject(value)
        : shape === 'integer'
          ? typeof value === 'bigint' || Number.isInteger(value)
          : typeof value === shape;
    if (!fits) problems.push(`${path} ${JSON.stringify(value)} is no ${shape}`);
    return value;
  }
  if (Array.isArray(shape)) {
    if (Array.isArray(value)) return value.map((item, index) => decode(item, shape[0], `${path}[${index}]`, problems));
    problems.push(`${path} ${JSON.stringify(value)} is no list`);
    return undefined;
  }
  if (!isObject(value)) {
    problems.push(`${path} ${JSON.stringify(value)} is no object`);
    return undefined;
  }
  const members = shape as { readonly [member: string]: Shape };
  const decoded: Record<string, unknown> = {};
  for (const [member, inner] of Object.entries(value)) {
    const place = path === '' ? member : `${path}.${member}`;
    if (!Object.hasOwn(members, member)) problems.push(`unknown object member name "${member}" at ${place}`);
    else decoded[member] = decode(inner, members[member], place, problems);
  }
  return decoded;
}

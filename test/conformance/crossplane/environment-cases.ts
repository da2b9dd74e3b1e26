import type { PatchAndTransformInput } from '../../../src/crossplane/testing/patch-and-transform-input';
import type { ValueObject } from '../../../src/crossplane/testing/value';
import { bucket, type Structure, seen } from './structure';

/** A step that writes the environment, then formats a number of it. */
const countInEnvironment = (
  patches: NonNullable<PatchAndTransformInput['environment']>['patches'],
): Partial<PatchAndTransformInput> => ({
  environment: { patches },
  resources: [
    bucket(`after-${patches?.length}`, {
      patches: [
        {
          type: 'FromEnvironmentFieldPath',
          fromFieldPath: 'count',
          toFieldPath: 'spec.text',
          transforms: [{ type: 'string', string: { type: 'Format', fmt: '%d' } }],
        },
      ],
    }),
  ],
});

/** Members that are empty in one way or another, some with this object in them. */
const hollow = (inner: ValueObject): ValueObject => ({
  old: inner.x === null ? null : 1,
  filled: { ...inner, y: inner.x === null ? 1 : 2 },
  hollow: inner,
  deep: { hollow: inner },
  text: inner.x === null ? 'new' : '',
  list: inner.x === null ? [] : [1],
  kept: inner.x === null ? [2] : [],
});

/** What an environment hands on, and how values are merged. */
export const environmentCases: Readonly<Record<string, Structure>> = {
  'an environment patch of a required source': {
    inputs: [{ environment: { patches: [{ fromFieldPath: 'spec.missing', policy: { fromFieldPath: 'Required' } }] } }],
  },
  'an environment patch of a type for resources': {
    inputs: [{ environment: { patches: [{ type: 'CombineFromEnvironment' }] } }],
  },
  'the environment keeps its integers for one step': {
    inputs: [
      {
        environment: { patches: [{ fromFieldPath: 'spec.count', toFieldPath: 'count' }] },
        resources: [
          bucket('a', {
            patches: [
              {
                type: 'FromEnvironmentFieldPath',
                fromFieldPath: 'count',
                toFieldPath: 'spec.text',
                transforms: [{ type: 'string', string: { type: 'Format', fmt: '%d' } }],
              },
            ],
          }),
        ],
      },
      {
        resources: [
          bucket('b', {
            patches: [
              {
                type: 'CombineFromEnvironment',
                toFieldPath: 'spec.text',
                combine: { strategy: 'string', variables: [{ fromFieldPath: 'count' }], string: { fmt: '%d' } },
              },
            ],
          }),
        ],
      },
    ],
    request: { spec: { count: 1_000_000 } },
  },
  'the environment as it was given, and written to': {
    inputs: [countInEnvironment([]), countInEnvironment([{ fromFieldPath: 'metadata.name', toFieldPath: 'who' }])],
    environment: { count: 5 },
  },
  ...Object.fromEntries(
    (['MergeObjects', 'MergeObjectsAppendArrays', 'ForceMergeObjects', 'ForceMergeObjectsAppendArrays'] as const).map(
      (toFieldPath): [string, Structure] => [
        `nulls and empty values through ${toFieldPath}`,
        {
          inputs: [
            {
              resources: [
                bucket('a', {
                  base: { apiVersion: 'v1', kind: 'ConfigMap', data: hollow({}) },
                  patches: [{ fromFieldPath: 'spec.from', toFieldPath: 'data', policy: { toFieldPath } }],
                }),
                bucket('b', {
                  base: { apiVersion: 'v1', kind: 'ConfigMap', data: { list: [] } },
                  patches: [{ fromFieldPath: 'spec.none', toFieldPath: 'data.list', policy: { toFieldPath } }],
                }),
              ],
            },
          ],
          request: { spec: { from: hollow({ x: null }), none: [] } },
        },
      ],
    ),
  ),
  'a value handed over through the environment needs its giver first': {
    inputs: [
      {
        resources: [
          bucket('late', {
            patches: [{ type: 'FromEnvironmentFieldPath', fromFieldPath: 'arn', toFieldPath: 'spec.arn' }],
          }),
          bucket('giver', {
            patches: [{ type: 'ToEnvironmentFieldPath', fromFieldPath: 'status.arn', toFieldPath: 'arn' }],
          }),
          bucket('taker', {
            patches: [{ type: 'FromEnvironmentFieldPath', fromFieldPath: 'arn', toFieldPath: 'spec.arn' }],
          }),
        ],
      },
    ],
    observed: [seen('giver', { status: { arn: 'arn:x' } })],
  },
  'an environment of a kind': {
    inputs: [
      { environment: { patches: [{ type: 'ToCompositeFieldPath', fromFieldPath: 'n', toFieldPath: 'status.n' }] } },
    ],
    environment: { kind: 'Settings', n: 1 },
  },
};

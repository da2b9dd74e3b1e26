import * as fc from 'fast-check';
import { ParameterGroup, type ParameterGroupSpecForProviderParameter } from '../../../imports/rds.aws.m.upbound.io';
import { entries } from '../../../src/crossplane/composition/entries';
import { renderComposition } from '../../../src/crossplane/testing';
import { build } from './build';
import { request } from './cases';

const first = [{ name: '100%', value: '%s', applyMethod: 'immediate' }];

const made = build((c) => {
  c.add('group', ParameterGroup, {
    spec: {
      forProvider: {
        region: 'eu-west-1',
        family: 'postgres16',
        parameter: entries<ParameterGroupSpecForProviderParameter>(c.xr.spec.labels, {
          key: 'name',
          value: 'value',
          rest: { applyMethod: '%d "later"' },
          first,
        }),
      },
    },
  });
});

function items(labels?: Record<string, string>): unknown {
  const { resources } = renderComposition(made.manifest, request(made, { name: 'x', labels }) as never);
  return resources[0].spec.forProvider.parameter;
}

test('every entry of a map is an item of the list, by the order of keys, whatever its value', () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9_.]{0,8}$/);
  const pieces = fc.constantFrom('"', ',', ':', '{', '}', '\\', '%', '%s', '\u0001', '\n', 'a', '","', '":"', '€');
  const value = fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: 5 }), (labels) => {
      const expected = Object.keys(labels)
        .sort()
        .map((name) => ({ name, value: labels[name], applyMethod: '%d "later"' }));
      expect(items({ ...labels })).toEqual([...first, ...expected]);
    }),
    { numRuns: 300 },
  );
});

test('without a map there is what stands first', () => {
  expect(items()).toEqual(first);
});

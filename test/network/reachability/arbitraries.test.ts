import * as fc from 'fast-check';
import { policyCase } from './arbitraries';
import { matrix } from './matrix';

const sample = fc.sample(policyCase, { numRuns: 100, seed: 1 });

test.each([
  ['every selector', ['matchLabels', 'NotIn', 'In', 'Exists', 'DoesNotExist', 'kubernetes.io/metadata.name']],
  [
    'every peer',
    ['podSelector', 'namespaceSelector', 'ipBlock', 'except', 'fd00::', '2001:db8', '"from":[]', '"to":[]'],
  ],
  [
    'every port',
    ['"endPort"', '"port":"http"', '"port":"nobody"', '"port":80', 'SCTP', 'UDP', '"ports":[]', '{"protocol"'],
  ],
  ['every type', ['["Ingress"]', '["Egress"]', '["Ingress","Egress"]', '"ingress":[]', '"egress":[]']],
])('a hundred cases have %s in many of them', (_, words) => {
  const policies = sample.map((found) => JSON.stringify(found.policies));
  for (const word of words) {
    expect([word, policies.filter((text) => text.includes(word)).length > 5]).toEqual([word, true]);
  }
});

test('a hundred cases have as many open connections as closed ones, or nearly so', () => {
  const verdicts = sample
    .flatMap(({ world, policies }) => matrix(world, policies))
    .filter(({ from, to }) => from !== to);
  const open = verdicts.filter(({ allowed }) => allowed).length / verdicts.length;
  expect(open).toBeGreaterThan(0.25);
  expect(open).toBeLessThan(0.75);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { withException } from '../../../src/policy/exceptions/add-exception';
import { exceptionsFrom, parseExceptions } from '../../../src/policy/exceptions/exceptions-from';
import type { PolicyException } from '../../../src/policy/policy-exception';

const exception = (name: string, reason = 'reads the network of the node'): PolicyException => ({
  policy: 'host-namespaces',
  object: { kind: 'Deployment', namespace: 'shop', name },
  reason,
  owner: 'platform',
  expiresAt: '2027-01-31T00:00:00Z',
});
const bare = (list: readonly PolicyException[]) => list.map(({ writtenAt, ...rest }) => rest);
const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

test('exceptions are read with the lines that they are written at', () => {
  const text = `# ours\n\n${stringify([exception('a')])}# theirs\n${stringify([exception('b')])}`;
  const read = parseExceptions(text, 'x.yaml');
  expect(bare(read)).toEqual([exception('a'), exception('b')]);
  expect(read.map(({ writtenAt }) => writtenAt)).toEqual(['x.yaml:3', 'x.yaml:12']);
});

test('a file has to be there, and may be empty', () => {
  const folder = mkdtempSync(join(tmpdir(), 'exceptions-'));
  const file = join(folder, 'exceptions.yaml');
  expect(refusal(() => exceptionsFrom(file))).toMatch(/there is no such file; make an empty one/);
  writeFileSync(file, '# none yet\n');
  expect(exceptionsFrom(file)).toEqual([]);
  rmSync(folder, { recursive: true });
});

test.each([
  ['no YAML', '- policy: [', /^\[x\.yaml:1\] is no YAML/],
  ['no list', 'policy: a\n', /^\[x\.yaml\] is no list; begin each exception with "- policy:"/],
  ['several documents', '[]\n---\n[]\n', /has several documents; write one list/],
  ['no exception', '- a\n', /^\[x\.yaml:1\] "a" is no exception; write policy, object, reason/],
  ['a key twice', '- policy: a\n  policy: b\n', /^\[x\.yaml:2\] has the key "policy" twice/],
  [
    'a key that there is not',
    stringify([{ ...exception('a'), expires: 1 }]),
    /unknown key "expires" \(did you mean "expiresAt"\?\)/,
  ],
  [
    'no expiry',
    stringify([{ ...exception('a'), expiresAt: undefined }]),
    /^\[x\.yaml:1\] the exception of Deployment shop\/a from host-namespaces has no expiry/,
  ],
  [
    'a day without a time',
    stringify([{ ...exception('a'), expiresAt: '2027-01-31' }]),
    /has no expiry; set expiresAt to an instant/,
  ],
  ['no reason', stringify([exception('a', ' ')]), /has no reason/],
  ['a reason that is a number', stringify([{ ...exception('a'), reason: 3 }]), /has no reason/],
  ['no object', stringify([{ ...exception('a'), object: 'Deployment/a' }]), /has to name one object/],
  [
    'a namespace that is a list',
    stringify([{ ...exception('a'), object: { kind: 'Pod', name: 'a', namespace: [] } }]),
    /has the namespace \[\], which is no name/,
  ],
])('%s is refused with its line', (_, text, message) => {
  expect(refusal(() => parseExceptions(text, 'x.yaml'))).toMatch(message);
});

describe('an exception is added', () => {
  test.each([
    ['to nothing', '', 0],
    ['to an empty list', '# none yet\n[]\n', 0],
    ['to comments', '# none yet\n', 0],
    ['after others', `# ours\n${stringify([exception('a')])}# the end\n`, 1],
    [
      'after others that are indented',
      '  - policy: host-namespaces # keep\n    object: { kind: Pod, name: p }\n    reason: >-\n      long\n      text\n    owner: o\n    expiresAt: "2027-01-31T00:00:00Z"\n',
      1,
    ],
    ['after a last line that does not end', stringify([exception('a')]).trimEnd(), 1],
  ])('%s, which stay as they are', (_, text, others) => {
    const changed = withException(text, exception('new'), 'x.yaml');
    const read = bare(parseExceptions(changed, 'x.yaml'));
    expect(read.length).toBe(others + 1);
    expect(read[others]).toEqual(exception('new'));
    for (const line of text.split('\n').filter((each) => each.trim() !== '[]'))
      expect(changed.split('\n')).toContain(line);
  });

  test('with the line ends of the file', () => {
    const changed = withException(stringify([exception('a')]).replaceAll('\n', '\r\n'), exception('b'), 'x.yaml');
    expect(changed.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('not where it would be another document, or part of brackets', () => {
    const closed = `${stringify([exception('a')])}...\n`;
    const flow = JSON.stringify([exception('a')]);
    for (const text of [closed, flow])
      expect(refusal(() => withException(text, exception('b'), 'x.yaml'))).toContain('nothing can be added to');
  });

  test('whatever the reason is', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string().filter((text) => text.trim() !== ''),
          { minLength: 1, maxLength: 4 },
        ),
        (reasons) => {
          let text = '# ours\n';
          for (const [i, reason] of reasons.entries()) {
            const changed = withException(text, exception(`a${i}`, reason), 'x.yaml');
            expect(changed.startsWith(text)).toBe(true);
            text = changed;
          }
          expect(bare(parseExceptions(text, 'x.yaml'))).toEqual(reasons.map((reason, i) => exception(`a${i}`, reason)));
        },
      ),
    );
  });
});

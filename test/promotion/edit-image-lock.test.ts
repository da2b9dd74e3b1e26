import * as fc from 'fast-check';
import { parse } from 'yaml';
import { GoldenError } from '../../src/platform/golden-error';
import { editImageLock, parsePin } from '../../src/promotion/edit-image-lock';

const digest = `sha256:${'a'.repeat(64)}`;
const older = `sha256:${'b'.repeat(64)}`;
const edit = (text: string, environment = 'staging', image = { tag: '2.5.0', digest }) =>
  editImageLock(text, [{ environment, name: 'api', image }]);

describe('an entry that is there', () => {
  test('keeps every other byte: comments, quotes, order, spaces and line ends', () => {
    const text = (tag: string, is: string) =>
      `# CI writes this\r\nproduction:   { api: {tag: 1.0.0, digest: "${older}"} }\r\n\r\n\r\nstaging:\r\n    # pinned by hand\r\n    api:   # the API\r\n        digest: '${is}' # what runs\r\n        tag: ${tag}\r\n    web: {tag: "1.0.0",digest: "${older}"}\r\n`;
    expect(edit(text('2.4.0-rc.1', older))).toBe(text('2.5.0', digest));
  });

  test('gets quotes where its tag would be a number', () => {
    const image = { tag: '2.5', digest };
    const edited = edit(`staging: { api: { tag: v1, digest: ${older} } }\n`, 'staging', image);
    expect(edited).toBe(`staging: { api: { tag: "2.5", digest: ${digest} } }\n`);
  });

  test('keeps its repository unless another one is given', () => {
    const text = `staging: { api: { repository: r.io/x, tag: "1", digest: "${older}" } }\n`;
    expect(parse(edit(text)).staging.api).toEqual({ repository: 'r.io/x', tag: '2.5.0', digest });
    const image = { repository: 'q.io/y', tag: '2', digest };
    expect(parse(edit(text, 'staging', image)).staging.api).toEqual(image);
  });

  test('is completed, with its comment', () => {
    expect(edit('staging:\n  api: { tag: "1" } # the API\n')).toBe(
      `staging:\n  api: { tag: "2.5.0", digest: "${digest}" } # the API\n`,
    );
  });
});

test.each(['', '# CI writes this\n', 'dev: {}\n', 'staging:\n', `staging:\n  web: { tag: "1", digest: "${older}" }\n`])(
  'an entry that %j lacks is added, and what is there stays',
  (text) => {
    const added = parse(edit(text));
    expect(added).toEqual({ ...parse(text), staging: { ...parse(text)?.staging, api: { tag: '2.5.0', digest } } });
    expect(edit(text)).toContain(text.match(/#.*/)?.[0] ?? '');
  },
);

test.each([
  [
    'a merge that was not finished',
    '<<<<<<< ours\nstaging: {}\n=======\nstaging: {}\n>>>>>>> theirs\n',
    /line 1 is a marker of a merge/,
  ],
  ['no YAML', 'staging: {a: 1, a: 2}\n', /can't be read as YAML: Map keys must be unique/],
  ['a list', '- staging\n', /is no mapping/],
  ['an environment that is a number', 'staging: 7\n', /staging is 7, no mapping/],
  ['an image that is text', 'staging: { api: "1.0.0" }\n', /api for staging is "1\.0\.0", no mapping/],
  [
    'an environment that is another one',
    'dev: &dev\n  api: {tag: "1", digest: x}\nstaging: *dev\n',
    /shares its text with another entry by an anchor/,
  ],
  [
    'an environment that another one is',
    'staging: &dev\n  api: {tag: "1", digest: x}\ndev: *dev\n',
    /shares its text with another entry by an anchor/,
  ],
])('%s is refused', (_, text, message) => {
  expect(() => edit(text)).toThrow(GoldenError);
  expect(() => edit(text)).toThrow(message);
});

test('a comment behind an environment without images stays', () => {
  const text = editImageLock('staging: # nothing yet\n', [
    { environment: 'staging', name: 'api', image: { tag: '1', digest } },
  ]);
  expect(text).toBe(`staging:\n  # nothing yet\n  api: { tag: "1", digest: "${digest}" }\n`);
});

test('for all locks, the pin is there afterwards and all else is as it was', () => {
  const name = fc.stringMatching(/^[a-z]{1,3}$/);
  const image = fc.record({ tag: fc.stringMatching(/^\w[\w.-]{0,6}$/), digest: fc.constantFrom(digest, older) });
  const lock = fc.dictionary(name, fc.dictionary(name, image));
  const styles = fc.record({ indent: fc.constantFrom(2, 4), flow: fc.boolean(), quote: fc.constantFrom('"', "'") });
  fc.assert(
    fc.property(lock, styles, name, name, image, (before, { indent, flow, quote }, environment, key, pin) => {
      const lines = Object.entries(before).flatMap(([env, images]) => [
        `${env}: # ${env}`,
        ...Object.entries(images).flatMap(([each, { tag, digest: is }]) => {
          const pad = ' '.repeat(indent);
          const [first, second] = [`tag: ${quote}${tag}${quote}`, `digest: ${quote}${is}${quote}`];
          return flow
            ? [`${pad}${each}: { ${first}, ${second} }`]
            : [`${pad}${each}:`, `${pad}${pad}${first}`, `${pad}${pad}${second}`];
        }),
      ]);
      const edited = editImageLock(`${lines.join('\n')}\n`, [{ environment, name: key, image: pin }]);
      const expected: Record<string, unknown> = { ...before, [environment]: { ...before[environment], [key]: pin } };
      for (const [env, images] of Object.entries(expected))
        if (Object.keys(images as object).length === 0) expected[env] = null;
      expect(parse(edited)).toEqual(expected);
      for (const env of Object.keys(before)) expect(edited).toContain(`# ${env}\n`);
    }),
  );
});

test.each([
  ['1.4.2@sha256:', /digest "sha256:" is none/],
  [`@${digest}`, /the tag "" is none/],
  [`-x@${digest}`, /the tag "-x" is none/],
  [`a b@${digest}`, /the tag "a b" is none/],
  ['1.4.2', /"1\.4\.2" is no pin; write tag@digest/],
  [`1@sha256:${'A'.repeat(64)}`, /is none; write sha256: and 64 hexadecimal digits/],
  [`1@${digest}\n`, /is none/],
  [`Not A Repo:1@${digest}`, /repository "Not A Repo" is none/],
  [`r.io/x:1@${digest}:1@${digest}`, /repository .* is none/],
])('the pin %j is refused', (text, message) => {
  expect(parsePin(text)).toMatch(message);
});

test('a pin may name its repository, with a port too', () => {
  expect(parsePin(`localhost:5000/a/b:1.0@${digest}`)).toEqual({
    repository: 'localhost:5000/a/b',
    tag: '1.0',
    digest,
  });
  expect(parsePin(`1.0@${digest}`)).toEqual({ tag: '1.0', digest });
});

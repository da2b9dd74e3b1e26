import * as fc from 'fast-check';
import { diffObjects } from '../../src/diff/diff-objects';
import { commentLimit, renderMarkdown } from '../../src/diff/render-markdown';
import { renderText } from '../../src/diff/render-text';
import type { PlaceDiff } from '../../src/diff/tree-diff';
import type { PlainObject } from '../../src/platform/placed-object';
import { nothing, object } from './risks/risk-cases';

/** Text that would leave a code span, a fence, a terminal or a list. */
const nasty = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.stringMatching(/^[`~<>@|*\-\n]{0,12}$/),
  fc.constantFrom('```\n@everyone\n```', '\u001b[31mred', '</details>', 'a\n'.repeat(50)),
);

const objects = fc
  .array(
    fc.record({
      kind: fc.constantFrom('ConfigMap', 'Secret', 'Service', 'PersistentVolumeClaim'),
      name: fc.constantFrom('a', 'b', 'c', '`d`\n\u001b[31m@everyone'),
      data: fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), nasty, { maxKeys: 4 }),
    }),
    { maxLength: 8 },
  )
  .map((drawn) => drawn.map(({ kind, name, data }): PlainObject => object(kind, { data }, { name })));

const places = fc
  .array(fc.tuple(fc.constantFrom('dev', 'production'), fc.constantFrom('eu', 'us'), objects, objects), {
    maxLength: 4,
  })
  .map((drawn) =>
    drawn.map(([environment, cluster, before, after]): PlaceDiff => {
      return { environment, cluster, changes: diffObjects(before, after, {}, nothing) };
    }),
  );

/** Lines outside of fences; fails when one is open at the end. */
function outside(markdown: string): string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const opened = /^(`{3,})diff$/.exec(line)?.[1];
    if (fence === undefined && opened) fence = opened;
    else if (fence !== undefined && new RegExp(`^ {0,3}\`{${fence.length},} *$`).test(line)) fence = undefined;
    else if (fence === undefined) lines.push(line);
  }
  expect(fence).toBeUndefined();
  return lines;
}

test('for all comparisons: a comment is never longer than its limit, and no section is cut', () => {
  fc.assert(
    fc.property(places, fc.integer({ min: 2_000, max: 6_000 }), (drawn, limit) => {
      const markdown = renderMarkdown(drawn, limit);
      expect(markdown.length).toBeLessThanOrEqual(limit);
      const lines = outside(markdown);
      const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
      expect(count(/^<details><summary>/)).toBe(count(/^<\/details>$/));
      // Nothing of the objects stands where GitHub would read it as more than text.
      for (const line of lines) expect(line.replace(/(`+)(?:(?!\1).)*\1/g, '')).not.toMatch(/@everyone|\p{Cc}/u);
    }),
  );
});

test('for all comparisons: what does not fit is counted', () => {
  fc.assert(
    fc.property(places, (drawn) => {
      const all = renderMarkdown(drawn);
      const cut = renderMarkdown(drawn, 2_000);
      expect(all).not.toContain('are not shown');
      if (cut !== all) expect(cut).toMatch(/> \d+ of \d+ (?:risks|changes)(?: and \d+ of \d+ changes)? are not shown/);
    }),
  );
});

test('a comment holds what GitHub takes', () => {
  const big = Array.from({ length: 400 }, (_, n) =>
    object('ConfigMap', { data: { a: 'x'.repeat(500) } }, { name: `c${n}` }),
  );
  const changed = big.map((each) => ({ ...each, data: { a: 'y'.repeat(500) } }));
  const markdown = renderMarkdown([
    { environment: 'dev', cluster: 'eu', changes: diffObjects(big, changed, {}, nothing) },
  ]);
  expect(commentLimit).toBe(65_536);
  expect(markdown.length).toBeLessThanOrEqual(commentLimit);
  expect(markdown.length).toBeGreaterThan(60_000);
  expect(markdown).toMatch(/> \d+ of 400 changes are not shown: a comment holds 65536 characters\. Run `golden diff`/);
});

test('for all comparisons: the order in which objects come makes no difference', () => {
  const shuffled = fc
    .uniqueArray(
      objects.filter((list) => list.length > 0).map(([first]) => first),
      {
        selector: ({ kind, metadata }) => `${kind} ${metadata.name}`,
      },
    )
    .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      const text = (after: PlainObject[]) =>
        renderText([{ environment: 'dev', cluster: 'eu', changes: diffObjects([], after, {}, nothing) }]);
      expect(text(list)).toBe(text(other));
    }),
  );
});

test('for all comparisons: a terminal gets lines that fit, and nothing that it obeys', () => {
  fc.assert(
    fc.property(places, fc.integer({ min: 40, max: 120 }), (drawn, width) => {
      for (const line of renderText(drawn, { width }).split('\n')) {
        expect(line.length).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/\p{Cc}/u);
      }
    }),
  );
});

test('colours only where they are asked for', () => {
  const removed = [{ environment: 'dev', cluster: 'eu', changes: diffObjects([object('ConfigMap')], [], {}, nothing) }];
  expect(renderText(removed)).not.toContain('\u001b');
  expect(renderText(removed, { color: true })).toContain('\u001b[31m    - ConfigMap api\u001b[0m');
});

test.each(['text', 'markdown'])('values of Secrets are not shown: %s', (form) => {
  const secret = (password: string) => object('Secret', { stringData: { password }, data: { key: password } });
  const changes = diffObjects([secret('hunter1')], [secret('hunter2')], {}, nothing);
  const place = [{ environment: 'dev', cluster: 'eu', changes }];
  const shown = form === 'text' ? renderText(place) : renderMarkdown(place);
  expect(shown).toContain('stringData.password: (hidden)');
  expect(shown).not.toContain('hunter');
});

test('of a long text only what changes is shown', () => {
  const script = (line: string) => object('ConfigMap', { data: { run: `set -e\n${line}\nexit\n` } });
  const changes = diffObjects([script('one')], [script('two')], {}, nothing);
  expect(renderText([{ environment: 'dev', cluster: 'eu', changes }])).toContain(
    '          data.run:\n          - one\n          + two\n',
  );
});

test('what all clusters share comes first, and is told once', () => {
  const changesOf = (...names: string[]) =>
    diffObjects(
      [],
      names.map((name) => object('ConfigMap', {}, { name })),
      {},
      nothing,
    );
  const text = renderText([
    { environment: 'dev', cluster: 'eu', changes: changesOf('a', 'b') },
    { environment: 'dev', cluster: 'us', changes: changesOf('b') },
  ]);
  expect(text.match(/^dev .*/gm)).toEqual(['dev (eu, us): 1 added', 'dev (eu): 1 added']);
  expect(text).toContain('3 objects differ in 1 environment, no risk was found');
});

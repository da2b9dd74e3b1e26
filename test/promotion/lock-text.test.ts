import * as fc from 'fast-check';
import { parse } from 'yaml';
import { parseLock } from '../../src/platform/platform-lock-text';
import type { RenderedService } from '../../src/platform/rendered-services';
import { lockText, writtenPart } from '../../src/promotion/lock-text';

const rendered: Record<string, RenderedService> = {
  'orders/web': { ports: { http: { port: 8080, servicePort: 80 } }, callers: ['anyone'], places: { staging: {} } },
  'payments/api': { ports: { grpc: 9090 } },
};

const names = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/);
const service = fc.record(
  {
    ports: fc.dictionary(names, fc.integer(), { minKeys: 1, noNullPrototype: true }),
    callers: fc.array(names),
    places: fc.dictionary(fc.string(), fc.constant({}), { noNullPrototype: true }),
  },
  { requiredKeys: ['ports'] },
);
const services = fc
  .array(fc.tuple(names, names, service))
  .map((all) => Object.fromEntries(all.map(([team, name, its]) => [`${team}/${name}`, its])));

test('for all services, a lock is YAML that says them, read the same by us', () => {
  fc.assert(
    fc.property(services, (all) => {
      const text = lockText('a: 1 # one\n', all as never);
      expect(parse(text)).toEqual({ a: 1, ...(Object.keys(all).length > 0 && { rendered: all }) });
      expect(parseLock(text)).toEqual(parse(text));
      expect(writtenPart(text)).toBe('a: 1 # one\n');
    }),
  );
});

test.each([
  ['comments and quotes', '# by us\na: "1" # one\n'],
  ['a block of text at its end', 'a: |\n  x\n'],
  ['no line feed at its end', 'a: 1'],
])('what the platform team wrote with %s stays byte by byte', (_, written) => {
  const text = lockText(written, rendered);
  expect(text.startsWith(`${written.trimEnd()}\n# What the tree renders`)).toBe(true);
  expect(parseLock(text)).toEqual({ ...parse(written), rendered });
});

test.each([
  ['JSON', '{"a": {"b": [1]}}'],
  ['a document that is ended', 'a: { b: [1] }\n...\n'],
])('what the platform team wrote as %s is written anew', (_, written) => {
  expect(parse(lockText(written, rendered))).toEqual({ a: { b: [1] }, rendered });
});

test('without services it is the text of the platform team', () => {
  expect(lockText('a: 1', {})).toBe('a: 1');
});

const text = lockText('a: 1\n', rendered);

test.each([
  ['a service twice', `${text}${text.split('\n')[4]}\n`, /unique/],
  ['a conflict', text.replace('  payments', '<<<<<<< ours\n  payments'), /./],
  ['the section twice', `rendered: {}\n${text}`, /unique/],
  ['a line that is cut', text.slice(0, -5), /./],
])('a lock with %s is no YAML', (_, broken, message) => {
  expect(() => parseLock(broken)).toThrow(message);
});

test('what a person added among the services is read as YAML', () => {
  expect(parseLock(text.replace('  payments', '  # theirs\n  payments'))).toEqual(parseLock(text));
  expect(parseLock(`${text}prices: {}\n`)).toEqual({ a: 1, rendered, prices: {} });
  expect(parseLock(text.replaceAll('\n', '\r\n'))).toEqual(parseLock(text));
});

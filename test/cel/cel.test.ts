import { CelScope, compileCel } from '../../src/cel/cel';
import { CelError } from '../../src/cel/cel-error';
import { celValue, plainValue } from '../../src/cel/cel-value';
import { LazyValues } from '../../src/cel/lazy-values';

const evaluate = (expression: string, object: unknown = {}): unknown =>
  plainValue(compileCel(expression, { object: 'dyn' }).evaluate({ object: celValue(object) }));

/** What compiling an expression is refused with. */
const refusal = (expression: string): CelError => {
  try {
    compileCel(expression, { object: 'dyn' });
  } catch (error) {
    if (error instanceof CelError) return error;
    throw error;
  }
  throw new Error(`${expression} compiled`);
};

test.each([
  ['object.spec.replicas + 1 == 3', { spec: { replicas: 2 } }, true],
  ['type(object.a) == int && type(object.b) == double', { a: 1, b: 1.5 }, true],
  ['object.a == 1.0', { a: 1 }, true],
  ['has(object.a)', { a: null }, false],
  ['has(object.list[0].a) && !has(object.list[0].b)', { list: [{ a: 1 }] }, true],
  ['object.?a.b.orValue("none")', {}, 'none'],
  ['object.?a.optMap(x, x + "!").orValue("none")', { a: 'b' }, 'b!'],
  ['object.?a.optFlatMap(x, x.?b).hasValue()', { a: {} }, false],
  ['cel.bind(x, object.a, x == x)', { a: 1 }, true],
  ['object.a.missing == 1 || true', { a: {} }, true],
  ['["b", "a"].exists(x, x == object.a) && object.a in ["a"]', { a: 'a' }, true],
  ['object.labels.all(key, key.startsWith("a"))', { labels: { ab: '1', ac: '2' } }, true],
  ['object.constructor == 1 || !has(object.constructor)', {}, true],
])('%s', (expression, object, expected) => {
  expect(evaluate(expression, object)).toBe(expected);
});

test.each([
  ['1 +', 'syntax', { line: 1, column: 4 }],
  ['object.a &&\n  nope', 'type', { line: 2, column: 3 }],
  ['1 + "a"', 'type', { line: 1, column: 1 }],
  ['resource.Get("v1", "pods", "a", "b") == null', 'unknown-function', { line: 1, column: 1 }],
  ['object.a == 1 && lookup(object)', 'unknown-function', { line: 1, column: 18 }],
  ['object.a.matches("(?=a)")', 'regex', { line: 1, column: 1 }],
  ['object.a.findAll("a\\\\1", 2) == []', 'regex', { line: 1, column: 1 }],
])('%s does not compile, and the error says where', (expression, kind, position) => {
  const { kind: found, position: at } = refusal(expression);
  expect({ kind: found, at }).toEqual({ kind, at: position });
});

test('a function that is missing is named', () => {
  expect(refusal('object.list.nope(1)').message).toBe('the function nope() is not known at line 1, column 1');
});

test('an expression that must be true or false is refused when it is neither', () => {
  expect(() => compileCel('"text"', {}, 'bool')).toThrow('the result is of type string; it must be bool');
});

test('a field that is missing ends an evaluation with an error, not with a verdict', () => {
  expect(() => evaluate('object.a.b == 1', { a: {} })).toThrow(CelError);
  expect(() => evaluate('has(object.a.b)', { a: 'text' })).toThrow(CelError);
});

test.each(['', '0x1', ' 1', '1.5', '9223372036854775808'])('the text %j is no number', (text) => {
  expect(() => evaluate('int(object.text) > 0', { text })).toThrow(CelError);
});

test('named values are found when they are asked for, and once', () => {
  const scope = new CelScope({ variables: 'lazy' });
  let asked = 0;
  const variables = new LazyValues(
    new Map<string, () => unknown>([
      ['used', () => ++asked && 'x'],
      ['unused', () => expect(true).toBe(false)],
    ]),
  );
  expect(scope.compile('variables.used + variables.used').evaluate({ variables })).toBe('xx');
  expect(asked).toBe(1);
  expect(() => scope.compile('variables.other', undefined, new Set(['used']))).toThrow(
    'variables.other is not defined before it',
  );
});

describe('values of a schema', () => {
  const schema = {
    type: 'object',
    properties: {
      size: { type: 'string' },
      storage: { type: 'number' },
      count: { type: 'integer' },
      'my-field': { type: 'string' },
      tags: { type: 'object', additionalProperties: { type: 'string' } },
      rules: { type: 'array', items: { type: 'object', properties: { port: { type: 'integer' } } } },
    },
  } as const;
  const scope = new CelScope({ self: { schema }, oldSelf: { schema } });
  const holds = (rule: string, self: unknown, oldSelf: unknown = self): unknown =>
    scope.compile(rule, 'bool').evaluate(scope.values({ self, oldSelf }));

  test.each([
    ['self.storage == 2.0 && type(self.storage) == double && type(self.count) == int', { storage: 2, count: 2 }, true],
    ['self == oldSelf', { size: 'a', rules: [{ port: 1 }], tags: { a: 'b' } }, true],
    ['self.rules == oldSelf.rules', { rules: [{ port: 1 }] }, true],
    ['self.my__dash__field == "a"', { 'my-field': 'a' }, true],
    ['self.rules.all(rule, rule.port > 1)', { rules: [{ port: 1 }, { port: 2 }] }, false],
    ['self.rules[0].port == 1 && has(self.rules[0].port)', { rules: [{ port: 1 }] }, true],
    ['"a" in self.tags && self.tags["a"] == "b"', { tags: { a: 'b' } }, true],
    ['!has(self.size) || self.size == oldSelf.size', {}, true],
  ])('%s', (rule, self, expected) => {
    expect(holds(rule, self)).toBe(expected);
  });

  test('objects that differ in a part are not equal', () => {
    expect(holds('self == oldSelf', { rules: [{ port: 1 }] }, { rules: [{ port: 2 }] })).toBe(false);
    expect(holds('self.rules != oldSelf.rules', { rules: [{ port: 1 }] }, { rules: [{ port: 2 }] })).toBe(true);
  });

  test.each([
    ['self.nope == 1', 'no such key: nope at line 1, column 6'],
    ['has(self.nope)', 'no such key: nope at line 1, column 10'],
    ['self.count == "1"', 'no such overload: int == string at line 1, column 1'],
    ['self.rules.all(rule, rule.prot > 1)', 'no such key: prot at line 1, column 27'],
  ])('%s does not compile', (rule, message) => {
    expect(() => scope.compile(rule)).toThrow(message);
  });
});

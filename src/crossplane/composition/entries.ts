import { bindExpression, expressionOf } from './expression';
import type { Frozen, Ref } from './reference-types';
import { stringTransform, transformed } from './transform';

/** How entries of a map become items of a list. */
export interface EntriesOptions<Item> {
  /** The field of an item that takes the key of an entry. */
  readonly key: keyof Item & string;
  /** The field that takes its value. */
  readonly value: keyof Item & string;
  /**
   * What every item holds besides.
   * @default - nothing
   */
  readonly rest?: Partial<Item>;
  /**
   * Items that stand before those of the map, and alone while there is no map.
   * @default - none
   */
  readonly first?: readonly Item[];
}

/** Never raw in JSON, which escapes them, so that they can stand for something for a moment. */
const standIns = { between: '\u0001', backslash: '\u0002', quote: '\u0003' };

/**
 * The entries of a map of texts as a list of objects, in the order of their keys: the function has no loops, but it can write
 * JSON, replace texts in it, and read it. Keys must hold no colon, comma or quote, and the map must not be empty: say both in
 * the schema.
 *
 * ```ts
 * parameter: entries<Parameter>(xr.spec.parameters, { key: 'name', value: 'value' })
 * ```
 */
export function entries<Item>(
  map: Ref<{ readonly [key: string]: string }>,
  { key, value, rest = {}, first = [] }: EntriesOptions<Item>,
): Ref<readonly Frozen<Item>[]> {
  const expression = expressionOf(map);
  if (!expression) throw new Error(`entries takes a map of the request, not ${String(map)}`);
  const json = (part: object) => JSON.stringify(part).replaceAll('%', '%%');
  const end = Object.entries(rest)
    .map(([name, constant]) => `,${JSON.stringify(name)}:${JSON.stringify(constant)}`)
    .join('');
  const begin = `{${JSON.stringify(key)}:"`;
  const before = first.map((item) => `${json(item as object)},`).join('');
  const { between, backslash, quote } = standIns;
  const replace = (search: string, by: string) => ({ type: 'Replace', replace: { search, replace: by } }) as const;
  const steps = [
    { type: 'TrimPrefix', trim: '{"' },
    { type: 'TrimSuffix', trim: '"}' },
    // What is escaped goes out of the way, so that every quote that is left is one of JSON itself.
    replace('\\\\', backslash),
    replace('\\"', quote),
    replace('":"', between),
    replace('","', `"${end}},${begin}`),
    replace(between, `",${JSON.stringify(value)}:"`),
    replace(quote, '\\"'),
    replace(backslash, '\\\\'),
    { type: 'Format', fmt: `[${before}${begin.replaceAll('%', '%%')}%s"${end.replaceAll('%', '%%')}}]` },
  ] as const;
  const asJson = transformed(
    expression,
    { of: 'scalar', scalar: 'string' },
    { type: 'string', string: { type: 'Convert', convert: 'ToJson' } },
  );
  const text = steps.reduce(stringTransform, asJson);
  const list = transformed(text, { of: 'anything' }, { type: 'convert', convert: { toType: 'array', format: 'json' } });
  const whole = { ...list, fallback: { value: first.length > 0 ? first : undefined } };
  return bindExpression({}, whole) as Ref<readonly Frozen<Item>[]>;
}

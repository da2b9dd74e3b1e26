import { show } from '../../platform/rule';
import type { StringConversion } from './patch-and-transform';
import { Reference } from './reference-methods';
import {
  calculated,
  constant,
  converted,
  formatted,
  jsonList,
  jsonObject,
  mapped,
  matched,
  re2Pattern,
  stringTransform,
  transformed,
} from './transform';

/** A reference to a value that has no fields; which of the methods apply is for its type to say. */
export class ScalarReference extends Reference {
  format(pattern: string): object {
    return this.after((value) => formatted(value, pattern));
  }

  convert(to: 'string' | 'int64' | 'float64' | 'bool'): object {
    return this.after((value) => converted(value, to));
  }

  toConstant(literal: unknown): object {
    return this.after((value) => constant(value, literal));
  }

  orElse(fallback: unknown): object {
    return this.after((value) => ({ ...value, fallback: { value: fallback } }));
  }

  orLeaveOut(): object {
    return this.after((value) => ({ ...value, fallback: { value: undefined } }));
  }

  map(table: Readonly<Record<string, unknown>>): object {
    return this.after((value) => mapped(value, table));
  }

  match(cases: Parameters<typeof matched>[1], otherwise: unknown): object {
    return this.after((value) => matched(value, cases, otherwise));
  }

  multiply(factor: number): object {
    return this.after((value) => calculated(value, 'Multiply', factor));
  }

  clampMin(min: number): object {
    return this.after((value) => calculated(value, 'ClampMin', min));
  }

  clampMax(max: number): object {
    return this.after((value) => calculated(value, 'ClampMax', max));
  }

  clamp(min: number, max: number): object {
    return this.after((value) => {
      if (min > max) throw new Error(`clamp from ${show(min)} to ${show(max)} allows nothing; swap the two`);
      return calculated(calculated(value, 'ClampMin', min), 'ClampMax', max);
    });
  }

  trimPrefix(trim: string): object {
    return this.after((value) => stringTransform(value, { type: 'TrimPrefix', trim }));
  }

  trimSuffix(trim: string): object {
    return this.after((value) => stringTransform(value, { type: 'TrimSuffix', trim }));
  }

  replace(search: string, by: string): object {
    return this.after((value) => stringTransform(value, { type: 'Replace', replace: { search, replace: by } }));
  }

  capture(expression: string, group = 0): object {
    return this.after((value) =>
      stringTransform(value, { type: 'Regexp', regexp: { match: re2Pattern(expression), group } }),
    );
  }

  quantity(): object {
    return this.after((value) =>
      transformed(
        value,
        { of: 'scalar', scalar: 'number' },
        { type: 'convert', convert: { toType: 'float64', format: 'quantity' } },
      ),
    );
  }

  toUpper(): object {
    return this.to('ToUpper');
  }

  toLower(): object {
    return this.to('ToLower');
  }

  toBase64(): object {
    return this.to('ToBase64');
  }

  fromBase64(): object {
    return this.to('FromBase64');
  }

  toSha1(): object {
    return this.to('ToSha1');
  }

  toSha256(): object {
    return this.to('ToSha256');
  }

  toSha512(): object {
    return this.to('ToSha512');
  }

  toJson(): object {
    return this.to('ToJson');
  }

  fromJsonList(): object {
    return this.after(jsonList);
  }

  fromJsonObject(): object {
    return this.after(jsonObject);
  }

  private to(convert: StringConversion): object {
    return this.after((value) => stringTransform(value, { type: 'Convert', convert }));
  }
}

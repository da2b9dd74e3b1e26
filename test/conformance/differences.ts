import { quantityValue } from '../../src/platform/quantity';

/**
 * Where `live` isn't what `rendered` asks for, as `path: rendered x, live y`. What only `live` has is a default of the
 * server and no difference; a list is one value, so its length and order count.
 */
export function differences(rendered: unknown, live: unknown, path: readonly string[] = []): string[] {
  if (Array.isArray(rendered)) {
    if (!Array.isArray(live) || live.length !== rendered.length) {
      return [difference(rendered, live, path)];
    }
    return rendered.flatMap((item, index) => differences(item, live[index], [...path, String(index)]));
  }
  if (isMap(rendered)) {
    if (!isMap(live)) {
      return [difference(rendered, live, path)];
    }
    return Object.entries(rendered).flatMap(([key, value]) => differences(value, live[key], [...path, key]));
  }
  return rendered === live || sameQuantity(rendered, live, path) ? [] : [difference(rendered, live, path)];
}

/** Fields whose values, at any depth below, the server writes in another way: `0.5` cores comes back as `500m`. */
const quantityFields = new Set([
  'resources',
  'capacity',
  'hard',
  'sizeLimit',
  'divisor',
  'averageValue',
  'value',
  'min',
  'max',
  'default',
  'defaultRequest',
  'podFixed',
]);

/** Only where the API has quantities: anywhere else a value that changes its writing was misread. */
function sameQuantity(rendered: unknown, live: unknown, path: readonly string[]): boolean {
  if (!path.some((key) => quantityFields.has(key)) || typeof live !== 'string') {
    return false;
  }
  const value = quantityValue(rendered);
  return value !== undefined && value === quantityValue(live);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function difference(rendered: unknown, live: unknown, path: readonly string[]): string {
  return `${path.join('.')}: rendered ${JSON.stringify(rendered)}, live ${JSON.stringify(live)}`;
}

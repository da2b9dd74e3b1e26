import { exactQuantity, showQuantity } from '../platform/quantity';
import { isRecord } from '../platform/rule';

/**
 * Amounts by name (`cpu`, `requests.memory`, `pods`), each in billionths of its base unit: sums of quantities are exact, as
 * they are in the API server.
 */
export type Amounts = ReadonlyMap<string, bigint>;

/** One of a thing that is counted: a pod, a Service. */
export const one = 1_000_000_000n;

/** The quantities of a list like `requests`. What is no quantity is left out, and named to `unread`. */
export function amountsOf(list: unknown, unread: (name: string, value: unknown) => void): Map<string, bigint> {
  const amounts = new Map<string, bigint>();
  if (!isRecord(list)) return amounts;
  for (const [name, quantity] of Object.entries(list)) {
    const value = exactQuantity(quantity);
    if (value !== undefined) amounts.set(name, value);
    else if (quantity !== undefined && quantity !== null) unread(name, quantity);
  }
  return amounts;
}

/** Adds amounts to a sum. */
export function addTo(sum: Map<string, bigint>, amounts: Amounts): void {
  for (const [name, value] of amounts) addAmount(sum, name, value);
}

/** Adds one amount to a sum. */
export function addAmount(sum: Map<string, bigint>, name: string, value: bigint): void {
  sum.set(name, (sum.get(name) ?? 0n) + value);
}

/** Raises amounts to at least those of another list. */
export function raiseTo(amounts: Map<string, bigint>, least: Amounts): void {
  for (const [name, value] of least) {
    const known = amounts.get(name);
    if (known === undefined || known < value) amounts.set(name, value);
  }
}

/** An amount as the API server writes it: bytes in units of 1024, everything else in units of 1000. */
export function showAmount(name: string, value: bigint): string {
  return showQuantity(value, isBytes(name) ? 'binary' : 'decimal');
}

/** Whether a resource or a key of a quota is counted in bytes. */
export function isBytes(name: string): boolean {
  return /(^|[./])(memory|storage|ephemeral-storage|hugepages-[^/]+)$/.test(name);
}

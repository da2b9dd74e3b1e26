import { isRecord, show, unknownKeyProblems } from './rule';

/** What a platform charges, so that a team sees what its requests cost. A month has the length that the provider bills. */
export interface Prices {
  /** ISO 4217 code: `EUR`. */
  readonly currency: string;
  /** One requested core for a month. */
  readonly cpuPerMonth: number;
  /** One requested GiB of memory for a month. */
  readonly memoryGibPerMonth: number;
  /** One claimed GiB of storage for a month. */
  readonly storageGibPerMonth: number;
}

const numbers = ['cpuPerMonth', 'memoryGibPerMonth', 'storageGibPerMonth'];

/** Everything that is wrong with a price list, a sentence each. */
export function pricesProblems(what: string, prices: unknown): string[] {
  if (!isRecord(prices)) {
    return [`${what} ${show(prices)} is no price list; write currency, ${numbers.join(', ')}`];
  }
  const keys = ['currency', ...numbers];
  const problems = unknownKeyProblems(what, prices, keys);
  if (typeof prices.currency !== 'string' || !/^[A-Z]{3}$/.test(prices.currency)) {
    problems.push(`${what}.currency ${show(prices.currency)} is no ISO 4217 code; write one like "EUR"`);
  }
  for (const key of numbers) {
    const price = prices[key];
    if (typeof price !== 'number' || !(price >= 0 && price <= 1e6)) {
      problems.push(`${what}.${key} ${show(price)} is no price; use a number from 0 to 1000000`);
    }
  }
  return problems;
}

import { pricesProblems } from '../../src/platform/prices';

const prices = { currency: 'EUR', cpuPerMonth: 20, memoryGibPerMonth: 2.5, storageGibPerMonth: 0.1 };

test('a price list with all prices is fine, also where something is free', () => {
  expect(pricesProblems('prices', { ...prices, storageGibPerMonth: 0 })).toEqual([]);
});

test.each<[unknown, string]>([
  [[], 'prices [] is no price list; write currency, cpuPerMonth, memoryGibPerMonth, storageGibPerMonth'],
  [{ ...prices, currency: '€' }, 'prices.currency "€" is no ISO 4217 code'],
  [{ ...prices, cpuPerMonth: '20' }, 'prices.cpuPerMonth "20" is no price; use a number from 0'],
  [{ ...prices, cpuPerMonth: -1 }, 'prices.cpuPerMonth -1 is no price'],
  [{ ...prices, memoryGibPerMonth: Number.NaN }, 'prices.memoryGibPerMonth null is no price'],
  [{ ...prices, cpuPerMont: 2 }, 'prices has the unknown key "cpuPerMont" (did you mean "cpuPerMonth"?)'],
])('the price list %j is refused: %s', (given, message) => {
  expect(pricesProblems('prices', given).join('\n')).toContain(message);
});

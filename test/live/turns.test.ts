import { Turns } from '../../src/live/turns';

test('no more run at once than may, all run, and a failure gives its turn back', async () => {
  const turns = new Turns(3);
  let [running, most] = [0, 0];
  const work = (n: number) => async () => {
    most = Math.max(most, ++running);
    await new Promise((done) => setImmediate(done));
    running--;
    if (n % 4 === 0) throw new Error(String(n));
    return n;
  };
  const settled = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => turns.take(work(n))));
  expect(most).toBe(3);
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(15);
  expect(await turns.take(work(1))).toBe(1);
});

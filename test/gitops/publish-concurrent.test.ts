import { publishStorm } from './publish-storm';
import { newFolder, removeFolders } from './trees';

afterEach(removeFolders);

test('published at once and killed at any moment, each app holds its last completed publish and no other is touched', async () => {
  const { problems, completed, killed, commits } = await publishStorm(newFolder(), {
    apps: 6,
    rounds: 2,
    seed: 7,
    killWithin: 1000,
  });
  expect(problems).toEqual([]);
  expect([completed > 0, killed > 0, commits >= completed]).toEqual([true, true, true]);
}, 120_000);

import { spawnSync } from 'node:child_process';
import { buildPackage, type GoldenPackage } from './golden-process';

let golden: GoldenPackage;
let bash: string;

beforeAll(() => {
  golden = buildPackage();
  bash = golden.run('completion', 'bash').stdout;
});
afterAll(() => golden.remove());

/** What bash offers after some words, the last of which is being typed. */
function offered(...words: string[]): string[] {
  const line = ['golden', ...words].map((each) => `'${each}'`).join(' ');
  const script = `${bash}\nCOMP_WORDS=(${line})\nCOMP_CWORD=${words.length}\n_golden\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
    encoding: 'utf8',
    cwd: golden.folder,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((each) => each !== '');
}

test('bash completes commands, commands of commands, and options', () => {
  expect(offered('pro')).toEqual(['promote']);
  expect(offered('')).toEqual(
    expect.arrayContaining(['render', 'publish', 'promote', 'images', 'doctor', 'completion']),
  );
  expect(offered('images', '')).toEqual(expect.arrayContaining(['set']));
  expect(offered('images', 'set', '--new')).toEqual(['--new-environment']);
  expect(offered('promote', 'orders', '--no')).toEqual(['--no-install']);
  expect(offered('promote', 'images', '--allow')).toEqual(['--allow-image']);
});

test('bash completes files after an option with a value', () => {
  expect(offered('publish', '--repo', '/us')).toEqual(['/usr']);
});

test.each(['zsh', 'fish'])('%s gets every command of the program', (shell) => {
  const { status, stdout, stderr } = golden.run('completion', shell);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const word of ['render', 'promote', 'rollback', 'status', 'set', 'new-environment'])
    expect(stdout).toContain(word);
});

test('another shell is refused', () => {
  expect(golden.run('completion', 'cmd')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/bash, zsh, fish/),
  });
});

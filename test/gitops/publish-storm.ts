import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Published } from '../../src/gitops/publish';
import type { TreeRender } from '../../src/gitops/tree-render';
import { buildPublisher, startPublisher } from './publisher-process';

/** How many publish at once into one repository. */
export interface StormSize {
  readonly apps: number;
  /** How often each app is published. */
  readonly rounds: number;
  /** Decides who is killed, and when. */
  readonly seed: number;
  /** Within how many milliseconds of its start one is killed that is. */
  readonly killWithin: number;
}

/** What a storm came to. */
export interface StormResult {
  readonly completed: number;
  readonly killed: number;
  readonly commits: number;
  /** The most attempts that one publish took. */
  readonly attempts: number;
  readonly problems: readonly string[];
}

/**
 * Publishes many apps at once, round by round, killing a third of them at some moment, and looks at what is in the repository
 * then.
 *
 * @param folder where everything is put; an empty one
 */
export async function publishStorm(
  folder: string,
  { apps, rounds, seed, killWithin }: StormSize,
): Promise<StormResult> {
  const bare = path.join(folder, 'gitops.git');
  const temporary = path.join(folder, 'temporary');
  for (const each of ['compiled', 'temporary']) fs.mkdirSync(path.join(folder, each));
  const publisher = buildPublisher(path.join(folder, 'compiled'));
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', bare);
  const problems: string[] = [];
  const count = { completed: 0, killed: 0, attempts: 0 };
  /** The rounds that an app may hold: its last completed one, 0 for none, or any that was killed after it and still arrived. */
  const allowed = new Map<string, number[]>();

  const publishApp = async (app: string, n: number) => {
    allowed.set(app, [0]);
    const random = randomFrom(seed + n);
    for (let round = 1; round <= rounds; round++) {
      const orders = { repository: bare, render: renderOfRound(app, n, round), message: `${app} ${round}` };
      const isKilled = random() < 1 / 3;
      const child = startPublisher(publisher, orders, temporary);
      const moment = random() * killWithin;
      const timer = isKilled ? setTimeout(() => kill(child, random() < 0.5), moment) : undefined;
      const output = read(child);
      const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
      clearTimeout(timer);
      const mayHold = allowed.get(app) as number[];
      if (signal === 'SIGKILL') {
        count.killed++;
        mayHold.push(round);
        continue;
      }
      const text = await output;
      // One whose git was killed under it may say so; one that nobody touched may not fail.
      if (code !== 0) {
        if (!isKilled) problems.push(`${app} ${round}: ${text}`);
        mayHold.push(round);
        continue;
      }
      count.completed++;
      count.attempts = Math.max(count.attempts, (JSON.parse(text) as Published).attempts);
      allowed.set(app, [round]);
    }
  };
  await Promise.all(Array.from({ length: apps }, (_, n) => publishApp(`app-${n}`, n)));
  // What was killed may leave a git that is still pushing.
  await quiet(temporary);

  const commits = inspect(bare, allowed, problems);
  return { ...count, commits, problems };
}

/** Kills a publisher, and maybe the git that works for it, but nothing of the repository's side. */
function kill({ pid }: ChildProcess, withGit: boolean): void {
  if (pid === undefined) return;
  const children = withGit ? childrenOf(pid) : [];
  for (const each of [pid, ...children]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function childrenOf(pid: number): number[] {
  try {
    return fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Waits until no process works in the folder of clones. */
async function quiet(temporary: string): Promise<void> {
  while (
    fs.readdirSync('/proc').some((pid) => {
      try {
        return /^\d+$/.test(pid) && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--git-dir=${temporary}`);
      } catch {
        return false;
      }
    })
  )
    await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Looks at the whole history. @returns how many commits there are */
function inspect(bare: string, allowed: ReadonlyMap<string, readonly number[]>, problems: string[]): number {
  const fsck = spawnSync('git', ['fsck', '--strict', '--no-dangling'], { cwd: bare, encoding: 'utf8' });
  if (fsck.status !== 0 || /error|missing|corrupt/.test(fsck.stderr)) problems.push(`fsck: ${fsck.stderr}`);
  const log = git(bare, 'log', '--reverse', '-m', '--name-only', '--format=%x00%P%x00%s%x00', 'main')
    .split('\0')
    .slice(1);
  let commits = 0;
  for (let at = 0; at < log.length; at += 3) {
    const [parents, subject, names] = log.slice(at, at + 3);
    const expected = commits++ === 0 ? 0 : 1;
    if (parents.split(' ').filter(Boolean).length !== expected)
      problems.push(`'${subject}' has the parents '${parents}'`);
    const app = subject.split(' ')[0];
    const foreign = names.split('\n').filter((name) => name !== '' && name.split('/')[3] !== app);
    if (foreign.length > 0) problems.push(`'${subject}' changed ${foreign.join(', ')}`);
  }
  for (const [app, may] of allowed) {
    const [folder] = renderOfRound(app, Number(app.slice(4)), 1).folders;
    const { status, stdout } = spawnSync('git', ['show', `main:${folder.folder}/round.yaml`], {
      cwd: bare,
      encoding: 'utf8',
    });
    const holds = status === 0 ? Number(/round: (\d+)/.exec(stdout)?.[1]) : 0;
    if (!may.includes(holds)) problems.push(`${app} holds round ${holds}, and should one of ${may.join(', ')}`);
    problems.push(...tornFolders(bare, app, holds));
  }
  return commits;
}

/** Every file of an app must be of the same round. */
function tornFolders(bare: string, app: string, holds: number): string[] {
  if (holds === 0) return [];
  return renderOfRound(app, Number(app.slice(4)), holds).folders.flatMap(({ folder, files }) =>
    files
      .filter(
        ({ name, content }) =>
          spawnSync('git', ['show', `main:${folder}/${name}`], { cwd: bare, encoding: 'utf8' }).stdout !== content,
      )
      .map(({ name }) => `${app}: ${folder}/${name} is not that of round ${holds}`),
  );
}

/** Apps share namespaces, so that they meet in trees of git. */
function renderOfRound(app: string, n: number, round: number): TreeRender {
  return {
    app: `team/${app}`,
    folderName: app,
    environments: ['dev', 'staging'],
    folders: ['dev/a', 'staging/a', 'staging/b'].map((place) => ({
      folder: `${place}/team-${n % 5}/${app}`,
      files: [
        { name: 'round.yaml', content: `app: ${app}\nround: ${round}\n` },
        { name: `only-${round}.yaml`, content: `round: ${round}\n` },
        { name: 'same.yaml', content: 'same: true\n' },
      ],
    })),
  };
}

async function read({ stdout }: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of stdout ?? []) text += chunk;
  return text;
}

function git(folder: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', words, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
  return stdout;
}

/** The mulberry32 generator: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { checkAddress, checkBranch } from '../gitops/publish-address';
import { findFile } from '../platform/find-file';
import { replaceFile } from '../platform/replace-file';
import { changedLeaves } from '../promotion/changed-leaves';
import { parsedLock, platformLockFile, publishedPlatform } from '../promotion/platform-lock';
import type { ExitCode } from './exit-codes';
import { failureOf } from './failure';
import { Interrupt } from './interrupt';
import { Progress } from './progress';
import { sayFailed } from './say';
import { hanging } from './wrapped';

/** What `update` can be told. */
export interface UpdateFlags {
  readonly repo: string;
  readonly branch?: string;
  readonly file?: string;
  readonly check?: boolean;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** Brings the platform's topology and catalog, and prints what changed. @returns the exit code */
export async function update(flags: UpdateFlags): Promise<ExitCode> {
  const { repo, branch, check, json, debug } = flags;
  const file = flags.file ?? findFile(platformLockFile) ?? platformLockFile;
  const shown = relative(process.cwd(), file) || file;
  const interrupt = new Interrupt();
  const progress = new Progress();
  try {
    checkAddress(repo);
    if (branch !== undefined) checkBranch(branch);
    progress.step('asking the repository');
    const { text, commit } = await publishedPlatform(repo, branch, interrupt.signal);
    progress.end();
    const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    const isSame = before === text;
    const changes = isSame ? [] : changedLeaves(before === undefined ? {} : unlessBroken(before), parsedLock(text));
    if (!check && !isSame) replaceFile(file, text);
    if (json) console.log(JSON.stringify({ problems: [], file: shown, commit, isSame, changes }, undefined, 2));
    else {
      const done = check ? `${shown} is not as at ${commit.slice(0, 12)}` : `${shown} is as at ${commit.slice(0, 12)}`;
      const lines = changes.map((each) => hanging(each.slice(0, 2), each.slice(2)));
      console.log(isSame ? `${shown} is up to date` : [...lines, done].join('\n'));
    }
    return check && !isSame ? 1 : 0;
  } catch (error) {
    progress.end();
    const { code, problems } = failureOf(error, 'update', debug);
    sayFailed(problems, json, { changes: [] });
    return interrupt.code ?? code;
  } finally {
    interrupt.end();
  }
}

/** What is here need not be readable: it is replaced. */
function unlessBroken(text: string): unknown {
  try {
    return parsedLock(text) ?? {};
  } catch {
    return {};
  }
}

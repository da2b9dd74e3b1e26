import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { checkAddress, checkBranch } from '../gitops/publish-address';
import { findFile } from '../platform/find-file';
import { replaceFile } from '../platform/replace-file';
import { isRecord } from '../platform/rule';
import { type Topology, topologyProblems } from '../platform/topology';
import { changedLeaves } from '../promotion/changed-leaves';
import { changedServices } from '../promotion/changed-services';
import { parsedLock, platformLockFile, publishedPlatform } from '../promotion/platform-lock';
import type { ExitCode } from './exit-codes';
import { failureOf } from './failure';
import { Interrupt } from './interrupt';
import { Progress } from './progress';
import { say, sayFailed } from './say';
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
    const { text, topology, warnings, commit } = await publishedPlatform(repo, branch, interrupt.signal);
    progress.end();
    const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    const isSame = before === text;
    const { settings, services } = isSame ? { settings: [], services: [] } : changesFrom(before, topology);
    if (!check && !isSame) replaceFile(file, text);
    if (json) {
      const changes = [...settings, ...services];
      console.log(JSON.stringify({ problems: [], warnings, file: shown, commit, isSame, changes }, undefined, 2));
    } else {
      const done = check ? `${shown} is not as at ${commit.slice(0, 12)}` : `${shown} is as at ${commit.slice(0, 12)}`;
      const lines = [...settings, ...shortened(services)].map((each) => hanging(each.slice(0, 2), each.slice(2)));
      console.log(isSame ? `${shown} is up to date` : [...lines, done].join('\n'));
      say('warning', warnings);
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

/** What is other than in the file before, which need not say anything possible: it is replaced. */
function changesFrom(before: string | undefined, topology: Topology) {
  const found = unlessBroken(before);
  const isTopology = topologyProblems(found).length === 0;
  return {
    settings: changedLeaves(withoutServices(found), withoutServices(topology)),
    services: changedServices(isTopology ? (found as Topology) : {}, topology),
  };
}

function unlessBroken(text = ''): object {
  try {
    const found = parsedLock(text);
    return isRecord(found) ? found : {};
  } catch {
    return {};
  }
}

function withoutServices({ services, rendered, ...rest }: { services?: unknown; rendered?: unknown }): object {
  return rest;
}

/** The first of many changes. */
function shortened(changes: readonly string[]): string[] {
  const [shown, more] = [changes.slice(0, 20), changes.length - 20];
  return more > 0 ? [...shown, `… and ${more} more changes of services, which --json prints`] : shown;
}

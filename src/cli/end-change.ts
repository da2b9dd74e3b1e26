import { relative } from 'node:path';
import { diffJson } from '../diff/diff-json';
import type { Published } from '../gitops/publish';
import { PublishError } from '../gitops/publish-error';
import type { PinChange } from '../promotion/set-pins';
import type { Agreement, AgreementFlags } from './agreement';
import { type Failure, failureOf } from './failure';
import { sentence } from './images-command';
import type { Interrupt } from './interrupt';
import type { Progress } from './progress';
import { say } from './say';

/** What a change of an environment came to. */
export interface Changed {
  readonly published: Published;
  /** What was written to today's lock file. */
  readonly pins?: { readonly file: string; readonly changes: readonly PinChange[] };
  /** What people should know of it. */
  readonly notes?: readonly string[];
}

/** A command that changes an environment. */
export interface Change {
  /** The command's name. */
  readonly what: string;
  readonly flags: AgreementFlags & { readonly debug?: boolean };
  readonly interrupt: Interrupt;
  readonly agreement: Agreement;
  readonly progress: Progress;
}

/** Carries a change out, and prints what it came to. @returns the exit code */
export async function endChange(change: Change, work: () => Promise<Changed>): Promise<number> {
  const { what, flags, interrupt, agreement, progress } = change;
  let changed: Changed | undefined;
  let failure: Failure = { code: 0, problems: [] };
  try {
    changed = await work();
  } catch (error) {
    const isDryRun = flags.dryRun && error instanceof PublishError && error.reason === 'declined';
    if (interrupt.code !== undefined) failure = { code: interrupt.code, problems: [interrupted(what)] };
    else if (!isDryRun) failure = failureOf(error, what, flags.debug);
  } finally {
    progress.end();
    interrupt.end();
  }
  const { code, problems } = failure;
  if (flags.json) {
    console.log(JSON.stringify({ problems, ...diffJson(agreement.places), ...changed }, undefined, 2));
    return code;
  }
  say('error', problems);
  if (code !== 0) console.error('nothing was pushed');
  else console.log(changed === undefined ? 'nothing was changed: this was a dry run' : overview(changed));
  return code;
}

function interrupted(path: string) {
  return { path, message: 'was interrupted; unless the push had begun, nothing was changed: run it again to be sure' };
}

function overview({ published, pins, notes = [] }: Changed): string {
  const { outcome, commit, branch, pullRequest } = published;
  const moved = pins?.changes.filter(({ isChanged }) => isChanged) ?? [];
  return [
    outcome === 'unchanged'
      ? `${branch} holds all of it already; nothing was committed`
      : `pushed ${commit?.slice(0, 12)} to ${branch}`,
    ...(pullRequest === undefined ? [] : [`open the pull request: ${pullRequest}`]),
    ...moved.map((change) => `${pins?.file}: ${sentence(change)}`),
    ...(moved.length > 0 ? [`commit ${relative('.', pins?.file as string)}, so that it says what runs`] : []),
    ...notes,
  ].join('\n');
}

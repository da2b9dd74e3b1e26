import { setTimeout as sleep } from 'node:timers/promises';
import { sourceFacts } from './folder-index';
import type { GitClone } from './git-clone';
import { withClone } from './git-clone';
import { askCommitter, type Committer, commitFolders } from './git-commit';
import { scanCommit } from './git-scan';
import { isNewerProblem } from './newer-version';
import { asPlan, type FolderChange, planChanges, type TreeOptions, type TreeSource } from './plan-tree';
import { checkAddress, checkBranch, pullRequestAddress, withoutPassword, wordsOf } from './publish-address';
import { PublishError } from './publish-error';
import { commitMessage } from './publish-message';
import { type AppPlan, Approval, type Approve } from './publish-plan';
import { sharedFolders } from './rival-renders';
import { renderProblems, type TreeRender } from './tree-render';

/** What is published. */
export interface Publication {
  /** One for each app. Several are one commit. */
  readonly renders: readonly TreeRender[];

  /** What the commit says first; any text, of several paragraphs too. */
  readonly message: string;

  /**
   * What the last paragraph of the commit's message says, by name: `Source-Commit`.
   * @default - the message ends with the text
   */
  readonly trailers?: Readonly<Record<string, string>>;

  /**
   * What the index of each folder records beside the facts of its render. These facts alone are no reason for a commit: where
   * nothing else changed, those of the last one stay.
   * @default - nothing
   */
  readonly source?: Readonly<Record<string, string>>;
}

/** Where something is published. */
export interface PublishTarget {
  /** A URL or a path, as git takes it. */
  readonly repository: string;

  /**
   * The branch.
   * @default - the one that the repository calls its own; `main` in an empty one that does not say
   */
  readonly branch?: string;

  /**
   * A branch to push instead, for a pull request to `branch`. What it held is replaced.
   * @default - `branch` itself is pushed
   */
  readonly proposal?: string;
}

/** How something is published. */
export interface PublishOptions extends TreeOptions {
  /**
   * How often to begin again because others were first.
   * @default 100
   */
  readonly attempts?: number;

  /**
   * Settings of git, such as `user.name`, on top of its configuration.
   * @default - none
   */
  readonly settings?: Readonly<Record<string, string>>;

  /**
   * Ends the work; the clone is removed.
   * @default - none
   */
  readonly signal?: AbortSignal;

  /**
   * Asked before anything is committed, each time when the plan is another one because others were first.
   * @default - nobody is asked
   */
  readonly approve?: Approve;

  /**
   * Told before each step that takes a while.
   * @default - nobody is told
   */
  readonly onStep?: (step: string) => void;
}

/** What publishing came to. */
export interface Published {
  /** `unchanged`: there was nothing to do, and nothing was committed. */
  readonly outcome: 'published' | 'unchanged';
  /** The commit, or the one that holds all of it already; undefined when nothing was ever committed. */
  readonly commit?: string;
  /** The branch that the commit is on. */
  readonly branch: string;
  /** How often it was tried. */
  readonly attempts: number;
  /** What changed, by app. */
  readonly apps: readonly AppPlan[];
  /** Where the pull request is opened, as far as known. */
  readonly pullRequest?: string;
}

/**
 * Brings renders to a branch of a GitOps repository as one commit, changing nothing but the folders of their apps. When others
 * push first, it is planned again on what they left.
 *
 * @throws PublishError saying why not.
 */
export async function publish(
  publication: Publication,
  target: PublishTarget,
  options: PublishOptions = {},
): Promise<Published> {
  checkAddress(target.repository);
  if (publication.renders.length === 0) throw new PublishError('invalid', ['there is nothing to publish; give an app']);
  for (const name of [target.branch, target.proposal]) if (name !== undefined) checkBranch(name);
  refuseTree([...publication.renders.flatMap(renderProblems), ...foldersOfTwo(publication.renders)]);
  const message = commitMessage(publication.message, publication.trailers);
  const { attempts = 100, signal, onStep = () => {} } = options;
  return withClone(target.repository, options, async (clone) => {
    onStep(`looking at ${withoutPassword(target.repository)}`);
    const { branch, exists } = await clone.find(target.branch);
    if (!exists && target.proposal !== undefined) {
      throw new PublishError('no-branch', [
        `${withoutPassword(target.repository)} is empty; a pull request needs the branch ${branch}: publish to it once without`,
      ]);
    }
    const at = { ...target, branch };
    const committer = await askCommitter(clone.git);
    let isThere = exists;
    const approval = options.approve && new Approval(options.approve);
    for (let attempt = 1; ; attempt++) {
      const done = await attemptPublish(clone, publication, at, {
        ...options,
        approval,
        message,
        committer,
        isThere,
        attempt,
      });
      if (typeof done !== 'string') return done;
      if (attempt >= attempts) {
        throw new PublishError('busy', [
          `others published ${attempts} times in the meantime (last: ${done}); run the command again`,
        ]);
      }
      onStep(`others were first, attempt ${attempt + 1}`);
      await sleep(pause(attempt, publication.renders[0].app), undefined, { signal });
      isThere = true;
    }
  });
}

/** @returns why it has to be tried again, in words, when others were first */
async function attemptPublish(
  clone: GitClone,
  publication: Publication,
  { repository, branch, proposal }: PublishTarget & { readonly branch: string },
  { force, older, message, committer, isThere, attempt, approval, onStep = () => {} }: PublishOptions & Attempt,
): Promise<Published | string> {
  const base = isThere ? await clone.fetch(branch) : undefined;
  const apps: { app: string; folders: FolderChange[] }[] = [];
  const compared: { render: TreeRender; source: TreeSource }[] = [];
  for (const render of publication.renders) {
    const source = await scanCommit(clone.objects, base?.tree, render);
    compared.push({ render, source });
    const facts = { ...publication.source, ...render.source };
    apps.push({ app: render.app, folders: planApp(source, render, facts, { force, older }) });
  }
  const changes = apps.flatMap(({ folders }) => folders.filter(({ change }) => change !== 'unchanged'));
  const plans = apps.map(({ app, folders }) => ({ app, folders: folders.map(asPlan) }));
  const result = { attempts: attempt, apps: plans };
  if (changes.length === 0) return { outcome: 'unchanged', commit: base?.commit, branch, ...result };
  await approval?.ask({ apps: plans, compared }, changes);
  const commit = await commitFolders(clone.git, base?.commit, changes, message, committer);
  const onto = proposal ?? branch;
  onStep(`pushing to ${onto}`);
  const replaces = proposal === undefined ? undefined : await clone.commitOf(proposal);
  // The same proposal once more would only ask its reviewers to look again.
  if (replaces && (await clone.fetch(onto)).tree === (await clone.treeOf(commit))) {
    const pullRequest = pullRequestAddress(repository, branch, onto, '');
    return { outcome: 'unchanged', commit: replaces, branch: onto, ...result, pullRequest };
  }
  const { outcome, why, said } = await clone.push(commit, onto, replaces);
  if (outcome === 'behind') return why;
  if (outcome === 'refused') throw new PublishError('refused', [refusal(onto, why, said)]);
  const pullRequest = proposal === undefined ? undefined : pullRequestAddress(repository, branch, proposal, said);
  return { outcome: 'published', commit, branch: onto, ...result, pullRequest };
}

interface Attempt {
  readonly approval?: Approval;
  readonly message: string;
  readonly committer: Committer;
  /** Whether the branch exists. */
  readonly isThere: boolean;
  readonly attempt: number;
}

/** Plans an app; facts of the source that are all there is to change stay as they are. */
function planApp(
  source: TreeSource,
  render: TreeRender,
  facts: Readonly<Record<string, string>>,
  options: TreeOptions,
): FolderChange[] {
  const names: readonly string[] = [...sourceFacts, ...Object.keys(facts)];
  const withFacts = (of: (folder: string) => Readonly<Record<string, string>> | undefined): TreeRender => ({
    ...render,
    folders: render.folders.map((folder) => ({ ...folder, about: { ...folder.about, ...of(folder.folder) } })),
  });
  const kept = (folder: string) => {
    const index = source.scan.folders.get(folder)?.index;
    if (typeof index !== 'object') return undefined;
    return Object.fromEntries(Object.entries(index.about).filter(([name]) => names.includes(name)));
  };
  const first = planChanges(source, withFacts(kept), options);
  refuseTree(first.problems);
  if (first.folders.every(({ change }) => change === 'unchanged')) return first.folders;
  return planChanges(
    source,
    withFacts(() => facts),
    options,
  ).folders;
}

/** Folders that two apps of one command render. */
function foldersOfTwo(renders: readonly TreeRender[]): string[] {
  const taken = new Map<string, string>();
  return renders.flatMap((render) => {
    const problems = sharedFolders(render, taken);
    for (const { folder } of render.folders) taken.set(folder, render.app);
    return problems;
  });
}

function refuseTree(problems: readonly string[]): void {
  if (problems.length > 0) throw new PublishError(problems.every(isNewerProblem) ? 'newer' : 'tree', problems);
}

function refusal(branch: string, why: string, said: string): string {
  const told = wordsOf(
    said
      .split('\n')
      .filter((line) => line.startsWith('remote:'))
      .join('\n'),
  );
  const words = told === 'git said nothing more' ? why : `${why}: ${told}`;
  if (/currently checked out/.test(why)) {
    return `the branch ${branch} is checked out in that repository (${why}); give a bare repository, or another branch`;
  }
  return `the repository refused the push to ${branch} (${words}); if the branch is protected, publish with --pull-request, or let this account push to it`;
}

/**
 * How long to wait after an attempt, in milliseconds: longer each time, up to four seconds, and not the same for two apps, so that
 * those who met once do not meet again. Apps decide it, not chance.
 */
function pause(attempt: number, app: string): number {
  let spread = attempt;
  for (const letter of app) spread = (spread * 31 + (letter.codePointAt(0) as number)) % 1009;
  return Math.min(4000, 50 * 2 ** attempt) * (0.25 + (0.75 * spread) / 1009);
}

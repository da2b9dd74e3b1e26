import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { ownerOf, treeRenderOf } from '../app/rendered-app';
import type { RunApp } from '../app/run';
import { withClone } from '../gitops/git-clone';
import { type Published, publish } from '../gitops/publish';
import { checkAddress, checkBranch } from '../gitops/publish-address';
import { GoldenError } from '../platform/golden-error';
import { imageLockFile, parseImageLock } from '../platform/image-lock';
import { oneOf, show } from '../platform/rule';
import { refuseUnreadable } from '../promotion/app-in-tree';
import { editImageLock, type PinEdit } from '../promotion/edit-image-lock';
import { findApp } from '../promotion/find-app';
import { contentOf, imagesOf } from '../promotion/images-of';
import { folderOf, installPackages, usePackagesHere } from '../promotion/install-packages';
import { pinsThatRun, promotedPins } from '../promotion/pins-to-move';
import { PromotionError } from '../promotion/promotion-error';
import { planPins } from '../promotion/set-pins';
import { type SourceWorktree, within, withWorktree } from '../promotion/source-worktree';
import { type Staged, staged } from '../promotion/staged';
import { Agreement, type AgreementFlags } from './agreement';
import { endChange } from './end-change';
import { Interrupt } from './interrupt';
import { loadApps } from './load-apps';
import { Progress } from './progress';
import { publishSource } from './publish-source';

/** What `promote` can be told. */
export interface PromoteFlags extends AgreementFlags {
  readonly from: string;
  readonly to: string;
  readonly repo: string;
  readonly branch?: string;
  readonly pullRequest?: boolean;
  readonly message?: string;
  readonly allowImage?: readonly string[];
  /** False by `--no-install`. */
  readonly install: boolean;
  readonly force?: boolean;
  /** How long the app file may take, in milliseconds. */
  readonly timeout?: number;
  readonly debug?: boolean;
}

/** What is to be promoted, rendered. */
interface Promotion {
  readonly owner: string;
  readonly staged: Staged;
  /** The commit of the GitOps repository that says so. */
  readonly stagedAt: string;
  readonly render: RunApp;
}

/** Promotes an app from one environment to another. @returns the exit code */
export async function promote(name: string, flags: PromoteFlags): Promise<number> {
  const interrupt = new Interrupt();
  const { signal } = interrupt;
  const progress = new Progress();
  const { step } = progress;
  const question = `Promote ${name} from ${flags.from} to ${flags.to}?`;
  const agreement = new Agreement(flags, question, signal, progress);
  return endChange({ what: 'promote', flags, interrupt, agreement, progress }, async () => {
    checkAddress(flags.repo);
    if (flags.branch !== undefined) checkBranch(flags.branch);
    step(`looking for ${name} in ${flags.from}`);
    const found = await withClone(flags.repo, { signal }, async (clone) => {
      const { tip, app } = await findApp(clone, flags.branch, name);
      refuseUnreadable(app.unreadable.filter(({ environment }) => environment === flags.to));
      return { owner: app.owner, staged: await staged(clone.objects, app, flags.from), stagedAt: tip.commit };
    });
    const { source } = found.staged;
    return withWorktree(source, signal, async (worktree) => {
      const file = within(worktree, source.path);
      step(flags.install ? 'installing the packages of its commit' : 'using the packages that are installed here');
      if (flags.install) await installPackages(worktree, file, signal);
      else usePackagesHere(worktree, file);
      step(`rendering ${flags.to} at ${source.commit.slice(0, 12)}`);
      const pins = pinsInWorktree(worktree, file, flags);
      const render = await renderAt(worktree, file, found.owner, flags);
      const images = imagesOf(render.synthesis.folders.flatMap(({ files }) => files.map(({ content }) => content)));
      refuseImages(images, found.staged, flags);
      // Before anything is pushed, so that what can't be written afterwards stands in the way.
      const today = pins && join(worktree.here, pins.path);
      const moved = pins && today && existsSync(today) ? planPins(today, pinsThatRun(pins.edits, images)) : undefined;
      agreement.apps = [render];
      const published = await push({ ...found, render }, flags, agreement, signal, step);
      moved?.write();
      return {
        published,
        ...(moved && today && { pins: { file: relative(process.cwd(), today), changes: moved.changes } }),
      };
    });
  });
}

/** Gives the target the pins of the environment that is promoted, in the lock of the work tree. */
function pinsInWorktree(
  worktree: SourceWorktree,
  file: string,
  { from, to }: PromoteFlags,
): { readonly path: string; readonly edits: readonly PinEdit[] } | undefined {
  const folder = folderOf(imageLockFile, worktree, file);
  if (folder === undefined) return undefined;
  const lock = within(worktree, relative(worktree.root, join(folder, imageLockFile)));
  const text = readFileSync(lock, 'utf8');
  const edits = promotedPins(parseImageLock(text), from, to);
  writeFileSync(lock, editImageLock(text, edits));
  return { path: relative(worktree.root, lock), edits };
}

/** Renders the target at the source's commit. */
async function renderAt(
  { root }: SourceWorktree,
  file: string,
  owner: string,
  { to, from, timeout, json, debug }: PromoteFlags,
): Promise<RunApp> {
  const home = process.cwd();
  process.chdir(root);
  try {
    const { apps, problems } = await loadApps([file], { environment: [to], timeout, json, debug });
    if (problems.length > 0) throw new GoldenError(problems);
    const found = apps.find(({ app }) => ownerOf(app) === owner);
    if (found === undefined) {
      const made = apps.map(({ app }) => ownerOf(app));
      throw new PromotionError('source', [`${relative(root, file)} makes ${oneOf(made)} at that commit, not ${owner}`]);
    }
    const { environments } = found.app.platform.topology;
    if (!Object.hasOwn(environments, from)) {
      throw new PromotionError('source', [`the platform of that commit has no environment ${show(from)}`]);
    }
    if ((environments[to].promotion ?? 'auto') === 'auto') {
      throw new PromotionError('tree', [
        `${to} is published to, not promoted to: the next publish would undo it; make it promotion: manual in the topology`,
      ]);
    }
    return found;
  } finally {
    process.chdir(home);
  }
}

/** Refuses an image that the environment which is promoted does not run. */
function refuseImages(
  images: readonly string[],
  { images: run }: Staged,
  { from, to, allowImage = [] }: PromoteFlags,
): void {
  const known = new Set([...run, ...allowImage].map(contentOf));
  const unknown = images.filter((image) => !known.has(contentOf(image)));
  if (unknown.length === 0) return;
  throw new PromotionError(
    'tree',
    unknown.map(
      (image) =>
        `${to} would run ${show(image)}, which ${from} does not run; run it there first, or allow it with --allow-image`,
    ),
  );
}

async function push(
  { owner, staged: { source }, stagedAt, render }: Promotion,
  { from, to, repo, branch, pullRequest, message, force }: PromoteFlags,
  { approve }: Agreement,
  signal: AbortSignal,
  step: (text: string) => void,
): Promise<Published> {
  const name = basename(owner);
  const tree = treeRenderOf(render.app, render.synthesis);
  const library = tree.folders[0].about?.library;
  return publish(
    {
      renders: [tree],
      message: message ?? `Promote ${name} from ${from} to ${to}`,
      trailers: {
        ...(source.repo && { 'Source-Repo': source.repo }),
        'Source-Commit': source.commit,
        ...(library && { Library: library }),
        'Promoted-From': `${from} at ${stagedAt}`,
      },
      source: {
        ...(source.repo && { sourceRepo: source.repo }),
        sourceCommit: source.commit,
        sourcePath: source.path,
      },
    },
    { repository: repo, branch, ...(pullRequest && { proposal: `golden/${owner}/${to}` }) },
    { approve, force, signal, settings: (await publishSource([])).settings, onStep: step },
  );
}

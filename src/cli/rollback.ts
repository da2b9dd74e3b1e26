import { withClone } from '../gitops/git-clone';
import { publish } from '../gitops/publish';
import { checkAddress, checkBranch } from '../gitops/publish-address';
import { filesOfFolder, handsOn } from '../gitops/read-commit';
import type { RenderedFolder, TreeRender } from '../gitops/tree-render';
import { foldersIn, refuseUnreadable } from '../promotion/app-in-tree';
import { findApp } from '../promotion/find-app';
import { previousRender, renderOfCommit } from '../promotion/history';
import { PromotionError } from '../promotion/promotion-error';
import { Agreement, type AgreementFlags } from './agreement';
import { endChange } from './end-change';
import { Interrupt } from './interrupt';
import { Progress } from './progress';
import { publishSource } from './publish-source';

/** What `rollback` can be told. */
export interface RollbackFlags extends AgreementFlags {
  readonly environment: string;
  readonly repo: string;
  readonly to?: string;
  readonly branch?: string;
  readonly pullRequest?: boolean;
  readonly message?: string;
  readonly force?: boolean;
  readonly debug?: boolean;
}

/** What is brought back. */
interface Rollback {
  readonly commit: string;
  readonly render: TreeRender;
}

/** Brings an earlier render of an app back. @returns the exit code */
export async function rollback(name: string, flags: RollbackFlags): Promise<number> {
  const { environment, repo, branch, pullRequest, force } = flags;
  const interrupt = new Interrupt();
  const { signal } = interrupt;
  const progress = new Progress();
  const agreement = new Agreement(flags, `Roll ${name} in ${environment} back?`, signal, progress);
  return endChange({ what: 'rollback', flags, interrupt, agreement, progress }, async () => {
    checkAddress(repo);
    if (branch !== undefined) checkBranch(branch);
    progress.step(`looking for what ${name} was in ${environment}`);
    const { commit, render } = await earlier(name, flags, signal);
    const short = commit.slice(0, 12);
    const { sourceRepo, sourceCommit, library } = render.folders[0].about ?? {};
    const published = await publish(
      {
        renders: [render],
        message: flags.message ?? `Roll ${name} in ${environment} back to ${short}`,
        trailers: {
          ...(sourceRepo !== undefined && { 'Source-Repo': sourceRepo }),
          ...(sourceCommit !== undefined && { 'Source-Commit': sourceCommit }),
          ...(library !== undefined && { Library: library }),
          'Rolled-Back-To': commit,
        },
      },
      { repository: repo, branch, ...(pullRequest && { proposal: `golden/${render.app}/${environment}` }) },
      {
        ...{ force, older: true, signal, approve: agreement.approve, onStep: progress.step },
        settings: (await publishSource([])).settings,
      },
    );
    const note = `${environment} is as at ${short}; the next publish or promotion to it brings what the source says then`;
    return { published, notes: [note] };
  });
}

async function earlier(
  name: string,
  { environment, repo, branch: asked, to }: RollbackFlags,
  signal: AbortSignal,
): Promise<Rollback> {
  return withClone(repo, { signal }, async (clone) => {
    const { branch, tip, app } = await findApp(clone, asked, name, 'there is nothing to go back to');
    refuseUnreadable(app.unreadable.filter((each) => each.environment === environment));
    const past = { clone, branch, tip, owner: app.owner, environment };
    const { commit, folders } =
      to === undefined ? await previousRender(past, foldersIn(app, environment)) : await renderOfCommit(past, to);
    const rendered: RenderedFolder[] = [];
    for (const each of folders) {
      const files = await filesOfFolder(clone.objects, each);
      const touched = handsOn(each, files);
      if (touched.length > 0) {
        throw new PromotionError(
          'tree',
          touched.map((what) => `at ${commit.slice(0, 12)}, ${what}; give another commit with --to`),
        );
      }
      const { about, services } = each.index;
      const content = [...files].map(([file, text]) => ({ name: file, content: text }));
      rendered.push({ folder: each.folder, files: content, about, services: services as RenderedFolder['services'] });
    }
    return { commit, render: { app: app.owner, environments: [environment], folders: rendered } };
  });
}

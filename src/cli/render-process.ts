import { renderedApp } from '../app/rendered-app';
import { type FolderChange, planFolders } from '../gitops/plan-tree';
import { stageFolder } from '../gitops/stage-folders';
import { asTreeError, TreeError } from '../gitops/tree-error';
import { outlineOf, type TreeRender } from '../gitops/tree-render';
import { alongside } from '../gitops/writer-lock';
import { type LoadOptions, loadEach } from './load-apps';
import type { HeldFolder, RenderAnswer, Request, TreeAnswer } from './render-messages';

// A process that renders app files for another one, and keeps what is in their files until it is told to write it.

const held: TreeRender[] = [];
const planned = new Map<TreeRender, ReadonlyMap<string, FolderChange>>();

// Requests wait for each other: an app file changes the working folder.
let last: Promise<void> = Promise.resolve();

process.on('message', (request: Request) => {
  last = last.then(async () => {
    process.send?.(await answer(request));
  });
});
// Nobody waits for an answer any more.
process.on('disconnect', () => process.exit());

async function answer(request: Request): Promise<RenderAnswer | TreeAnswer> {
  if (request.ask === 'render') return render(request.file, request.options);
  const { root } = request;
  try {
    if (request.ask === 'plan') {
      const renders = request.renders.map((render) => held[render]);
      const plans = planFolders(root, renders, request.options);
      renders.forEach((render, n) => {
        planned.set(render, new Map(plans[n].folders.map((change) => [change.folder, change])));
      });
      return { plans: plans.map(({ folders, problems }) => ({ folders: folders.map(withoutText), problems })) };
    }
    alongside(root, request.writer, () => stage(root, request.folders));
    return {};
  } catch (error) {
    const known = asTreeError(root, error, 'nothing was changed');
    return { problems: known instanceof TreeError ? known.problems : [`${known}`] };
  }
}

async function render(file: string, options: LoadOptions): Promise<RenderAnswer> {
  const { apps, problems } = await loadEach([file], options);
  const rendered = apps.map(renderedApp);
  held.push(...rendered.map(({ tree }) => tree));
  return { file, apps: rendered.map((app) => ({ ...app, tree: outlineOf(app.tree) })), problems };
}

function stage(root: string, folders: readonly HeldFolder[]): void {
  for (const { render, folder, move } of folders) {
    stageFolder(root, planned.get(held[render])?.get(folder) as FolderChange, move);
  }
}

/** What is in the files stays here. */
function withoutText({ rendered: _, indexText: __, ...swap }: FolderChange) {
  return swap;
}

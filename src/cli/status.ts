import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { withClone } from '../gitops/git-clone';
import { checkAddress, checkBranch } from '../gitops/publish-address';
import { GoldenError, refuse } from '../platform/golden-error';
import { grouped } from '../platform/grouped';
import { table } from '../platform/table';
import { appIn } from '../promotion/app-in-tree';
import { appStatus, type FolderStatus } from '../promotion/app-status';
import { type ApplicationStatus, parseApplications } from '../promotion/argo-cd-status';
import { findApp } from '../promotion/find-app';
import { codeOfReason } from './exit-codes';
import { failureOf } from './failure';
import { Interrupt } from './interrupt';
import { Progress } from './progress';
import { say, sayFailed } from './say';
import { hanging } from './wrapped';

/** What `status` can be told. */
export interface StatusFlags {
  readonly repo: string;
  readonly branch?: string;
  readonly environment?: readonly string[];
  /** Files of Applications. */
  readonly applications?: readonly string[];
  /** Contexts of kubectl in whose clusters Argo CD runs. */
  readonly context?: readonly string[];
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** Prints what is rendered of an app, what runs, and why they differ. @returns the exit code */
export async function status(name: string, flags: StatusFlags): Promise<number> {
  const { repo, branch: asked, environment, json } = flags;
  const interrupt = new Interrupt();
  const progress = new Progress();
  try {
    checkAddress(repo);
    if (asked !== undefined) checkBranch(asked);
    progress.step('asking Argo CD');
    const applications = askArgoCd(flags);
    progress.step(`looking for ${name}`);
    const { owner, folders, problems } = await withClone(repo, { signal: interrupt.signal }, async (clone) => {
      const { branch, tip, app } = await findApp(clone, asked, name);
      const chosen = environment ? appIn(app, environment) : app;
      return {
        owner: app.owner,
        folders: await appStatus(clone, branch, tip, chosen, applications),
        problems: chosen.unreadable.map(({ folder, index }) => ({ path: folder, message: `its index ${index}` })),
      };
    });
    progress.end();
    if (json) console.log(JSON.stringify({ problems, app: owner, folders }, undefined, 2));
    else {
      if (folders.length > 0) console.log(overview(folders, applications !== undefined));
      say('error', problems);
    }
    return problems.length > 0 ? codeOfReason.tree : 0;
  } catch (error) {
    progress.end();
    const { code, problems } = failureOf(error, 'status', flags.debug);
    sayFailed(problems, json, { folders: [] });
    return interrupt.code ?? code;
  } finally {
    interrupt.end();
  }
}

/** What Argo CD says, as far as it is asked. */
function askArgoCd({ applications = [], context = [] }: StatusFlags): ApplicationStatus[] | undefined {
  if (applications.length + context.length === 0) return undefined;
  const texts = [...applications.map((file) => [file, read(file)]), ...context.map((each) => [each, kubectl(each)])];
  return texts.flatMap(([from, text]) => {
    const parsed = parseApplications(text);
    return typeof parsed === 'string' ? refuse(from, parsed) : parsed;
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return refuse(file, `can't be read: ${(error as Error).message}`);
  }
}

function kubectl(context: string): string {
  const words = ['get', 'applications.argoproj.io', '--all-namespaces', '--output=json', '--request-timeout=20s'];
  const {
    status: code,
    stdout,
    stderr,
    error,
  } = spawnSync('kubectl', [`--context=${context}`, ...words], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (error) refuse(context, `kubectl can't be started (${error.message}); install it, or give --applications`);
  if (code !== 0) throw new GoldenError([{ path: context, message: `kubectl says: ${stderr.trim()}` }]);
  return stdout;
}

function overview(folders: readonly FolderStatus[], isAsked: boolean): string {
  const rows = folders.map(({ environment, cluster, folder, sourceCommit, library, argoCd, differs }) => [
    environment,
    cluster,
    folder.split('/').slice(2).join('/'),
    sourceCommit?.slice(0, 12) ?? 'unknown',
    library?.slice(library.lastIndexOf('@') + 1) ?? 'unknown',
    argoCd ? `${argoCd.sync}, ${argoCd.health}` : isAsked ? 'missing' : 'unknown',
    differs === undefined ? '' : differs.length === 0 ? 'as rendered' : 'differs',
  ]);
  const headings = ['ENVIRONMENT', 'CLUSTER', 'FOLDER', 'SOURCE', 'LIBRARY', 'ARGO CD', ''];
  const parts = [table(headings, rows), images(folders), reasons(folders)];
  if (!isAsked) parts.push('what runs is unknown: give --context or --applications to ask Argo CD');
  return parts.filter((part) => part !== '').join('\n\n');
}

/** The images of each environment, once for the clusters that have the same. */
function images(folders: readonly FolderStatus[]): string {
  const places = [...grouped(folders, ({ environment, cluster }) => `${environment} ${cluster}`).values()].map(
    (members) => ({
      environment: members[0].environment,
      cluster: members[0].cluster,
      images: [...new Set(members.flatMap((each) => each.images))].sort(),
    }),
  );
  const same = grouped(places, ({ environment, images: all }) => JSON.stringify([environment, all]));
  return [...same.values()]
    .filter(([{ images: all }]) => all.length > 0)
    .map((members) => {
      const clusters = members.map(({ cluster }) => cluster).join(', ');
      return [`${members[0].environment} (${clusters}) is rendered with`, ...members[0].images.map(shortened)].join(
        '\n',
      );
    })
    .join('\n');
}

/** As git cuts ids: enough to tell two builds of one tag apart. */
function shortened(image: string): string {
  return `  ${image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1')}`;
}

function reasons(folders: readonly FolderStatus[]): string {
  return folders
    .filter(({ differs = [] }) => differs.length > 0)
    .map(({ folder, differs = [] }) =>
      [`${folder} differs`, ...differs.map((each) => hanging('  - ', each))].join('\n'),
    )
    .join('\n');
}

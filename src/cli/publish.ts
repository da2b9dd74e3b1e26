import { libraryVersion } from '../app/library';
import { treeRenderOf } from '../app/rendered-app';
import type { RunApp } from '../app/run';
import { type Publication, type Published, publish } from '../gitops/publish';
import type { TreeRender } from '../gitops/tree-render';
import type { Problem } from '../platform/golden-error';
import { printable } from '../platform/printable';
import { table } from '../platform/table';
import { promotable } from '../promotion/promotable';
import type { ExitCode } from './exit-codes';
import { codeOfProblems, failureOf } from './failure';
import { Interrupt } from './interrupt';
import { type LoadedApps, type LoadOptions, loadApps } from './load-apps';
import { type PublishSource, publishSource } from './publish-source';
import { say } from './say';

/** What `publish` can be told. */
export interface PublishFlags extends LoadOptions {
  readonly repo?: string;
  readonly branch?: string;
  readonly pullRequest?: boolean;
  readonly message?: string;
  readonly force?: boolean;
  readonly allowDirty?: boolean;
  readonly json?: boolean;
}

/** Renders apps and publishes them. @returns the exit code */
export async function publishApps(files: readonly string[], flags: PublishFlags): Promise<number> {
  const done: Published[] = [];
  try {
    return await publishFrom(await publishSource(files), files, flags, done);
  } catch (error) {
    const { code, problems } = failureOf(error, 'publish', flags.debug);
    return report(flags, code, problems, done);
  }
}

async function publishFrom(
  source: PublishSource,
  files: readonly string[],
  flags: PublishFlags,
  done: Published[],
): Promise<number> {
  const loaded = await loadApps(files, { ...flags, promotion: 'auto', beside: true });
  const problems = [
    ...(flags.allowDirty ? [] : source.problems),
    ...loaded.problems,
    ...(loaded.problems.length > 0 ? [] : choiceProblems(loaded, flags)),
  ];
  if (problems.length > 0) return report(flags, codeOf(problems, source), problems, []);
  say(
    'warning',
    loaded.apps.flatMap(({ synthesis }) => synthesis.warnings),
  );
  const interrupt = new Interrupt();
  try {
    // A pull request is about one app, a commit on the branch about all.
    const groups = flags.pullRequest ? loaded.apps.map((app) => [app]) : [loaded.apps];
    for (const apps of groups) {
      const target = {
        repository: addressOf(loaded, flags) as string,
        branch: flags.branch,
        ...(flags.pullRequest && { proposal: `golden/${apps[0].app.team}/${apps[0].app.name}` }),
      };
      const { signal } = interrupt;
      const { force } = flags;
      done.push(
        await publish(publication({ ...loaded, apps }, source, flags), target, {
          ...{ force, signal, settings: source.settings },
          onStep: process.stderr.isTTY && !flags.json ? (step) => console.error(step) : undefined,
        }),
      );
    }
    return report(flags, 0, [], done);
  } catch (error) {
    if (interrupt.code !== undefined) return report(flags, interrupt.code, [interrupted], done);
    throw error;
  } finally {
    interrupt.end();
  }
}

const interrupted: Problem = {
  path: 'publish',
  message: 'was interrupted; unless the push had begun, nothing was published: run it again to be sure',
};

/** The exit code of what stands in the way before a repository is asked. */
function codeOf(problems: readonly Problem[], source: PublishSource): ExitCode {
  return problems.every((problem) => source.problems.includes(problem)) ? 8 : codeOfProblems(problems);
}

/** What can't be published of what was asked for. */
function choiceProblems(loaded: LoadedApps, flags: PublishFlags): Problem[] {
  const manual = loaded.apps.flatMap(({ app }) =>
    (flags.environment ?? [])
      .filter((name) => !app.environments.includes(name))
      .map((name) => ({
        path: app.name,
        message: `environment ${JSON.stringify(name)} is changed by promotions only; leave it out, and promote the app to it`,
      })),
  );
  if (manual.length > 0 || addressOf(loaded, flags) !== undefined) return manual;
  return [
    { path: 'publish', message: "there is no repository to publish to; give --repo, or the platform's gitops.repoUrl" },
  ];
}

function addressOf({ apps }: LoadedApps, { repo }: PublishFlags): string | undefined {
  return repo ?? apps.map(({ app }) => app.platform.gitops?.repoUrl).find((address) => address !== undefined);
}

function publication({ apps }: LoadedApps, source: PublishSource, flags: PublishFlags): Publication {
  const names = [...new Set(apps.map(({ app }) => app.name))];
  const environments = [...new Set(apps.flatMap(({ app }) => app.environments))];
  return {
    renders: apps.map((each) => renderOf(each, source)),
    message: flags.message ?? `Publish ${names.join(', ')} to ${environments.join(', ')}`,
    trailers: {
      ...(source.repo && { 'Source-Repo': source.repo }),
      ...(source.commit && { 'Source-Commit': source.commit }),
      Library: `cdk8s-golden-path@${libraryVersion()}`,
    },
    source: {
      ...(source.repo && { sourceRepo: source.repo }),
      ...(source.commit && { sourceCommit: source.commit }),
    },
  };
}

/** What an app brings to the tree, with what its promotions would bring and where it is from. */
function renderOf({ app, synthesis, beside = [], file = '' }: RunApp, { paths }: PublishSource): TreeRender {
  const render = treeRenderOf(app, synthesis);
  const facts = promotable(render.app, beside);
  const folders = render.folders.map((each) => ({ ...each, about: { ...each.about, ...facts } }));
  const sourcePath = paths.get(file);
  return { ...render, folders, ...(sourcePath !== undefined && { source: { sourcePath } }) };
}

function report(
  { json }: PublishFlags,
  code: number,
  problems: readonly Problem[],
  published: readonly Published[],
): number {
  if (json) {
    console.log(JSON.stringify({ problems, published }, undefined, 2));
    return code;
  }
  for (const each of published) console.log(overview(each));
  say('error', problems);
  if (problems.length > 0 && published.length === 0) console.error('nothing was published');
  return code;
}

function overview({ outcome, commit, branch, apps, pullRequest }: Published): string {
  const where = pullRequest === undefined ? [] : [`open the pull request: ${printable(pullRequest)}`];
  if (outcome === 'unchanged')
    return [`${printable(branch)} holds all of it already; nothing was committed`, ...where].join('\n');
  const rows = apps.flatMap(({ app, folders }) =>
    folders
      .filter(({ change }) => change !== 'unchanged')
      .map((f) => [app, f.folder, f.change, f.added.length, f.changed.length, f.removed.length]),
  );
  const changes = table(['APP', 'FOLDER', 'IS', 'ADDED', 'CHANGED', 'REMOVED'], rows);
  return [changes, `published ${commit?.slice(0, 12)} to ${printable(branch)}`, ...where].join('\n');
}

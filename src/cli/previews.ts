import { type Command, InvalidArgumentError } from 'commander';
import type { PreviewOptions } from '../app/preview';
import { type PruneOptions, previewsIn, prunePreviews, type TreePreview } from '../app/preview-tree';
import { table } from '../platform/table';
import { problemsOf } from './load-app';
import { sayFailed } from './say';

/** What `previews list` and `previews prune` can be told. */
export interface PreviewsOptions extends PruneOptions {
  readonly tree?: string;
  /** In milliseconds since 1970. */
  readonly now?: number;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** What `render` can be told of previews. */
export interface PreviewFlags {
  readonly preview?: string;
  readonly ttl?: string;
  readonly environment?: readonly string[];
}

/** The preview that a command asks for; apps judge its id, lifetime and environment. A half of it ends the command. */
export function askedPreview(
  { preview: id, ttl, environment = [] }: PreviewFlags,
  command: Command,
): PreviewOptions | undefined {
  if (id === undefined && ttl === undefined) return undefined;
  if (id === undefined || ttl === undefined) {
    return command.error('error: a preview needs both --preview and --ttl, like --preview pr-42 --ttl 72h');
  }
  if (environment.length > 1) {
    return command.error('error: a preview is rendered in one environment; give --environment once, or leave it out');
  }
  return { id, ttl: ttl as PreviewOptions['ttl'], ...(environment.length > 0 && { environment: environment[0] }) };
}

/** Adds `golden previews`. */
export function addPreviewCommands(program: Command): void {
  const previews = program
    .command('previews')
    .description('list the previews of a GitOps tree, and remove those whose time is over');
  const common = (command: Command) =>
    command
      .option('--tree <folder>', 'the tree, in a git work tree (default: CDK8S_OUTDIR, else "dist")')
      .option('--now <time>', 'RFC 3339 time to compare with (default: the clock)', rfc3339)
      .option('--json', 'print the previews as JSON')
      .option('--debug', 'print stack traces');
  common(previews.command('list'))
    .description('print each preview, and when it expires')
    .action((options: PreviewsOptions) => {
      process.exitCode = listPreviews(options);
    });
  common(previews.command('prune'))
    .description(
      'remove previews whose last commit is older than their ttl from the work tree; commit the change to expire them',
    )
    .option('--dry-run', 'remove nothing')
    .option('--commit', 'commit what was removed, and nothing else')
    .action((options: PreviewsOptions) => {
      process.exitCode = removePreviews(options);
    });
}

/** Prints the previews of a tree. @returns the exit code: 1 when it can't be read */
export function listPreviews(options: PreviewsOptions): number {
  return report(options, 'no previews', (root, now) => previewsIn(root, now));
}

/** Removes the expired previews of a tree. @returns the exit code: 1 when anything stands in the way */
export function removePreviews(options: PreviewsOptions): number {
  return report(options, 'no preview has expired', (root, now) => prunePreviews(root, now, options));
}

/** A time as RFC 3339 writes it, with its offset, in milliseconds since 1970. */
export function rfc3339(text: string): number {
  const form = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;
  const time = form.test(text) ? Date.parse(text.replace(/^(.{10}) /, '$1T').toUpperCase()) : Number.NaN;
  if (Number.isNaN(time))
    throw new InvalidArgumentError('write an RFC 3339 time with its offset, like 2026-01-31T12:00:00Z.');
  return time;
}

function report(options: PreviewsOptions, none: string, work: (root: string, now: number) => TreePreview[]): number {
  const root = options.tree ?? process.env.CDK8S_OUTDIR ?? 'dist';
  try {
    const previews = work(root, options.now ?? Date.now());
    if (options.json) console.log(JSON.stringify({ problems: [], previews: previews.map(asJson) }, undefined, 2));
    else console.log(previews.length === 0 ? none : overview(previews));
    return 0;
  } catch (error) {
    sayFailed(problemsOf(error, root, options.debug), options.json, { previews: [] });
    return 1;
  }
}

function asJson({ expires, ...preview }: TreePreview) {
  return { ...preview, ...(expires !== undefined && { expires: iso(expires) }) };
}

function overview(previews: readonly TreePreview[]): string {
  return table(
    ['PREVIEW', 'APP', 'ENVIRONMENT', 'CLUSTER', 'TTL', 'EXPIRES'],
    previews.map(({ id, app, environment, cluster, ttl, expires, isExpired }) => {
      const when = expires === undefined ? 'not committed yet' : `${iso(expires)}${isExpired ? ', is over' : ''}`;
      return [id, app, environment, cluster, ttl, when];
    }),
  );
}

/** Commits know seconds. */
function iso(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

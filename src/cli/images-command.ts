import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import type { Command } from 'commander';
import { findFile } from '../platform/find-file';
import type { Problem } from '../platform/golden-error';
import { isRepository } from '../platform/image';
import { imageLockFile, type LockedImage } from '../platform/image-lock';
import { nameProblem } from '../platform/names';
import { printable } from '../platform/printable';
import { show, suggestion } from '../platform/rule';
import type { PinChange } from '../promotion/set-pins';
import { type ExitCode, exitCodeTable } from './exit-codes';
import { problemsOf } from './load-app';
import { sayFailed } from './say';

/** What `images set` can be told. */
export interface ImagesFlags {
  readonly file?: string;
  readonly newEnvironment?: boolean;
  readonly json?: boolean;
  readonly debug?: boolean;
}

const help = `
Comments, order and quotes of the file stay. An image that is not there yet is
added; an environment is, with --new-environment.

${exitCodeTable([0, 2, 11])}

Examples:
  golden images set orders-api staging 1.4.2@sha256:0f1e…
  golden images set orders-api staging ghcr.io/mirror/api:1.4.2@sha256:0f1e…`;

/** Adds `golden images`. */
export function addImagesCommand(program: Command): void {
  program
    .command('images')
    .description('change the images that are pinned')
    .command('set')
    .description(`pin an image for an environment in ${imageLockFile}, as CI does after a build`)
    .argument('<image>', 'what the app calls it in env.image(…)')
    .argument('<environment>', 'the environment that it is pinned for')
    .argument('<tag@digest>', 'what runs, with a repository in front and ":" where it is not the usual one')
    .option('--file <path>', `the lock file, made when it is not there (default: the nearest ${imageLockFile})`)
    .option('--new-environment', 'add an environment that the file does not have')
    .option('--json', 'print the change as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText('after', help)
    .action((image: string, environment: string, pin: string, flags: ImagesFlags) => {
      process.exitCode = setImage(image, environment, pin, flags);
    });
}

/** Pins an image for an environment. @returns the exit code */
export function setImage(name: string, environment: string, pin: string, flags: ImagesFlags): ExitCode {
  const { parsePin } = require('../promotion/edit-image-lock') as typeof import('../promotion/edit-image-lock');
  const image = parsePin(pin);
  const wrong = [
    ...(!isRepository(name)
      ? [`image ${show(name)} is no name; use lower-case letters, digits and "-", as in env.image("orders-api")`]
      : []),
    ...[nameProblem('environment', environment)].filter((each) => each !== undefined),
    ...(typeof image === 'string' ? [image] : []),
  ];
  if (wrong.length > 0 || typeof image === 'string') {
    return failed(
      flags,
      2,
      wrong.map((message) => ({ path: 'images set', message })),
    );
  }
  const file = flags.file ?? findFile(imageLockFile);
  if (file === undefined) {
    const message = 'there is none in this folder or above; give its path with --file, and it is made';
    return failed(flags, 11, [{ path: imageLockFile, message }]);
  }
  try {
    const { environmentsOf, planPins } = require('../promotion/set-pins') as typeof import('../promotion/set-pins');
    const known = existsSync(file) ? environmentsOf(file) : [];
    if (known.length > 0 && !known.includes(environment) && !flags.newEnvironment) {
      const message = `has no environment ${show(environment)}${suggestion(environment, known)}; it has ${known.join(', ')}: name one of these, or give --new-environment`;
      return failed(flags, 2, [{ path: shown(file), message }]);
    }
    const plan = planPins(file, [{ environment, name, image }]);
    plan.write();
    if (flags.json)
      console.log(JSON.stringify({ problems: [], file: shown(file), changes: plan.changes }, undefined, 2));
    else console.log(`${printable(shown(file))}: ${sentence(plan.changes[0])}`);
    return 0;
  } catch (error) {
    return failed(flags, 11, problemsOf(error, shown(file), flags.debug));
  }
}

/** A change of a pin, as people read it. */
export function sentence({ environment, name, image, before, isChanged }: PinChange): string {
  if (!isChanged) return `${name} for ${environment} is ${version(image)} already`;
  return before === undefined
    ? `${name} for ${environment} is ${version(image)}`
    : `${name} for ${environment} is ${version(image)}, and was ${version(before)}`;
}

/** The digest is cut as git cuts ids: enough to tell two builds of one tag apart. */
function version({ repository, tag, digest }: LockedImage): string {
  const reference = `${tag}@${digest?.slice(0, 'sha256:'.length + 12)}`;
  return repository === undefined ? reference : `${repository}:${reference}`;
}

function shown(file: string): string {
  return relative(process.cwd(), file) || file;
}

function failed({ json }: ImagesFlags, code: ExitCode, problems: readonly Problem[]): ExitCode {
  sayFailed(problems, json, { changes: [] });
  return code;
}

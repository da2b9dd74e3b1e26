import { type Duration, durationProblem } from '../platform/duration';
import { imageProblem } from '../platform/image';
import type { Platform } from '../platform/platform';
import { isRecord, show } from '../platform/rule';
import { wordsProblems } from './extra-containers';

/** A command that runs to its end before the new version is rolled out, such as a database migration. */
export interface BeforeDeployOptions {
  /** Words of the command. */
  readonly command: readonly string[];
  /**
   * Words that follow the command.
   * @default - none
   */
  readonly args?: readonly string[];
  /**
   * Its image.
   * @default - the workload's own
   */
  readonly image?: string;
  /**
   * How often it is tried again after a failure.
   * @default 0: a migration that failed half-way is for a person to look at
   */
  readonly retries?: number;
  /**
   * How long it may take.
   * @default '10m'
   */
  readonly timeout?: Duration;
}

/** What is wrong with the command before a deployment. */
export function beforeDeployProblems(options: BeforeDeployOptions | undefined, platform: Platform): string[] {
  if (options === undefined) return [];
  if (!isRecord(options)) return [`beforeDeploy ${show(options)} is no command; write { command: ["migrate"] }`];
  const { command, args, image, retries, timeout } = options as BeforeDeployOptions;
  return [
    ...(Array.isArray(command) && command.length > 0
      ? []
      : [`beforeDeploy.command ${show(command)} is empty; write its words as a list`]),
    ...wordsProblems('beforeDeploy.command', command),
    ...wordsProblems('beforeDeploy.args', args),
    (image !== undefined && imageProblem(image, platform.registries)) || '',
    retries === undefined || (Number.isInteger(retries) && retries >= 0 && retries <= 100)
      ? ''
      : `beforeDeploy.retries ${show(retries)} is no count; use 0 to 100`,
    (timeout !== undefined && durationProblem('beforeDeploy.timeout', timeout, 1)) || '',
  ].filter((problem) => problem !== '');
}

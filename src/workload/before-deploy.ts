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

/** A command that runs to its end after a deployment failed, such as one that takes a half-way change back. */
export interface AfterFailedDeployOptions extends Omit<BeforeDeployOptions, 'retries'> {
  /**
   * How often it is tried again after a failure.
   * @default 0: Argo CD tries the deployment again, and each failure of it runs the command
   */
  readonly retries?: number;
}

/**
 * What is wrong with a command around a deployment.
 *
 * @param what the prop that says it
 * @param example what it may run
 */
export function deployCommandProblems(
  what: string,
  example: string,
  options: BeforeDeployOptions | undefined,
  platform: Platform,
): string[] {
  if (options === undefined) return [];
  if (!isRecord(options)) return [`${what} ${show(options)} is no command; write { command: ["${example}"] }`];
  const { command, args, image, retries, timeout } = options as BeforeDeployOptions;
  return [
    ...(Array.isArray(command) && command.length > 0
      ? []
      : [`${what}.command ${show(command)} is empty; write its words as a list`]),
    ...wordsProblems(`${what}.command`, command),
    ...wordsProblems(`${what}.args`, args),
    (image !== undefined && imageProblem(image, platform.registries)) || '',
    retries === undefined || (Number.isInteger(retries) && retries >= 0 && retries <= 100)
      ? ''
      : `${what}.retries ${show(retries)} is no count; use 0 to 100`,
    (timeout !== undefined && durationProblem(`${what}.timeout`, timeout, 1)) || '',
  ].filter((problem) => problem !== '');
}

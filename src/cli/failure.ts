import { PublishError } from '../gitops/publish-error';
import { TreeError } from '../gitops/tree-error';
import { ClusterError } from '../live/cluster-error';
import type { Problem } from '../platform/golden-error';
import { PromotionError, type PromotionReason } from '../promotion/promotion-error';
import { codeOfClusterReason, codeOfReason, type ExitCode } from './exit-codes';
import { problemsOf } from './load-app';

const codeOfPromotion: Readonly<Record<PromotionReason, ExitCode>> = { tree: 13, source: 8, install: 9 };

const codeOfCause: Readonly<Record<NonNullable<Problem['cause']>, ExitCode>> = {
  unrunnable: 9,
  timeout: 10,
  lock: 11,
  tree: 4,
  newer: 12,
};

/** How a command ends that can't do what it was asked to. */
export interface Failure {
  readonly code: ExitCode;
  readonly problems: readonly Problem[];
}

/** What an error means to a command. */
export function failureOf(error: unknown, path: string, debug?: boolean): Failure {
  const at = (messages: readonly string[]) => messages.map((message) => ({ path, message }));
  if (error instanceof PublishError) return { code: codeOfReason[error.reason], problems: at(error.problems) };
  if (error instanceof ClusterError) return { code: codeOfClusterReason[error.reason], problems: error.problems };
  if (error instanceof TreeError) return { code: 4, problems: at(error.problems) };
  if (error instanceof PromotionError) return { code: codeOfPromotion[error.reason], problems: at(error.problems) };
  const isOfApp = error instanceof Error && error.name === 'GoldenError';
  const problems = isOfApp
    ? problemsOf(error, path, debug)
    : at([debug ? String((error as Error)?.stack) : String(error)]);
  return { code: codeOfProblems(problems), problems };
}

/** The exit code of problems: that of their cause when all have the same one. */
export function codeOfProblems(problems: readonly Problem[]): ExitCode {
  const [first, ...others] = new Set(problems.map(({ cause }) => (cause === undefined ? 1 : codeOfCause[cause])));
  return problems.length === 0 ? 0 : others.length === 0 ? first : 1;
}

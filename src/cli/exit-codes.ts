import type { PublishReason } from '../gitops/publish-error';
import type { ClusterReason } from '../live/cluster-error';
import { hanging } from './wrapped';

/** What each exit code means. CI may repeat 3 and 6, people act on the others. */
export const exitCodes = {
  0: 'done, or there was nothing to do',
  1: 'something is wrong with the apps, the trees, or what is installed here',
  2: 'the command was called wrongly',
  3: "the repository or the cluster can't be reached",
  4: 'something in the tree stands in the way: of another app, edited by hand, a symlink or a submodule',
  5: 'the repository refused the push, as for a protected branch',
  6: 'others pushed first each time: run it again',
  7: 'the repository is empty, or has no such branch or commit',
  8: 'the source is not committed, or in no repository',
  9: "an app file can't be run: it throws, does not compile, or its packages can't be installed",
  10: 'an app file did not end in time',
  11: "a lock file can't be read, as after a merge that was not finished",
  12: 'the tree was written by a newer version of the library',
  13: 'a promotion or rollback would bring what the tree does not hold, or nobody said yes to it',
  14: 'the cluster lacks a kind that is rendered, or forbids the account what it is asked',
  129: 'ended by SIGHUP',
  130: 'ended by SIGINT, as by Ctrl-C',
  143: 'ended by SIGTERM',
} as const;

/** One of the exit codes. */
export type ExitCode = keyof typeof exitCodes;

/** The exit code for each reason why a repository was not changed. */
export const codeOfReason: Readonly<Record<PublishReason, ExitCode>> = {
  setup: 1,
  invalid: 2,
  unreachable: 3,
  tree: 4,
  refused: 5,
  busy: 6,
  'no-branch': 7,
  newer: 12,
  declined: 13,
};

/** The exit code for each reason why a cluster was not read. */
export const codeOfClusterReason: Readonly<Record<ClusterReason, ExitCode>> = {
  setup: 1,
  context: 2,
  unreachable: 3,
  unserved: 14,
  forbidden: 14,
};

/** Exit codes as help shows them: all, or those that a command ends with. */
export function exitCodeTable(codes: readonly ExitCode[] = Object.keys(exitCodes).map(Number) as ExitCode[]): string {
  return ['Exit codes:', ...codes.map((code) => hanging(`  ${String(code).padStart(3)}  `, exitCodes[code]))].join(
    '\n',
  );
}

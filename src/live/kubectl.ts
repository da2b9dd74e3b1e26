import { spawn } from 'node:child_process';
import { show } from '../platform/rule';
import { ClusterError, type ClusterReason } from './cluster-error';
import { Turns } from './turns';

/** What kubectl answered. */
export interface KubectlAnswer {
  readonly code: number;
  readonly stdout: string;
  /** What it says, without warnings and its own log, each message in a line or more. */
  readonly said: string;
}

/** How many kubectls run at once: each is a process of some 50 MB, and each asks an API server that others need too. */
const processes = 4;

const turns = new Turns(processes);

/** Asks one cluster through kubectl, which knows how to reach it and who asks. No shell is used. */
export class Kubectl {
  /** The context of kubectl's configuration. */
  readonly context: string;
  /** The environment and cluster that it is asked for, as problems name them. */
  readonly place: string;

  constructor(context: string, place: string) {
    this.context = context;
    this.place = place;
  }

  /**
   * Runs kubectl, and returns what it answers, also when that is no.
   *
   * @param words a value is always joined to its flag, so that none that begins with a dash is taken for another
   * @param input what it reads with `--filename=-`
   * @throws ClusterError when there is no kubectl or no such context, the cluster can't be reached, or does not allow it
   */
  async ask(words: readonly string[], input?: object): Promise<KubectlAnswer> {
    const answer = await turns.take(() => this.run(words, input === undefined ? '' : JSON.stringify(input)));
    const failure = answer.code === 0 ? undefined : failures.find(({ sign }) => sign.test(answer.said));
    if (failure) this.fail(failure.reason, failure.says(this.context, answer.said));
    return answer;
  }

  /** @throws ClusterError always, at this cluster */
  fail(reason: ClusterReason, message: string): never {
    throw new ClusterError(reason, [{ path: this.place, message }]);
  }

  private run(words: readonly string[], input: string): Promise<KubectlAnswer> {
    return new Promise((resolve, reject) => {
      const all = [`--context=${this.context}`, '--request-timeout=30s', ...words];
      const child = spawn('kubectl', all, { env: process.env });
      const chunks: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
      for (const stream of ['stdout', 'stderr'] as const) {
        child[stream].on('data', (chunk: Buffer) => chunks[stream].push(chunk));
      }
      child.once('error', ({ message }) => {
        const problem = { path: this.place, message: `kubectl can't be started (${message}); install it` };
        reject(new ClusterError('setup', [problem]));
      });
      child.once('close', (code) => {
        const [stdout, stderr] = [chunks.stdout, chunks.stderr].map((all) => Buffer.concat(all).toString());
        resolve({ code: code ?? 1, stdout, said: withoutLog(stderr) });
      });
      // A kubectl that refuses its context ends before it reads.
      child.stdin.on('error', () => {});
      child.stdin.end(input);
    });
  }
}

/** What kubectl says that is no answer of the API server to the question. */
const failures: readonly {
  readonly reason: ClusterReason;
  readonly sign: RegExp;
  readonly says: (context: string, said: string) => string;
}[] = [
  {
    reason: 'context',
    sign: /context "[^"]*" does not exist|context was not found/,
    says: (context) =>
      `kubectl has no context ${show(context)}; kubectl config get-contexts lists those that there are`,
  },
  {
    reason: 'unreachable',
    sign: /\(Unauthorized\)|must be logged in|asked for the client to provide credentials|Please enter Username/,
    says: (context, said) =>
      `the cluster of context ${show(context)} does not let us in; log in again (kubectl says: ${short(said)})`,
  },
  {
    reason: 'unreachable',
    // At the beginning of a line: further inside, the API server says it of a webhook.
    sign: /^(?:error: )?(?:Unable to connect to the server|The connection to the server|unexpected EOF|Get "https?:)/m,
    says: (context, said) => `the cluster of context ${show(context)} can't be reached (kubectl says: ${short(said)})`,
  },
];

/** A message on one line, cut where the API server repeats a whole object. */
export function short(text: string, limit = 400): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit)}...` : line;
}

/** Without warnings, and without the log of kubectl's libraries, whose lines begin with their weight and date. */
function withoutLog(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^(?:[IWEF]\d{4} |Warning: )/.test(line))
    .join('\n')
    .trim();
}

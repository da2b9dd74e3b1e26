import { createInterface } from 'node:readline/promises';
import { printable } from '../platform/printable';

/** Whether somebody can be asked: both ends of the talk are a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks a question that only "yes" says yes to. The report goes to stdout, so the question goes to stderr. */
export async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  const talk = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-D ends the talk without an answer, and Ctrl-C is for the command to hear.
  const closed = new Promise<string>((resolve) => talk.once('close', () => resolve('')));
  talk.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const answer = await Promise.race([
      talk.question(`${printable(question)} Only "yes" is taken for a yes: `, { signal }),
      closed,
    ]);
    return answer.trim() === 'yes';
  } finally {
    talk.close();
  }
}

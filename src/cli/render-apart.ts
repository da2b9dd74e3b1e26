import { fork } from 'node:child_process';
import { join } from 'node:path';
import { timedOutCode } from './guarded';
import type { LoadOptions } from './load-apps';
import type { RenderAnswer, RenderRequest } from './render-process';

/**
 * Renders app files in some processes at once, each file in whichever is free.
 *
 * @param onFile called after each file
 * @returns what became of each file, in the order of the files
 */
export async function renderApart(
  files: readonly string[],
  { environment, promotion, beside, asked, timeout, json, debug }: LoadOptions,
  processes: number,
  onFile: () => void,
): Promise<RenderAnswer[]> {
  // Nothing but plain data reaches another process.
  const options: LoadOptions = { environment, promotion, beside, asked, timeout, json, debug };
  const answers = new Map<string, RenderAnswer>();
  const answered = (answer: RenderAnswer) => {
    answers.set(answer.file, answer);
    onFile();
  };
  const waiting = [...files];
  const work = async () => {
    // A process that an app file ended has a successor.
    while (waiting.length > 0) await workInProcess(waiting, options, answered);
  };
  await Promise.all(Array.from({ length: processes }, work));
  return files.map((file) => answers.get(file) as RenderAnswer);
}

/** Has a new process render what waits, until nothing does or an app file ends it. */
function workInProcess(
  waiting: string[],
  options: LoadOptions,
  answered: (answer: RenderAnswer) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'render-process'), { serialization: 'advanced' });
    const begun: string[] = [];
    const begin = () => {
      const file = waiting.shift();
      if (file === undefined) return;
      begun.push(file);
      child.send({ file, options } satisfies RenderRequest);
    };
    child.on('error', reject);
    child.on('message', (answer: RenderAnswer) => {
      begun.shift();
      answered(answer);
      begin();
      if (begun.length === 0) child.disconnect();
    });
    child.on('exit', (code, signal) => {
      const end = () => {
        const [file, ...rest] = begun;
        waiting.unshift(...rest);
        if (file !== undefined) {
          answered(code === timedOutCode ? timedOut(file) : endedBy(file, signal ?? `exit code ${code}`));
        }
        resolve();
      };
      // Its last answers may still be on their way.
      if (child.connected) child.once('disconnect', end);
      else end();
    });
    // One more than it works on, so that it waits for nobody.
    begin();
    begin();
  });
}

/** It has said itself where it was. */
function timedOut(file: string): RenderAnswer {
  return { file, apps: [], problems: [{ path: file, message: 'did not end in time', cause: 'timeout' }] };
}

function endedBy(file: string, how: string): RenderAnswer {
  const message = `ended the process that rendered it (${how}); leave process.exit() out of it, or give it more memory`;
  return { file, apps: [], problems: [{ path: file, message, cause: 'unrunnable' }] };
}

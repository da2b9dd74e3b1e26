import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { FolderChanges, FolderSwap, TreeOptions } from '../gitops/plan-tree';
import { TreeError } from '../gitops/tree-error';
import type { TreeOutline } from '../gitops/tree-render';
import type { HeldRenders, StagedFolder } from '../gitops/write-held';
import { timedOutCode } from './guarded';
import type { LoadOptions } from './load-apps';
import type { RenderAnswer, Request, TreeAnswer } from './render-messages';

/** A process, and what it has in hand. */
interface Renderer {
  readonly child: ChildProcess;
  /** Files that it has been given and has not answered. */
  readonly begun: string[];
  /** Files that it has answered: what they render to is lost when it ends. */
  readonly done: string[];
  /** The renders that it holds, in their order there. */
  readonly holds: TreeOutline[];
}

/** Processes that render app files, each file in whichever is free, and then write what they rendered, each its own. */
export class RenderProcesses implements HeldRenders {
  private readonly options: LoadOptions;
  private readonly count: number;
  private readonly renderers = new Set<Renderer>();

  constructor(count: number, { environment, promotion, beside, asked, timeout, json, debug }: LoadOptions) {
    // Nothing but plain data reaches another process.
    this.options = { environment, promotion, beside, asked, timeout, json, debug };
    this.count = count;
  }

  /**
   * Renders app files.
   *
   * @param onFile called after each file
   * @returns what became of each file, in the order of the files
   */
  render(files: readonly string[], onFile: () => void): Promise<RenderAnswer[]> {
    const waiting = [...files];
    const answers = new Map<string, RenderAnswer>();
    const counted = new Set<string>();
    return new Promise((resolve, reject) => {
      const answered = (answer: RenderAnswer) => {
        answers.set(answer.file, answer);
        if (!counted.has(answer.file)) onFile();
        counted.add(answer.file);
        if (answers.size === files.length) resolve(files.map((file) => answers.get(file) as RenderAnswer));
      };
      const start = () => {
        const renderer = this.start();
        const { child, begun, done, holds } = renderer;
        const begin = () => {
          const file = waiting.shift();
          if (file === undefined) return;
          begun.push(file);
          ask(child, { ask: 'render', file, options: this.options });
        };
        const onMessage = (answer: RenderAnswer) => {
          done.push(...begun.splice(0, 1));
          holds.push(...answer.apps.map(({ tree }) => tree));
          begin();
          answered(answer);
        };
        child.on('error', reject);
        child.on('message', (message: RenderAnswer | TreeAnswer) => {
          if ('file' in message) onMessage(message);
        });
        whenEnded(child, (code, signal) => {
          this.renderers.delete(renderer);
          if (answers.size === files.length) return;
          // What it was at ended it, or something that the file before left behind. All else is rendered again.
          const guilty = begun.shift() ?? done.pop();
          for (const file of done) answers.delete(file);
          waiting.unshift(...begun, ...done);
          if (waiting.length > 0) start();
          if (guilty === undefined)
            reject(new Error(`a process that renders ended before it began (${signal ?? code})`));
          else if (code === timedOutCode) answered(timedOut(guilty));
          else answered(endedBy(guilty, signal ?? `exit code ${code}`));
        });
        // One more than it works on, so that it waits for nobody.
        begin();
        begin();
      };
      for (let n = Math.min(this.count, files.length); n > 0; n--) start();
    });
  }

  async plan(
    root: string,
    renders: readonly TreeOutline[],
    options: TreeOptions,
  ): Promise<FolderChanges<FolderSwap>[]> {
    const plans = new Map<TreeOutline, FolderChanges<FolderSwap>>();
    const wanted = new Set(renders);
    const asked = [...this.renderers].map(async ({ child, holds }) => {
      const own = [...holds.keys()].filter((number) => wanted.has(holds[number]));
      const answer = await answerOf(root, child, { ask: 'plan', root, renders: own, options });
      own.forEach((number, n) => {
        plans.set(holds[number], (answer.plans as FolderChanges<FolderSwap>[])[n]);
      });
    });
    await allOf(asked);
    return renders.map((render) => {
      const plan = plans.get(render);
      if (plan === undefined) throw lost(root);
      return plan;
    });
  }

  async stage(root: string, writer: string, folders: readonly StagedFolder[]): Promise<void> {
    const asked = [...this.renderers].map(async ({ child, holds }) => {
      const numbers = new Map(holds.map((render, number) => [render, number]));
      const own = folders.flatMap(({ render: outline, folder, move }) => {
        const render = numbers.get(outline);
        return render === undefined ? [] : [{ render, folder, move }];
      });
      await answerOf(root, child, { ask: 'stage', root, writer, folders: own });
      return own.length;
    });
    const staged = await allOf(asked);
    if (staged.reduce((sum, count) => sum + count, 0) < folders.length) throw lost(root);
  }

  /** Ends the processes. */
  end(): void {
    for (const { child } of this.renderers) if (child.connected) child.disconnect();
  }

  private start(): Renderer {
    const child = fork(join(__dirname, 'render-process'), { serialization: 'advanced' });
    const renderer: Renderer = { child, begun: [], done: [], holds: [] };
    this.renderers.add(renderer);
    return renderer;
  }
}

/** Waits for all, also when one fails: nobody may be at work any more when the write is taken back. */
async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** Why a request can't be sent, its process says by ending. */
function ask(child: ChildProcess, request: Request): void {
  child.send(request, () => {});
}

/** @throws TreeError with what stands in the way, also that the process has ended. */
function answerOf(root: string, child: ChildProcess, request: Request): Promise<TreeAnswer> {
  return new Promise((resolve, reject) => {
    const onEnd = () => reject(lost(root));
    whenEnded(child, onEnd);
    child.once('message', (answer: TreeAnswer) => {
      if (answer.problems === undefined) resolve(answer);
      else reject(new TreeError(root, answer.problems));
    });
    ask(child, request);
  });
}

/** Calls when a process has ended and all that it said has been heard. */
function whenEnded(child: ChildProcess, ended: (code: number | null, signal: NodeJS.Signals | null) => void): void {
  child.once('exit', (code, signal) => {
    if (child.connected) child.once('disconnect', () => ended(code, signal));
    else ended(code, signal);
  });
}

function lost(root: string): TreeError {
  return new TreeError(root, [
    'a process that rendered ended before it wrote; nothing was changed; render again, with --jobs 1 if it ends again',
  ]);
}

/** It has said itself where it was. */
function timedOut(file: string): RenderAnswer {
  return { file, apps: [], problems: [{ path: file, message: 'did not end in time', cause: 'timeout' }] };
}

function endedBy(file: string, how: string): RenderAnswer {
  const message = `ended the process that rendered it (${how}); leave process.exit() out of it, or give it more memory`;
  return { file, apps: [], problems: [{ path: file, message, cause: 'unrunnable' }] };
}

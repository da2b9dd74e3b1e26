import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Watchdog } from './watchdog';

/** How one program of the platform is started and how it says that it serves. */
export interface EngineSpec {
  /** Name for messages and for the log file. */
  readonly name: string;
  /** Path of the program. */
  readonly binary: string;
  readonly args: readonly string[];
  /**
   * Variables added to this process's own.
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the program serves; asked again until it answers true. A thrown error counts as false. */
  readonly ready: () => Promise<boolean>;
  /**
   * How long the program may take until it serves, in seconds.
   * @default 60
   */
  readonly readyWithinSeconds?: number;
  /**
   * How long the program may take to end by itself, in seconds; after that it is killed.
   * @default 5
   */
  readonly graceSeconds?: number;
}

const pollMilliseconds = 50;
const logTailLines = 20;

/** One running program: started once, stopped once. */
export class Engine {
  private child?: ChildProcess;
  private ended?: Promise<void>;
  private failure?: string;

  constructor(
    private readonly spec: EngineSpec,
    /** The file that holds all that the program printed. */
    readonly logFile: string,
    private readonly watchdog: Watchdog,
  ) {}

  get name(): string {
    return this.spec.name;
  }

  /**
   * Starts the program and resolves when it serves.
   * @throws Error with the end of its log when it stops or doesn't serve in time
   */
  async start(): Promise<void> {
    const log = openSync(this.logFile, 'a');
    // A process group of its own: an interrupt in the terminal reaches this process, which then ends the engines in order.
    const child = spawn(this.spec.binary, this.spec.args, {
      detached: true,
      env: { ...process.env, ...this.spec.env },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.child = child;
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => {
        this.failure = error.message;
        resolve();
      });
      child.once('exit', (code, signal) => {
        this.failure = `ended with ${signal ?? `exit code ${code}`}`;
        resolve();
      });
    });
    if (child.pid !== undefined) {
      this.watchdog.watch(child.pid);
    }
    try {
      await this.untilReady();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Ends the program and resolves when it is gone. */
  async stop(): Promise<void> {
    const { child, ended } = this;
    if (child?.pid === undefined || ended === undefined) {
      return;
    }
    if (this.failure === undefined) {
      child.kill('SIGTERM');
      await Promise.race([ended, sleep((this.spec.graceSeconds ?? 5) * 1000, undefined, { ref: false })]);
    }
    if (this.failure === undefined) {
      child.kill('SIGKILL');
      await ended;
    }
    this.watchdog.forget(child.pid);
  }

  private async untilReady(): Promise<void> {
    const limit = this.spec.readyWithinSeconds ?? 60;
    const deadline = performance.now() + limit * 1000;
    while (performance.now() < deadline) {
      if (this.failure !== undefined) {
        throw new Error(`${this.name} did not start: ${this.failure}${this.logTail()}`);
      }
      if (await this.spec.ready().catch(() => false)) {
        return;
      }
      await sleep(pollMilliseconds);
    }
    throw new Error(`${this.name} was not ready within ${limit} s${this.logTail()}`);
  }

  private logTail(): string {
    const lines = readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-logTailLines);
    return `; the end of ${this.logFile}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
  }
}

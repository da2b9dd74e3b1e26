import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Binaries, Program } from './binaries';
import { Engine, type EngineSpec } from './engine';
import { Watchdog } from './watchdog';

/** Options of an `EngineHost`. */
export interface EngineHostOptions {
  /** Where programs come from. */
  readonly binaries: Binaries;
  /**
   * Leaves the folder with logs, keys and data where it is.
   * @default false
   */
  readonly keep?: boolean;
}

/** The home of a set of engines: one folder with all they write, ended together, in the reverse order of their start. */
export class EngineHost {
  /** The folder that holds everything the engines write. */
  readonly dir: string;
  private readonly engines: Engine[] = [];
  private readonly watchdog: Watchdog;

  constructor(private readonly options: EngineHostOptions) {
    this.dir = mkdtempSync(join(tmpdir(), 'golden-'));
    this.watchdog = new Watchdog(options.keep ? '' : this.dir);
  }

  /** Makes a folder for one engine's files and returns its path. */
  folder(name: string): string {
    const folder = join(this.dir, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** The path of a program, built when it is not there. */
  binary(program: Program): Promise<string> {
    return this.options.binaries.find(program);
  }

  /** Starts an engine and resolves when it serves. */
  async launch(spec: EngineSpec): Promise<Engine> {
    const engine = new Engine(spec, join(this.folder('logs'), `${spec.name}.log`), this.watchdog);
    this.engines.push(engine);
    await engine.start();
    return engine;
  }

  /** Ends every engine, the last started first, and removes the folder. */
  async stop(): Promise<void> {
    for (const engine of this.engines.splice(0).reverse()) {
      await engine.stop();
    }
    if (!this.options.keep) {
      rmSync(this.dir, { recursive: true, force: true });
    }
    await this.watchdog.done();
  }
}

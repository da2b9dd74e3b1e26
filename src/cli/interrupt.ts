import type { ExitCode } from './exit-codes';

/** Lets a signal end the work in an orderly way, so that no clone and no work tree is left behind. */
export class Interrupt {
  /** The exit code that shells give to the signal that came. */
  code?: ExitCode;
  private readonly controller = new AbortController();
  private readonly handlers = (
    [
      ['SIGHUP', 129],
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const
  ).map(([name, code]) => {
    const handler = () => {
      this.code ??= code;
      this.controller.abort();
    };
    process.on(name, handler);
    return [name, handler] as const;
  });

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  end(): void {
    for (const [name, handler] of this.handlers) process.off(name, handler);
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/**
 * Reads `watch PID`, `forget PID` and `done`. When its input ends without `done`, its owner died: it ends the watched
 * processes, kills those that stay, and removes the folder given as its argument.
 */
const script = `
pids=
while read -r verb pid; do
  case $verb in
    watch) pids="$pids $pid" ;;
    forget) rest=; for p in $pids; do [ "$p" = "$pid" ] || rest="$rest $p"; done; pids=$rest ;;
    done) exit 0 ;;
  esac
done
[ -z "$pids" ] || { kill -TERM $pids; sleep 2; kill -KILL $pids; } 2>/dev/null
[ -z "$1" ] || rm -rf "$1"
`;

/**
 * A small shell process that outlives this one and cleans up after it, however it ends: interrupt, crash or kill.
 * Handlers in this process would not run on SIGKILL.
 */
export class Watchdog {
  private readonly child: ChildProcess;
  private readonly input: Writable;

  /** @param folder removed when this process dies before `done`; empty to keep it */
  constructor(folder: string) {
    this.child = spawn('sh', ['-c', script, 'watchdog', folder], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.child.unref();
    this.input = this.child.stdin as Writable;
  }

  /** Ends this process when its owner dies. */
  watch(pid: number): void {
    this.input.write(`watch ${pid}\n`);
  }

  /** Leaves a process alone that is already gone, so that a later one of the same number is never hit. */
  forget(pid: number): void {
    this.input.write(`forget ${pid}\n`);
  }

  /** Everything was cleaned up in order: the watchdog ends and touches nothing. */
  async done(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.child.ref();
      this.child.once('exit', () => resolve());
      this.input.end('done\n');
    });
  }
}

import { printable } from '../platform/printable';

/** Where progress is shown. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** How long a command is left alone before it has to say what it does, in milliseconds. */
const patience = 1000;

/** One line on a terminal that says what a command is at, once it takes longer than a second. It is gone when the command ends. */
export class Progress {
  private readonly stream: ProgressStream;
  private readonly isOn: boolean;
  private readonly began = performance.now();
  private text = '';
  private isShown = false;
  private readonly timer?: NodeJS.Timeout;

  constructor(stream: ProgressStream = process.stderr, isOn = stream.isTTY === true && process.env.TERM !== 'dumb') {
    this.stream = stream;
    this.isOn = isOn;
    if (isOn) this.timer = setInterval(() => this.show(), patience).unref();
  }

  /** Says what is done next. */
  readonly step = (text: string): void => {
    this.text = text;
    // What blocks the process blocks the timer too.
    this.show();
  };

  /** Makes room for other output. */
  clear(): void {
    if (this.isShown) this.stream.write('\r\u001b[K');
    this.isShown = false;
  }

  /** Ends the showing. */
  end(): void {
    clearInterval(this.timer);
    this.clear();
  }

  private show(): void {
    const passed = performance.now() - this.began;
    if (!this.isOn || this.text === '' || passed < patience) return;
    const line = `${printable(this.text)} (${Math.floor(passed / 1000)} s)`;
    this.stream.write(`\r\u001b[K${line.slice(0, (this.stream.columns ?? 80) - 1)}`);
    this.isShown = true;
  }
}

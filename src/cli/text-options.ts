import type { TextOptions } from '../diff/render-text';
import { width } from './wrapped';

/** How text is written to stdout: with colours and as wide as it is where that is a terminal, within what reads well. */
export function textOptions(): Required<TextOptions> {
  const { isTTY, columns = width } = process.stdout;
  return { color: isColored(isTTY === true), width: isTTY ? Math.min(Math.max(columns, 40), 120) : width };
}

/** Whoever wants none has the last word (no-color.org), then whoever wants them in a log too (force-color.org). */
function isColored(isTerminal: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  return FORCE_COLOR ? FORCE_COLOR !== '0' : isTerminal && TERM !== 'dumb';
}

import type { TextOptions } from '../diff/render-text';
import { width } from './wrapped';

/** How text is written to stdout: with colours and as wide as it is where that is a terminal, within what reads well. */
export function textOptions(): Required<TextOptions> {
  const { isTTY, columns = width } = process.stdout;
  return {
    color: isTTY === true && !process.env.NO_COLOR,
    width: isTTY ? Math.min(Math.max(columns, 40), 120) : width,
  };
}

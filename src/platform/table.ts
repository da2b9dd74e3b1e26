import { printable } from './printable';

/**
 * Rows under headings, aligned for a fixed-width screen. Columns of numbers are aligned at their right.
 *
 * @param right headings of further columns that are aligned at their right, as quantities are
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  right: readonly string[] = [],
): string {
  const shown = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell : printable(cell))));
  const widths = headings.map((heading, i) => Math.max(heading.length, ...shown.map((row) => String(row[i]).length)));
  const toRight = headings.map((heading, i) => typeof shown[0]?.[i] === 'number' || right.includes(heading));
  const line = (cells: readonly (string | number)[]) =>
    cells
      .map((cell, i) => (toRight[i] ? String(cell).padStart(widths[i]) : String(cell).padEnd(widths[i])))
      .join('  ')
      .trimEnd();
  return [line(headings), ...shown.map(line)].join('\n');
}

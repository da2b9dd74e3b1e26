/**
 * Characters that do more than stand there: control characters, by which a terminal is ordered about, those that turn the
 * direction of writing (UAX #9), so that other words are read than were written, other ends of lines, and halves of characters.
 */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** Text that a terminal shows and does not obey, on one line. */
export function printable(text: string): string {
  return text.replace(unprintable, (c) => (c === '\t' ? '  ' : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`));
}

/** Text that a terminal shows and does not obey, line by line as it is, each after the first one behind an indent. */
export function printableLines(text: string, indent = ''): string {
  return text
    .split(/\r?\n/)
    .map((line) => printable(line.trimEnd()))
    .filter((line, n) => n === 0 || line !== '')
    .join(`\n${indent}`);
}

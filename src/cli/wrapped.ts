import { printable } from '../platform/printable';

/** How wide text is printed: what every terminal shows, and what reads well in a wider one. */
export const width = 80;

/** A text in lines that fit, each after an indent; a word that is longer than a line stays whole. */
export function wrapped(text: string, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .split(/\s+/)
    .filter((each) => each !== '')
    .map(printable)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line].join('\n');
}

/** A text beside a head, its further lines below the first one. */
export function hanging(head: string, text: string): string {
  return head + wrapped(text, ' '.repeat(head.length)).slice(head.length);
}

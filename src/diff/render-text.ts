import { printable } from '../platform/printable';
import { changedLines } from './changed-lines';
import { type ClusterGroup, clusterGroups, countText, groupText } from './cluster-groups';
import { type JudgedChange, titleOf } from './diff-objects';
import { objectOf } from './object-change';
import { type RiskGroup, riskList } from './risk-list';
import { summary } from './summary';
import type { PlaceDiff } from './tree-diff';

/** How text is written. */
export interface TextOptions {
  /** Whether the terminal shows colours. @default false */
  readonly color?: boolean;
  /** Columns of the terminal. @default 80 */
  readonly width?: number;
}

const colors = { '+': 32, '-': 31, '~': 33, '!': 31, bold: 1 } as const;

/** A comparison for a terminal: risks first, then what changes, environment by environment. */
export function renderText(places: readonly PlaceDiff[], { color = false, width = 80 }: TextOptions = {}): string {
  const groups = clusterGroups(places);
  const risks = riskList(groups);
  const paint = (text: string, as: keyof typeof colors) => (color ? `\u001b[${colors[as]}m${text}\u001b[0m` : text);
  const write = new Writer(width, paint);
  for (const group of risks) risksOf(group, write);
  for (const group of groups) changesOf(group, write);
  write.line(summary(groups, risks));
  return write.text();
}

type Paint = (text: string, as: keyof typeof colors) => string;

class Writer {
  readonly paint: Paint;
  private readonly width: number;
  private readonly lines: string[] = [];

  constructor(width: number, paint: Paint) {
    this.width = width;
    this.paint = paint;
  }

  /** A paragraph that is put in behind its mark; words that are longer than a line are broken. */
  line(text: string, mark = '', as?: keyof typeof colors): void {
    const hanging = ' '.repeat(mark.length);
    fitted(printable(text), this.width - mark.length).forEach((part, n) => {
      const line = ((n === 0 ? mark : hanging) + part).trimEnd();
      this.lines.push(as ? this.paint(line, as) : line);
    });
  }

  /** A line whose own spaces count, as those of YAML; what is too long goes on below. */
  raw(text: string, mark: string, as?: keyof typeof colors): void {
    cutAt(printable(text), this.width - mark.length).forEach((part, n) => {
      const line = ((n === 0 ? mark : ' '.repeat(mark.length)) + part).trimEnd();
      this.lines.push(as ? this.paint(line, as) : line);
    });
  }

  blank(): void {
    this.lines.push('');
  }

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }
}

function risksOf({ rule, risks }: RiskGroup, write: Writer): void {
  write.line(`${rule.id}: ${rule.what}; ${rule.why}`, '! ', '!');
  for (const { object, namespace, detail, places } of risks) {
    write.line(`${object}${namespace === undefined ? '' : ` of ${namespace}`}: ${detail}`, '    ');
    for (const place of places) write.line(`in ${place}`, '      ');
  }
  write.blank();
}

function changesOf(group: ClusterGroup, write: Writer): void {
  write.line(`${groupText(group)}: ${countText(group.changes)}`, '', 'bold');
  let namespace: string | undefined = '';
  for (const change of group.changes) {
    const its = objectOf(change).metadata.namespace;
    if (its !== namespace) write.line(its ?? 'without a namespace', '  ');
    namespace = its;
    changeOf(change, write);
  }
  write.blank();
}

const signs = { added: '+', changed: '~', removed: '-' } as const;

function changeOf(change: JudgedChange, write: Writer): void {
  const sign = signs[change.change];
  write.line(titleOf(change), `    ${sign} `, sign);
  for (const { sign: mark, depth, text } of changedLines(change)) {
    write.raw(text, `${' '.repeat(8 + depth * 2)}${mark} `, mark === ' ' ? undefined : mark);
  }
}

/** A text in lines of so many characters. */
function fitted(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    if (line !== '' && line.length + 1 + rest.length > room) {
      lines.push(line);
      line = '';
    }
    while (rest.length > room) {
      lines.push(rest.slice(0, room));
      rest = rest.slice(room);
    }
    line = line === '' ? rest : `${line} ${rest}`;
  }
  return [...lines, line];
}

/** A text in parts of at most so many characters, cut where a name or a word begins if there is such a place in the last half. */
function cutAt(text: string, room: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > room) {
    const place = Math.max(...[...' .,[/@='].map((mark) => rest.lastIndexOf(mark, room - 1)));
    const end = place > room / 2 ? place : room;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}

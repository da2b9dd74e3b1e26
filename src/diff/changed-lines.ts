import { toYaml } from '../gitops/yaml';
import { groupKindOf } from '../platform/placed-object';
import { printable } from '../platform/printable';
import { type FieldChange, fieldText } from './field-change';
import { type ObjectChange, objectOf } from './object-change';

/** A line of a comparison: what was there, what will be, or what is about both. */
export interface ChangedLine {
  readonly sign: '+' | '-' | ' ';
  /** How far it is put in. */
  readonly depth: number;
  readonly text: string;
}

/** Lines that one value is shown with; a dashboard or a script has thousands. */
const most = 24;

/** The fields of a change, line by line: short values on one line, long ones below each other. Values of Secrets are not shown. */
export function changedLines(change: ObjectChange): ChangedLine[] {
  const isSecret = groupKindOf(objectOf(change)) === 'Secret';
  return change.fields
    .flatMap((field) => (isSecret && isSecretValue(field) ? hidden(field) : linesOf(field)))
    .map((line) => ({ ...line, text: printable(line.text) }));
}

function isSecretValue({ path: [field] }: FieldChange): boolean {
  return field === 'data' || field === 'stringData';
}

function hidden({ path }: FieldChange): ChangedLine[] {
  return [{ sign: ' ', depth: 0, text: `${fieldText(path)}: (hidden)` }];
}

function linesOf({ path, before, after }: FieldChange): ChangedLine[] {
  const field = fieldText(path);
  const [was, is] = [valueLines(before), valueLines(after)];
  if (was.length <= 1 && is.length <= 1) {
    const [old, young] = [was[0] ?? '', is[0] ?? ''];
    if (was.length === 0) return [{ sign: '+', depth: 0, text: `${field}: ${young}` }];
    if (is.length === 0) return [{ sign: '-', depth: 0, text: `${field}: ${old}` }];
    // What does not fit beside a field in 80 columns stands below it.
    if (field.length + old.length + young.length <= 58)
      return [{ sign: ' ', depth: 0, text: `${field}: ${old} -> ${young}` }];
  }
  return [{ sign: ' ', depth: 0, text: `${field}:` }, ...differingLines(was, is)];
}

/** Lines that two texts do not share at their beginning and end. */
function differingLines(before: readonly string[], after: readonly string[]): ChangedLine[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [...cut('-', before.slice(start, before.length - end)), ...cut('+', after.slice(start, after.length - end))];
}

function cut(sign: '+' | '-', lines: readonly string[]): ChangedLine[] {
  const shown = lines.length > most ? lines.slice(0, most - 1) : lines;
  const rest = lines.length - shown.length;
  return [
    ...shown.map((text) => ({ sign, depth: 1, text })),
    ...(rest > 0 ? [{ sign, depth: 1, text: `... and ${rest} more lines` }] : []),
  ];
}

/** A value as YAML has it; none for one that is not there. */
function valueLines(value: unknown): string[] {
  if (value === undefined) return [];
  if (typeof value === 'string' && value.includes('\n')) return value.replace(/\n$/, '').split('\n');
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    const isWords = Array.isArray(value) && value.every((item) => typeof item !== 'object');
    const short = JSON.stringify(value);
    return isWords && short.length <= 60 ? [short] : toYaml(value).trimEnd().split('\n');
  }
  // A text that YAML would take for something else is told apart by its quotes.
  return [typeof value === 'string' ? toYaml({ v: value }).trimEnd().replace(/^v: /, '') : JSON.stringify(value)];
}

import { printable } from '../platform/printable';
import { changedLines } from './changed-lines';
import { type ClusterGroup, clusterGroups, countText, groupText } from './cluster-groups';
import { type JudgedChange, titleOf } from './diff-objects';
import { objectOf } from './object-change';
import { type ListedRisk, type RiskGroup, riskCount, riskList } from './risk-list';
import { summary } from './summary';
import type { PlaceDiff } from './tree-diff';

/** Characters that a comment on GitHub holds. */
export const commentLimit = 65_536;

/** Room for the words that say what was left out. */
const reserve = 400;

/**
 * A comparison as a comment on a pull request: risks first, then what changes as folded sections. What does not fit is left out
 * whole, object by object, and counted at the end; a section is never cut inside.
 *
 * @param limit the most characters; at least 2,000
 */
export function renderMarkdown(places: readonly PlaceDiff[], limit: number = commentLimit): string {
  const groups = clusterGroups(places);
  const risks = riskList(groups);
  const page = new Page(Math.max(limit, 2_000) - reserve);
  page.add(`### golden diff: ${summary(groups, risks)}\n`);
  const hiddenRisks = addRisks(risks, page);
  const hiddenChanges = groups.reduce((sum, group) => sum + addSection(group, page), 0);
  const all = groups.reduce((sum, { changes }) => sum + changes.length, 0);
  const left = [
    ...(hiddenRisks > 0 ? [`${hiddenRisks} of ${riskCount(risks)} risks`] : []),
    ...(hiddenChanges > 0 ? [`${hiddenChanges} of ${all} changes`] : []),
  ];
  const note = `\n> ${left.join(' and ')} are not shown: a comment holds ${limit} characters. Run \`golden diff\` to see all.\n`;
  return page.text() + (left.length > 0 ? note : '');
}

/** Text that grows as long as there is room. */
class Page {
  private readonly room: number;
  private written = '';

  constructor(room: number) {
    this.room = room;
  }

  /** Adds a text that fits, and says whether it did. */
  add(text: string): boolean {
    if (!this.fits(text.length)) return false;
    this.written += text;
    return true;
  }

  fits(length: number): boolean {
    return this.written.length + length <= this.room;
  }

  text(): string {
    return this.written;
  }
}

/** @returns how many did not fit */
function addRisks(groups: readonly RiskGroup[], page: Page): number {
  let hidden = 0;
  for (const { rule, risks } of groups) {
    const heading = `\n**${capital(rule.what)}** (\`${rule.id}\`): ${rule.why}.\n\n`;
    const lines = risks.map(riskLine);
    // A heading without anything below it says nothing.
    if (!page.fits(heading.length + lines[0].length)) {
      hidden += lines.length;
      continue;
    }
    page.add(heading);
    hidden += lines.filter((line) => !page.add(line)).length;
  }
  return hidden;
}

function riskLine({ object, namespace, detail, places }: ListedRisk): string {
  const where = namespace === undefined ? object : `${object} of ${namespace}`;
  return `- ${code(`${where}: ${detail}`)} in ${places.map(code).join(', ')}\n`;
}

/** @returns how many changes did not fit */
function addSection(group: ClusterGroup, page: Page): number {
  const blocks = group.changes.map(blockOf);
  const head = `\n<details><summary>${groupText(group)}: ${countText(group.changes)}</summary>\n\n\`\`\`diff\n`;
  const foot = '```\n\n</details>\n';
  const shown: string[] = [];
  let length = head.length + foot.length;
  for (const block of blocks) {
    if (!page.fits(length + block.length)) continue;
    shown.push(block);
    length += block.length;
  }
  if (shown.length > 0) page.add(head + shown.join('') + foot);
  return blocks.length - shown.length;
}

const signs = { added: '+', changed: '!', removed: '-' } as const;

/**
 * A change in the lines of a diff, whose first letter gives them their colour. Every line begins with a sign or is put in by four
 * spaces, so that none can end the fence around it.
 */
function blockOf(change: JudgedChange): string {
  const { namespace } = objectOf(change).metadata;
  const title = `${signs[change.change]} ${titleOf(change)}${namespace === undefined ? '' : ` of ${printable(namespace)}`}`;
  const fields = changedLines(change).map(({ sign, depth, text }) =>
    `${sign}   ${'  '.repeat(depth)}${text}`.trimEnd(),
  );
  return `${[title, ...fields].join('\n')}\n`;
}

/** Text that is shown as it is: nobody is mentioned, and nothing is a link. */
function code(text: string): string {
  const one = printable(text.replace(/\s+/g, ' ').trim());
  const run = longestRun(one);
  if (run === 0) return `\`${one}\``;
  const tick = '`'.repeat(run + 1);
  return `${tick} ${one} ${tick}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import { show } from '../platform/rule';
import { fewOf, nearMiss } from './reference-words';
import { matches, pairsOf, type Selector } from './selectors';

/** Things with labels, found by selector without looking at each of them. */
export class LabelIndex<T> {
  private readonly all: Labelled<T>[] = [];
  private readonly byLabel = new Map<string, Map<string, Labelled<T>[]>>();

  add(labels: Readonly<Record<string, unknown>>, item: T): void {
    const labelled = { labels, item };
    this.all.push(labelled);
    for (const [key, value] of Object.entries(labels)) {
      const values = this.byLabel.get(key) ?? new Map<string, Labelled<T>[]>();
      this.byLabel.set(key, values);
      const same = values.get(String(value));
      if (same === undefined) values.set(String(value), [labelled]);
      else same.push(labelled);
    }
  }

  /** What a selector selects, in the order of addition. Only what carries its rarest label is looked at. */
  *matching(selector: Selector): Generator<T> {
    let candidates: readonly Labelled<T>[] = this.all;
    for (const [key, value] of pairsOf(selector)) {
      const same = this.byLabel.get(key)?.get(value) ?? [];
      if (same.length < candidates.length) candidates = same;
    }
    for (const { labels, item } of candidates) if (matches(selector, labels)) yield item;
  }

  /** Whether a selector selects anything. */
  hasMatch(selector: Selector): boolean {
    return this.matching(selector).next().done !== true;
  }

  /** Why a selector selects nothing: the labels that nothing carries, and what is carried instead. */
  whyNone(selector: Selector): string {
    if (this.all.length === 0) return 'there is none';
    for (const [key, value] of pairsOf(selector)) {
      const values = this.byLabel.get(key);
      if (values === undefined) return `none has a label ${show(key)}${nearMiss(key, [...this.byLabel.keys()])}`;
      if (!values.has(value)) {
        const known = [...values.keys()];
        return `none has the label ${key}=${value}${nearMiss(value, known)}, only ${fewOf(known)}`;
      }
    }
    return 'none has all that it asks for';
  }
}

interface Labelled<T> {
  readonly labels: Readonly<Record<string, unknown>>;
  readonly item: T;
}

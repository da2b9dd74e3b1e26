import type { Duration } from './duration';
import { suffixed } from './names';

/** What is known of a preview: a second, small copy of an app that lives for a while. */
export interface PreviewFacts {
  /** What tells it from the app and from other previews: `pr-42`. It ends each of its names. */
  readonly id: string;
  /** How long it lives after the last commit that changed it. */
  readonly ttl: Duration;
  /**
   * Pods of each workload that always runs.
   * @default 1
   */
  readonly scale?: number;
}

/** The longest id: beside a mark for cut names it leaves 22 characters of the shortest kind of name, a CronJob's 52. */
export const maxPreviewId = 20;

/** A name as a preview has it; outside of previews the name itself. */
export function previewName(name: string, preview: PreviewFacts | undefined, max?: number): string {
  return preview === undefined ? name : suffixed(name, preview.id, max);
}

/**
 * A host as a preview has it: `orders.dev.acme.io` becomes `orders-pr-42.dev.acme.io`. The domain itself gets a label in
 * front, because a change of its first label would leave it.
 */
export function previewHost(host: string, domain: string, preview: PreviewFacts | undefined): string {
  if (preview === undefined) return host;
  if (host === domain) return `${preview.id}.${host}`;
  const [label, ...rest] = host.split('.');
  return [suffixed(label, preview.id), ...rest].join('.');
}

import { createHash } from 'node:crypto';
import { show } from './rule';

/** RFC 1035 label, the strictest of Kubernetes' name forms: what a Service needs, and so what every golden name obeys. */
const dns1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** RFC 1123 subdomain, as hosts and most object names are checked. */
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** The longest DNS label (RFC 1035 section 2.3.4). */
export const maxLabelLength = 63;

/**
 * What is wrong with a name that becomes an object's name, or undefined.
 *
 * @param max the longest that the kind allows, in characters: 63 for a Service, 52 for a CronJob (its Jobs add 11)
 */
export function nameProblem(what: string, name: unknown, max: number = maxLabelLength): string | undefined {
  if (typeof name !== 'string' || !dns1035.test(name)) {
    return `${what} ${show(name)} is no DNS label; use lower-case letters, digits and "-", starting with a letter and ending with a letter or digit`;
  }
  if (name.length > max) {
    return `${what} ${show(name)} has ${name.length} characters; use ${max} at most`;
  }
  return undefined;
}

/** Whether a text is a host name that DNS and Kubernetes accept: an RFC 1123 subdomain of at most 253 characters. */
export function isHostName(host: unknown): host is string {
  return (
    typeof host === 'string' &&
    host.length <= 253 &&
    dnsSubdomain.test(host) &&
    host.split('.').every((label) => label.length <= maxLabelLength)
  );
}

/**
 * A name made of a base and a suffix that fits a length: the base is cut and marked with a short hash of the whole when
 * it would overflow, so that two long names never meet in one.
 */
export function suffixed(base: string, suffix: string, max: number = maxLabelLength): string {
  const name = `${base}-${suffix}`;
  if (name.length <= max) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${base.slice(0, max - suffix.length - hash.length - 2).replace(/-+$/, '')}-${hash}-${suffix}`;
}

/** A text as a label value: characters that labels lack become "-", cut at 63, edges trimmed to letters and digits. */
export function labelValue(text: string): string {
  return text
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .slice(0, maxLabelLength)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}

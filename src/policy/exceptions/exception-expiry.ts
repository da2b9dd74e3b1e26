import type { Problem } from '../../platform/golden-error';
import { isRecord, oneOf, show } from '../../platform/rule';
import { nameOf, type PolicyException } from '../policy-exception';

/** An exception as far as its end is concerned, wherever it is written. */
export interface DatedException {
  /** Where it is written: a file with its line, or the platform. */
  readonly path: string;
  /** What it lets whom do: `the exception of Deployment shop/agent from host-namespaces`. */
  readonly what: string;
  /** As it is written; undefined when it never ends. */
  readonly expiresAt: string | undefined;
  readonly owner?: string;
}

/** Exceptions that are over, and those that soon will be. */
export interface Expiries {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

const day = 86_400_000;

/** How long before its end an exception is reported, in days: time enough for one sprint. */
const noticeDays = 14;

/**
 * Exceptions that are over at a time, and those that end within 14 days.
 *
 * @param now in milliseconds since 1970
 * @param longest the longest time that an exception may still have, in milliseconds
 */
export function expiries(
  exceptions: readonly DatedException[],
  now: number,
  longest = Number.POSITIVE_INFINITY,
): Expiries {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  for (const { path, what, expiresAt, owner } of exceptions) {
    const whose = owner ? ` (${owner})` : '';
    const end = expiresAt === undefined ? Number.NaN : Date.parse(expiresAt);
    if (expiresAt === undefined) {
      warnings.push({ path, message: `${what} never ends${whose}; set expiresAt` });
    } else if (Number.isNaN(end)) {
      problems.push({ path, message: `${what} ends at ${show(expiresAt)}, which is no time${whose}` });
    } else if (end <= now) {
      const message = `${what} is over since ${expiresAt}${whose}; mend the object and remove the exception, or renew it`;
      problems.push({ path, message });
    } else if (end - now > longest) {
      const message = `${what} lasts until ${expiresAt}${whose}, longer than the ${Math.floor(longest / day)} days of the platform; shorten it`;
      problems.push({ path, message });
    } else if (end - now <= noticeDays * day) {
      const left = Math.ceil((end - now) / day);
      const message = `${what} ends at ${expiresAt}, in ${left} ${left === 1 ? 'day' : 'days'}${whose}`;
      warnings.push({ path, message });
    }
  }
  return { problems, warnings };
}

/** An exception of a platform. */
export function datedException(exception: PolicyException, path: string): DatedException {
  const { owner, expiresAt } = exception;
  return { path, what: nameOf(exception), owner, expiresAt };
}

/** An object of Kyverno's kind PolicyException; undefined for any other object. */
export function datedManifest(object: object, path: string): DatedException | undefined {
  const { apiVersion, kind, metadata, spec } = object as Readonly<Record<string, unknown>>;
  if (kind !== 'PolicyException' || !/^(policies\.)?kyverno\.io\//.test(String(apiVersion))) return undefined;
  const { name, namespace } = isRecord(metadata) ? metadata : {};
  const { policyRefs, expiresAt, properties } = isRecord(spec) ? spec : {};
  const rules = Array.isArray(policyRefs) ? policyRefs.flatMap((ref) => (isRecord(ref) ? [String(ref.name)] : [])) : [];
  const owner = isRecord(properties) && typeof properties.owner === 'string' ? properties.owner : undefined;
  return {
    path,
    what: `PolicyException ${namespace === undefined ? name : `${namespace}/${name}`} from ${oneOf(rules)}`,
    expiresAt: expiresAt === undefined ? undefined : String(expiresAt),
    ...(owner !== undefined && { owner }),
  };
}

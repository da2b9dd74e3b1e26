import type { EnumRef, NumRef, StrRef } from '../../src/crossplane/composition/reference-types';
import { text } from '../../src/crossplane/composition/text';
import type { BackendRequest } from '../../src/platform/backend';
import type { Rule } from '../../src/platform/rule';
import { identifierProblem, regionProblem } from './limits';

/** Graviton, which costs a fifth less than x86 for the same work; the burstable classes are what RDS has below `large`. */
export const defaultClasses = {
  xs: 'db.t4g.micro',
  small: 'db.t4g.small',
  medium: 'db.t4g.medium',
  large: 'db.m7g.large',
  xl: 'db.m7g.xlarge',
} as const;

/** RDS takes no less for volumes of type gp3. */
export const minStorageGb = 20;

/** The port of PostgreSQL. */
export const port = 5432;

/** What of a request says what RDS may have against it. */
interface DatabaseSpec {
  readonly region?: string;
  readonly extensions?: readonly string[];
}

/** What RDS has against requests, when its networks are in one region. */
export function databaseRules(region: string): Rule<BackendRequest<DatabaseSpec>>[] {
  return [
    ({ spec }) => regionProblem(spec.region, [region]),
    ({ spec }) =>
      spec.extensions?.length
        ? 'extensions are not made by RDS; leave them out and run CREATE EXTENSION in a migration'
        : undefined,
    ({ name }) => identifierProblem('a DB instance of RDS', name),
  ];
}

/** The hour of the week in which RDS may restart, as it writes it: `sun:03:00-sun:03:59`. */
export function maintenanceWindow(window: { readonly day: EnumRef<string> | StrRef; readonly hour: NumRef }): StrRef {
  const day = window.day.toLower();
  const hour = window.hour.format('%02d');
  return text`${day}:${hour}:00-${day}:${hour}:59`;
}

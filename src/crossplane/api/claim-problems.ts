import { type Rule, show, violations } from '../../platform/rule';
import type { Api } from './api';
import type { ApiProps } from './api-props';
import { compositeKindOf, compositePluralOf } from './claim-names';
import { columnsOf } from './xrd';

interface Candidate {
  readonly api: Api;
  readonly props: ApiProps;
}

const claimRules: readonly Rule<Candidate>[] = [
  ({ api: { scope } }) =>
    scope === 'Namespaced'
      ? undefined
      : `scope ${show(scope)} has no claims, which live in namespaces; use "Namespaced", or Crossplane v2`,
  ({ api: { kind } }) =>
    compositeKindOf(kind).length <= 63
      ? undefined
      : `kind ${show(kind)} leaves no room for the kind that Crossplane v1 composes, ${show(compositeKindOf(kind))}; use 62 characters at most`,
  ({ api: { plural, group } }) => {
    const name = `${compositePluralOf(plural)}.${group}`;
    return compositePluralOf(plural).length <= 63 && name.length <= 253
      ? undefined
      : `the XRD's name ${show(name)} is too long; use a plural of 62 characters at most, and 253 with the group`;
  },
  ({ api: { versions }, props }) =>
    versions.some(({ name }) =>
      columnsOf(props, name).some((column) => column.name.toUpperCase() === 'CONNECTION-SECRET'),
    )
      ? 'column "CONNECTION-SECRET" is one that Crossplane v1 adds to claims; rename it'
      : undefined,
];

/** What in the definition of an API keeps Crossplane v1 from offering claims of it. */
export function claimProblems(api: Api, props: ApiProps): string[] {
  return violations({ api, props }, claimRules);
}

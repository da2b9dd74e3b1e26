import { isHostName, nameProblem } from '../../platform/names';
import { oneOf, type Rule, show, violations } from '../../platform/rule';
import type { Api, ApiVersion } from './api';
import type { ApiProps } from './api-props';
import type { Fields } from './field';
import { partProblems } from './field-problems';
import { narrowings, removed } from './narrowings';
import { printerColumns } from './printer-columns';

/** An API as it is about to be, with what its author wrote. */
interface Candidate {
  readonly api: Api;
  readonly props: ApiProps;
}

/** Columns that Crossplane adds. */
const takenColumns = ['SYNCED', 'READY', 'COMPOSITION', 'COMPOSITIONREVISION', 'AGE'];

const apiRules: readonly Rule<Candidate>[] = [
  ({ api: { group } }) =>
    isHostName(group) && group.includes('.')
      ? undefined
      : `group ${show(group)} is no API group; write a domain of yours, like "platform.acme.io"`,
  ({ api: { group } }) =>
    /(^|\.)(k8s|kubernetes|crossplane)\.io$/.test(group)
      ? `group ${show(group)} belongs to ${/crossplane/.test(group) ? 'Crossplane' : 'Kubernetes'}; use a domain of yours`
      : undefined,
  ({ api: { kind } }) =>
    /^[A-Z][A-Za-z0-9]{0,62}$/.test(kind)
      ? undefined
      : `kind ${show(kind)} is no kind; write it in PascalCase with 63 letters and digits at most`,
  ({ api: { plural } }) => nameProblem('plural', plural),
  ({ api: { plural, group } }) => {
    const name = `${plural}.${group}`;
    return name.length > 253
      ? `the XRD's name ${show(name)} has ${name.length} characters; use 253 at most`
      : undefined;
  },
  ({ api: { kind, plural }, props: { shortNames = [] } }) =>
    shortNames.flatMap(
      (name, i) =>
        nameProblem('short name', name) ??
        (name === plural || name === kind.toLowerCase() || shortNames.indexOf(name) < i
          ? `short name ${show(name)} is taken already; leave it out`
          : []),
    ),
  ({ props: { categories = [] } }) => categories.flatMap((name) => nameProblem('category', name) ?? []),
  ({ api: { description } }) =>
    typeof description === 'string' && description.trim() !== ''
      ? undefined
      : 'description is empty; say in a sentence what the API offers',
  ({ api: { scope } }) =>
    scope === 'Namespaced' || scope === 'Cluster'
      ? undefined
      : `scope ${show(scope)} is unknown; use "Namespaced" or "Cluster"`,
  ({ api: { maxNameLength: max } }) =>
    Number.isInteger(max) && max >= 1 && max <= 63
      ? undefined
      : `maxNameLength ${show(max)} is no length of a name; use 1 to 63, because Crossplane writes the name into a label`,
  ({ api: { connection } }) => Object.keys(connection).flatMap((key) => connectionProblem(key, connection[key]) ?? []),
  ({ props: { defaultComposition, enforcedComposition } }) =>
    defaultComposition !== undefined && enforcedComposition !== undefined
      ? 'has a defaultComposition and an enforcedComposition; the enforced one always wins, so leave the other out'
      : undefined,
];

function connectionProblem(key: string, { description }: { readonly description: string }): string | undefined {
  if (!/^[-._a-zA-Z0-9]{1,253}$/.test(key)) {
    return `connection key ${show(key)} is no key of a Secret; use letters, digits, "-", "_" and "."`;
  }
  return description ? undefined : `connection key ${show(key)} has no description; say what the value is`;
}

/** Everything in the definition of an API that Kubernetes or Crossplane would refuse, drop or overwrite. */
export function apiProblems(api: Api, props: ApiProps): string[] {
  return [
    ...violations({ api, props }, apiRules),
    ...versionNameProblems(api),
    ...api.versions.flatMap((version) => versionProblems(version, props)),
    ...conversionProblems(api, props),
  ];
}

function versionNameProblems({ versions }: Api): string[] {
  const problems = versions
    .filter(({ name }) => !/^v[1-9]\d*((alpha|beta)[1-9]\d*)?$/.test(name))
    .map(({ name }) => `version ${show(name)} is no version; write "v1", "v1beta1" or "v2alpha1"`);
  const stored = versions.filter(({ referenceable }) => referenceable);
  const names = versions.map(({ name }) => show(name));
  if (versions.length === 0) problems.push('versions is empty; declare one, like v1');
  else if (stored.length === 0) {
    problems.push(`no version is referenceable; mark the one that compositions fulfil: ${oneOf(names)}`);
  } else if (stored.length > 1) {
    problems.push(`${stored.map(({ name }) => show(name)).join(' and ')} are referenceable; exactly one can be`);
  } else if (!stored[0].served) {
    problems.push(`version ${show(stored[0].name)} is referenceable but not served; compositions could not read it`);
  }
  return problems;
}

function versionProblems({ name, schema, deprecated }: ApiVersion, props: ApiProps): string[] {
  const { spec, status = {}, rules = [] } = props.versions[name];
  const problems = [
    ...partProblems('spec', spec, schema.spec),
    ...partProblems('status', status, schema.status),
    ...columnProblems(spec, status),
  ];
  if (deprecated !== undefined && (deprecated === '' || deprecated.length > 256)) {
    problems.push(`deprecated has ${deprecated.length} characters; say in 1 to 256 what to use instead`);
  }
  for (const { cel, message } of rules) {
    if (!message || /\n/.test(message)) problems.push(`the rule ${show(cel)} needs a message of one line`);
  }
  return problems.map((problem) => `${name}: ${problem}`);
}

function columnProblems(spec: Fields, status: Fields): string[] {
  const names = printerColumns({ spec, status }).map(({ name }) => name);
  return names.flatMap((name, i) => {
    if (name === '') return 'a column has no name; name it';
    if (takenColumns.includes(name.toUpperCase())) return `column ${show(name)} is one that Crossplane adds; rename it`;
    return names.indexOf(name) < i ? `column ${show(name)} is there twice; rename one` : [];
  });
}

/**
 * Without a webhook the API server converts between versions by changing the name of the version only: whatever a served
 * version takes is stored as it is, and what it does not know is lost when it is written.
 */
function conversionProblems({ versions, referenceable }: Api, { conversion }: ApiProps): string[] {
  if (conversion || !referenceable) return [];
  const stored = referenceable.name;
  return versions
    .filter((version) => version.served && version.name !== stored)
    .flatMap(({ name, schema }) =>
      (['spec', 'status'] as const).flatMap((part) => [
        ...narrowings(schema[part], referenceable.schema[part], part).map(
          ({ path, change }) =>
            `${name} is served and stored as ${stored}, where ${path} ${change}; let ${stored} take all that ${name} takes, give a conversion webhook, or no longer serve ${name}`,
        ),
        ...narrowings(referenceable.schema[part], schema[part], part)
          .filter(({ change }) => change === removed)
          .map(
            ({ path }) =>
              `${name} is served and lacks ${path} of ${stored}, which is lost when a request is written as ${name}; add it there, give a conversion webhook, or no longer serve ${name}`,
          ),
      ]),
    );
}

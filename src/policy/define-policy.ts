import { GoldenError } from '../platform/golden-error';
import { nameProblem } from '../platform/names';
import { oneOf, show, suggestion } from '../platform/rule';
import type { Parameters, ValuesOf } from './parameter';
import type { Policy, PolicyDefinition } from './policy';
import { sharedVariables } from './subject';

/**
 * Defines a rule: CEL that is enforced in the cluster and in process, and all that a person needs who meets it. Parameters keep their types:
 * `trustedRegistries.with({ registries: ['ghcr.io/acme'] })`.
 *
 * Expressions are compiled when the rule is first evaluated or rendered.
 *
 * @throws GoldenError with every problem of the definition
 */
export function definePolicy<const P extends Parameters = Record<never, never>>(
  definition: PolicyDefinition<P>,
): Policy<P> {
  const problems = definitionProblems(definition);
  if (problems.length > 0) {
    throw new GoldenError(problems.map((message) => ({ path: `policy ${show(definition.id)}`, message })));
  }
  const defaults = Object.entries(definition.parameters ?? {}).flatMap(([name, parameter]) =>
    parameter.default === undefined ? [] : [[name, parameter.default]],
  );
  return configured(definition, Object.fromEntries(defaults));
}

/** A rule of a definition that needs no check, such as one that was read from a file. */
export function configured<P extends Parameters>(
  definition: PolicyDefinition<P>,
  values: Partial<ValuesOf<P>>,
): Policy<P> {
  return {
    ...definition,
    values,
    with: (more) => {
      const problems = valueProblems(definition.parameters ?? {}, more);
      if (problems.length > 0) {
        throw new GoldenError(problems.map((message) => ({ path: `policy ${show(definition.id)}`, message })));
      }
      return configured(definition, { ...values, ...more });
    },
  };
}

function valueProblems(parameters: Parameters, values: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(parameters);
  return Object.entries(values).flatMap(([name, value]) => {
    const parameter = parameters[name];
    if (!parameter) {
      const allowed = names.length > 0 ? `it has ${oneOf(names)}` : 'it has none';
      return [`there is no parameter ${show(name)}${suggestion(name, names)}; ${allowed}`];
    }
    const problem = parameter.problem(value);
    return problem === undefined ? [] : [`parameter ${name}: ${problem}`];
  });
}

function definitionProblems(definition: PolicyDefinition<Parameters>): string[] {
  const { id, checks, examples, parameters = {}, variables = {} } = definition;
  const problems: (string | undefined)[] = [nameProblem('id', id)];
  for (const field of ['title', 'why', 'fix'] as const) {
    if (!definition[field]?.trim()) problems.push(`${field} is empty; a rule has to explain itself`);
  }
  if (checks.length === 0) problems.push('it checks nothing; add a check');
  if (examples.passes.length === 0) problems.push('no example passes; add an object that is allowed');
  if (examples.fails.length === 0) problems.push('no example fails; add an object that is found');
  const taken = Object.keys(sharedVariables);
  for (const name of [...Object.keys(parameters), ...Object.keys(variables)]) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(name))
      problems.push(`${show(name)} is no name; use letters and digits: maxReplicas`);
    if (taken.includes(name)) problems.push(`the name ${show(name)} is taken; all rules have ${oneOf(taken)}`);
    if (['params', 'anyObject'].includes(name)) problems.push(`the name ${show(name)} is Gatekeeper's; choose another`);
    if (name in parameters && name in variables) problems.push(`${show(name)} is both a parameter and a variable`);
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    for (const [which, value] of Object.entries({ example: parameter.example, default: parameter.default })) {
      const problem = value === undefined ? undefined : parameter.problem(value);
      if (problem) problems.push(`the ${which} of parameter ${name}: ${problem}`);
    }
  }
  return problems.filter((problem) => problem !== undefined);
}

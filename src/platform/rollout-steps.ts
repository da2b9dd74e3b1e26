import { isRecord, show, suggestion } from './rule';

/** The clusters of an environment in the order in which a change reaches them: those of one step together. */
export type RolloutSteps = readonly (readonly string[])[];

/** Every cluster of the environment is in exactly one step, and nothing else is. */
export function rolloutStepsProblems(what: string, rollout: unknown, clusters: readonly unknown[]): string[] {
  if (rollout === undefined) return [];
  const write = `write a list of clusters for each step, like [[${clusters[0]}], [${clusters.slice(1).join(', ')}]]`;
  if (!Array.isArray(rollout) || rollout.length === 0) {
    const form = isRecord(rollout) ? 'a mapping' : show(rollout);
    return [`${what} is ${form}, and no list of steps; ${write}`];
  }
  const steps: readonly unknown[] = rollout;
  const problems = steps.flatMap((step, index) =>
    Array.isArray(step) && step.length > 0 ? [] : [`${what}[${index}] ${show(step)} is no list of clusters; ${write}`],
  );
  const named: readonly unknown[] = steps.flatMap((step) => (Array.isArray(step) ? step : []));
  const known = clusters.map(String);
  for (const cluster of new Set(named)) {
    if (!clusters.includes(cluster)) {
      const nearest = suggestion(String(cluster), known);
      problems.push(`${what} names ${show(cluster)}, which is none of its clusters${nearest}; use ${known.join(', ')}`);
    } else if (named.filter((each) => each === cluster).length > 1) {
      problems.push(`${what} names the cluster ${show(cluster)} twice; leave it in one step`);
    }
  }
  const missing = clusters.filter((cluster) => !named.includes(cluster) && !steps.includes(cluster));
  if (missing.length > 0) {
    problems.push(`${what} lacks ${missing.map(show).join(', ')}; put every cluster of the environment into a step`);
  }
  return problems;
}

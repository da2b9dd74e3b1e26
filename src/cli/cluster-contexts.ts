import { ClusterError } from '../live/cluster-error';
import { show, suggestion } from '../platform/rule';

/**
 * The context of kubectl for each cluster that is read. `--context eu-prod=prod-eu` names that of one cluster; where only one is read,
 * its context stands alone.
 *
 * @param given what `--context` says, each time
 * @param clusters those that are read
 * @param known all of the platform: a context of one that is not read is passed over
 * @throws ClusterError with every cluster that has none, and every word that is about none
 */
export function clusterContexts(
  given: readonly string[],
  clusters: readonly string[],
  known: readonly string[],
): ReadonlyMap<string, string> {
  const contexts = new Map<string, string>();
  const problems: string[] = [];
  for (const word of given) {
    const at = word.indexOf('=');
    const [name, rest] = [word.slice(0, Math.max(at, 0)), word.slice(at + 1)];
    // Names of contexts may hold '=' themselves, those of clusters can't.
    const cluster = known.includes(name) || clusters.includes(name) ? name : undefined;
    const [of, context] = cluster === undefined && clusters.length === 1 ? [clusters[0], word] : [cluster, rest];
    if (of === undefined) problems.push(strange(word, name, clusters, known));
    else if (context === '') problems.push(`--context ${show(word)} names no context; write --context ${of}=NAME`);
    else if ((contexts.get(of) ?? context) !== context) {
      problems.push(`--context gives ${of} two contexts, ${show(contexts.get(of))} and ${show(context)}; keep one`);
    } else contexts.set(of, context);
  }
  const without = clusters.filter((cluster) => !contexts.has(cluster));
  if (without.length > 0 && problems.length === 0) problems.push(missing(without, clusters));
  if (problems.length > 0)
    throw new ClusterError(
      'context',
      problems.map((message) => ({ path: 'live', message })),
    );
  return contexts;
}

function strange(word: string, name: string, clusters: readonly string[], known: readonly string[]): string {
  if (name !== '')
    return `--context ${show(word)} is for ${show(name)}, which is no cluster of the platform${suggestion(name, known)}`;
  const count = `${clusters.length} clusters are read, ${clusters.join(', ')}`;
  return `--context ${show(word)} does not say which cluster it is for, and ${count}; write --context ${clusters[0]}=${word}`;
}

function missing(without: readonly string[], clusters: readonly string[]): string {
  if (clusters.length === 1)
    return `the cluster ${clusters[0]} is read through kubectl; add --context NAME, the name of its context there`;
  const flags = without.map((cluster) => `--context ${cluster}=NAME`).join(' ');
  return `${clusters.length} clusters are read, ${clusters.join(', ')}; add ${flags}, the contexts that kubectl has for them, or choose with --environment`;
}

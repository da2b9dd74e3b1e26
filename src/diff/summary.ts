import type { ClusterGroup } from './cluster-groups';
import { type RiskGroup, riskCount } from './risk-list';

/** What a comparison comes to, in a sentence. */
export function summary(groups: readonly ClusterGroup[], risks: readonly RiskGroup[]): string {
  const objects = groups.reduce((sum, { changes, clusters }) => sum + changes.length * clusters.length, 0);
  if (objects === 0) return 'nothing differs';
  const environments = new Set(groups.map(({ environment }) => environment)).size;
  const risk = riskCount(risks);
  const differ = `${counted(objects, 'object')} ${objects === 1 ? 'differs' : 'differ'} in ${counted(environments, 'environment')}`;
  return `${differ}, ${risk === 0 ? 'no risk was found' : counted(risk, 'risk')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

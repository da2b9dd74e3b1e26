import type { Goal } from './goals';
import { inChild, inTurns } from './in-child';

const teams = 200;

/** What calls, network policies, namespaces and computed quotas cost on top of the services themselves. */
export function measureTeams(): Goal[] {
  const { bounded, bare } = inTurns(3, {
    bounded: () => inChild('boundedTeams', teams),
    bare: () => inChild('bareTeams', teams),
  });
  return [
    {
      what: `with calls, policies, namespaces, quotas / without, ${teams} teams of 10 services`,
      value: bounded.render / bare.render,
      atMost: 1.3,
    },
  ];
}

import type { Finding } from '../report';
import { application, eventually, type Fields, isDelivered, stateOf, sync } from './applications';
import type { Delivered } from './delivered';

/** The Applications of a manual environment, in the order in which somebody syncs them. */
const chain = ['cluster-production', 'cluster-production.platform', 'orders-production.orders'];

/** Nothing is synced before somebody does, one Application after the other; then each arrives. */
export async function waitsForPromotion({ api, play }: Delivered): Promise<Finding> {
  const problems: string[] = [];
  for (const [index, name] of chain.entries()) {
    const isWaiting = (live: Fields) => live?.status?.sync?.status === 'OutOfSync' && !live.status.operationState;
    const waiting = await eventually(
      async () => {
        const live = await application(api, name);
        return isWaiting(live) ? [] : [`${name} does not wait: ${stateOf(live)}`];
      },
      180,
      play,
    );
    problems.push(...waiting);
    if (problems.length > 0) break;
    await sync(api, name);
    // The root stays under way until what it brings is healthy, and that waits for somebody in turn.
    if (index === 0) continue;
    const arrived = await eventually(
      async () => {
        const live = await application(api, name);
        return isDelivered(live) ? [] : [`${name} does not arrive: ${stateOf(live)}`];
      },
      240,
      play,
    );
    problems.push(...arrived);
    if (problems.length > 0) break;
  }
  return { counted: `${chain.length} Applications`, problems };
}

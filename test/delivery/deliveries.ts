import type { Environment, Platform } from 'cdk8s-golden-path';
import { Delivery, type DeliveryProps } from 'cdk8s-golden-path/delivery';
import { TeamNamespace } from 'cdk8s-golden-path/team';
import { type Manifest, synthObjects } from 'cdk8s-golden-path/testing';
import { platformEnvironment, teamPlatform } from '../team/teams';

/** A platform with a GitOps repository: `staging` follows what is published, `live` is promoted to. */
export function deliveredPlatform(): Platform {
  return teamPlatform({
    gitops: { repoUrl: 'https://github.com/acme/gitops' },
    topology: {
      environments: { staging: { clusters: ['eu'] }, live: { clusters: ['eu'], promotion: 'manual' } },
      owners: {
        platform: { group: 'platform-people' },
        orders: { group: 'orders-devs', slack: '#orders' },
        payments: { group: 'payments-devs' },
        search: { group: 'search-devs' },
        nobody: {},
      },
    },
  });
}

/** The environment of the platform's app with the namespaces of two teams. */
export function withTeams(env: Environment = platformEnvironment(deliveredPlatform())): {
  env: Environment;
  teams: TeamNamespace[];
} {
  return { env, teams: ['orders', 'payments'].map((team) => new TeamNamespace(env, team)) };
}

/** What a delivery of two teams renders, by kind and name. */
export function delivered(props: Partial<DeliveryProps> = {}, env?: Environment): Record<string, Manifest> {
  const { env: scope, teams } = withTeams(env);
  const objects = synthObjects(new Delivery(scope, 'delivery', { teams, ...props }));
  return Object.fromEntries(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

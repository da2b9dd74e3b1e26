import { type Environment, Platform, type PlatformProps, type Topology } from 'cdk8s-golden-path';
import { Tenancy, type TenancyProps } from 'cdk8s-golden-path/team';
import { type Manifest, synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';
import type { IConstruct } from 'constructs';

const topology: Topology = {
  environments: { staging: { clusters: ['eu'] }, live: { clusters: ['eu'] } },
  clusters: { eu: { kubernetes: '1.36', cloud: { aws: { region: 'eu-west-1' } } } },
  owners: {
    platform: { group: 'platform-people' },
    orders: { group: 'orders-devs', costCenter: 'cc-104', slack: '#orders' },
    payments: { group: 'payments-devs' },
    nobody: {},
  },
};

/** A platform with owners, and one Kubernetes 1.36 cluster that two environments share. */
export function teamPlatform({ topology: more, ...props }: Partial<PlatformProps> = {}): Platform {
  return new Platform({ domain: 'acme.io', ...props, topology: { ...topology, ...more } });
}

/** An environment of the platform's own app, with the tenancy that team namespaces need there. */
export function platformEnvironment(platform = teamPlatform(), props: Partial<TenancyProps> = {}): Environment {
  const env = testEnvironment({ platform, team: 'platform' });
  new Tenancy(env, 'tenancy', { keepers: { groups: ['platform-people'] }, ...props });
  return env;
}

/** An environment of the app of the team `orders`. */
export function ordersEnvironment(platform = teamPlatform()): Environment {
  return testEnvironment({ platform, team: 'orders' });
}

/** What a construct renders, by kind and name: `ResourceQuota team`. */
export function renderedBy(scope: IConstruct): Record<string, Manifest> {
  return Object.fromEntries(synthObjects(scope).map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

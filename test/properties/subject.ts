import { Construct } from 'constructs';
import { type Synthesis, synthesize } from '../../src/app/synthesize';
import {
  GoldenApp,
  GoldenCronJob,
  GoldenJob,
  GoldenService,
  GoldenStatefulService,
  GoldenWorker,
  Platform,
} from '../../src/index';

/** The five kinds of workload. */
export const kinds = ['service', 'worker', 'stateful', 'job', 'cronJob'] as const;

/** A workload to be made: what kind, under which name, told what. */
export interface Subject {
  readonly kind: (typeof kinds)[number];
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
}

const classes = {
  service: GoldenService,
  worker: GoldenWorker,
  stateful: GoldenStatefulService,
  job: GoldenJob,
  cronJob: GoldenCronJob,
} as const;

/** The domain that hosts of subjects lie in. */
export const domain = 'test.random.example';

const platform = new Platform({
  domain: 'random.example',
  topology: {
    environments: { test: { clusters: ['one'] } },
    clusters: { one: { kubernetes: '1.36', network: { hostNames: 'cilium', apiServer: ['10.0.0.1/32'] } } },
    owners: { random: {}, friends: {} },
  },
  routing: { certificateIssuer: 'issuer' },
});

/** Objects that subjects refer to and that somebody else provides. */
const external = [
  { kind: 'ConfigMap', name: 'settings' },
  { kind: 'Secret', name: 'credentials' },
  { kind: 'PersistentVolumeClaim', name: 'archive' },
] as const;

/**
 * Makes a subject in a new app, renders it and checks it.
 *
 * @param scopes ids of constructs around it, from the outside in
 */
export function synthesizeSubject({ kind, name, props }: Subject, scopes: readonly string[] = []): Synthesis {
  const app = new GoldenApp({ platform, team: 'random', system: 'properties', external });
  app.forEachEnvironment((env) => {
    const scope = scopes.reduce<Construct>((outer, id) => new Construct(outer, id), env);
    new classes[kind](scope, name, props as never);
  });
  return synthesize(app);
}

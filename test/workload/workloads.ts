import type {
  Environment,
  GoldenCronJobProps,
  GoldenJobProps,
  GoldenServiceProps,
  GoldenStatefulServiceProps,
  GoldenWorkerProps,
} from 'cdk8s-golden-path';
import { GoldenCronJob, GoldenJob, GoldenService, GoldenStatefulService, GoldenWorker } from 'cdk8s-golden-path';
import { type Manifest, synthObject, synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';

export const image = 'ghcr.io/acme/api:1.2.3';

/** An environment where others provide what the app names. */
export function furnished(...kinds: string[]): Environment {
  return testEnvironment({ external: kinds.map((kind) => ({ kind, name: '*' })) });
}

type Given<Props> = Omit<Partial<Props>, 'image'>;

export function service(props: Given<GoldenServiceProps> = {}, scope = testEnvironment()): GoldenService {
  return new GoldenService(scope, 'api', { image, port: 8080, ...props });
}

export function worker(props: Given<GoldenWorkerProps> = {}, scope = testEnvironment()): GoldenWorker {
  return new GoldenWorker(scope, 'mailer', { image, ...props });
}

export function cronJob(props: Given<GoldenCronJobProps> = {}, scope = testEnvironment()): GoldenCronJob {
  return new GoldenCronJob(scope, 'report', { image, schedule: '0 3 * * *', ...props });
}

export function job(props: Given<GoldenJobProps> = {}, scope = testEnvironment()): GoldenJob {
  return new GoldenJob(scope, 'import', { image, ...props });
}

export function stateful(props: Given<GoldenStatefulServiceProps> = {}, scope = testEnvironment()) {
  return new GoldenStatefulService(scope, 'db', { image, port: 5432, protocol: 'tcp', ...props });
}

type AnyWorkload = GoldenService | GoldenWorker | GoldenCronJob | GoldenJob | GoldenStatefulService;

/** The pod template of a workload. */
export function templateOf(workload: AnyWorkload): Manifest {
  if (workload instanceof GoldenCronJob) return synthObject(workload.cronJob).spec.jobTemplate.spec.template;
  if (workload instanceof GoldenJob) return synthObject(workload.job).spec.template;
  if (workload instanceof GoldenStatefulService) return synthObject(workload.statefulSet).spec.template;
  return synthObject(workload.deployment).spec.template;
}

/** The pods of a workload. */
export function podOf(workload: AnyWorkload) {
  return templateOf(workload).spec;
}

/** The main container of a workload. */
export function containerOf(workload: AnyWorkload) {
  return podOf(workload).containers[0];
}

/** An environment variable of the main container. */
export function variableOf(workload: AnyWorkload, name: string) {
  return containerOf(workload).env.find((variable: { name: string }) => variable.name === name);
}

/** The kinds that a workload renders. */
export function kindsOf(workload: AnyWorkload): string[] {
  return synthObjects(workload)
    .map(({ kind }) => kind)
    .sort();
}

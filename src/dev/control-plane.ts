import { ApiClient } from './api-client';
import type { Program } from './binaries';
import { controllerManagerProgram, startControllerManager } from './controller-manager';
import type { EngineHost } from './engine-host';
import { etcdProgram, startEtcd } from './etcd';
import { type ApiServer, kubeApiserverProgram, startKubeApiserver } from './kube-apiserver';
import { kwokProgram, startKwok } from './kwok';
import { schedulerProgram, startScheduler } from './scheduler';

/** Programs of `startControlPlane`. */
export const controlPlanePrograms: readonly Program[] = [etcdProgram, kubeApiserverProgram];

/** Programs of `startWorkloads`. */
export const workloadPrograms: readonly Program[] = [controllerManagerProgram, schedulerProgram, kwokProgram];

/** An API server that serves, and a client of it. */
export interface ControlPlane {
  readonly server: ApiServer;
  readonly api: ApiClient;
}

/** Starts a store and an API server: they admit and keep objects, and nothing acts on them. */
export async function startControlPlane(host: EngineHost): Promise<ControlPlane> {
  const server = await startKubeApiserver(host, { etcd: await startEtcd(host) });
  return { server, api: new ApiClient(server) };
}

/** Starts what acts on workloads: controllers, scheduler, and Nodes' kubelets as KWOK plays them. */
export async function startWorkloads(host: EngineHost, { server }: ControlPlane): Promise<void> {
  await Promise.all([startControllerManager(host, server), startScheduler(host, server), startKwok(host, server)]);
}

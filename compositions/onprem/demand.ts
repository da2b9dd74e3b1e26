import type { DefinedApi } from '../../src/crossplane/api/defined-api';
import type { Composition } from '../../src/crossplane/composition/composition';
import type { OperatorDemands } from '../../src/platform/operator-demand';
import { groupKindOf, type PlainObject } from '../../src/platform/placed-object';

// biome-ignore lint/suspicious/noExplicitAny: objects of operators are read where their schemas say that fields are
type Fields = any;

/** What operators on premises run for their objects, by group and kind. */
const operators: OperatorDemands = {
  /** A pod for each server, and one more while a server is made or replaced. Source: CloudNativePG v1.30. */
  'postgresql.cnpg.io/Cluster': ({ spec }) => {
    const { instances = 1, resources = {}, storage = {}, walStorage } = spec as Fields;
    const volumes = [storage, ...(walStorage ? [walStorage] : [])];
    return [
      {
        podSpec: {
          initContainers: [{ name: 'bootstrap-controller', resources }],
          containers: [{ name: 'postgres', resources }],
        },
        pods: { min: instances, max: instances, surge: 1 },
        claims: volumes.map((volume) => claim(volume.size, volume.storageClass)),
      },
    ];
  },
  /** A StatefulSet. Source: the defaults of the CRD, and the set-up container, of RabbitMQ's cluster operator v2.22. */
  'rabbitmq.com/RabbitmqCluster': ({ spec = {} }) => {
    const { replicas = 1, resources = rabbitmqResources, persistence = {} } = spec as Fields;
    const setUp = { cpu: '100m', memory: '500Mi' };
    return [
      {
        podSpec: {
          initContainers: [{ name: 'setup-container', resources: { requests: setUp, limits: setUp } }],
          containers: [{ name: 'rabbitmq', resources }],
        },
        pods: { min: replicas, max: replicas, surge: 0 },
        claims: [claim(persistence.storage ?? '10Gi', persistence.storageClassName)],
      },
    ];
  },
};

const rabbitmqResources = { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2', memory: '2Gi' } };

function claim(storage: string, storageClassName: string | undefined) {
  return {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage } },
    ...(storageClassName && { storageClassName }),
  };
}

/** A composition whose requests are counted in the quota of their namespace. */
export function withDemand<Made extends Composition>(made: Made): Made {
  return { ...made, operators: onpremDemand([made]) };
}

/**
 * What requests and operators' objects in a namespace need of its quota: a request needs what its composition makes. For
 * `operators` of `demandOf`, in a cluster whose requests these compositions fulfil.
 */
export function onpremDemand(compositions: readonly Composition[]): OperatorDemands {
  const requests = compositions.map(
    (made) => [`${made.api.group}/${made.api.kind}`, (request: PlainObject) => composedDemand(made, request)] as const,
  );
  return { ...operators, ...Object.fromEntries(requests) };
}

function composedDemand({ api, manifest }: Composition, request: PlainObject): ReturnType<OperatorDemands[string]> {
  // Loaded only where a quota is computed: most renders have no use for it.
  const { renderComposition } =
    require('../../src/crossplane/testing') as typeof import('../../src/crossplane/testing');
  const { metadata, spec } = request as Fields;
  const whole = {
    ...request,
    metadata: { uid: '', ...metadata },
    // A request may be counted before the API server has filled its defaults in.
    spec: { ...(api as DefinedApi).withDefaults(spec ?? {}), crossplane: {} },
  };
  return renderComposition(manifest as Fields, whole as Fields).resources.flatMap((object: Fields) =>
    (operators[groupKindOf(object)] ?? (() => []))(object),
  );
}

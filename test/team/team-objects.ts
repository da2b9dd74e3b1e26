import type { PlainObject } from '../../src/platform/placed-object';

type Fields = Readonly<Record<string, unknown>>;

/** An object of a team, as its tree holds it. */
export function teamObject(apiVersion: string, kind: string, name: string, spec: Fields = {}): PlainObject {
  return { apiVersion, kind, metadata: { name, namespace: 'shop-dev' }, spec };
}

/** A template of pods with one container that asks for this. */
export function podsOf(resources: Fields, spec: Fields = {}): Fields {
  return { spec: { containers: [{ name: 'main', resources }], ...spec } };
}

/** What most containers ask for: 200m CPU, 256Mi of memory with a limit of 512Mi. */
export const small = { requests: { cpu: '200m', memory: '256Mi' }, limits: { memory: '512Mi' } };

/** A Deployment that adds one pod during a rollout. */
export function deployment(name: string, spec: Fields = {}): PlainObject {
  const strategy = { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
  return teamObject('apps/v1', 'Deployment', name, { replicas: 2, strategy, template: podsOf(small), ...spec });
}

/** A claim. */
export function claim(name: string, storage: string): PlainObject {
  return teamObject('v1', 'PersistentVolumeClaim', name, { resources: { requests: { storage } } });
}

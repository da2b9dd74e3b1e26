import type { ExampleObject } from './policy';

type Fields = Readonly<Record<string, unknown>>;

/** A container with a name and an image, and whatever a rule is about. */
export function container(fields: Fields = {}): Fields {
  return { name: 'app', image: 'ghcr.io/acme/app:1.2.3', ...fields };
}

/** A pod of one container; its specification is what a rule is about. */
export function pod(spec: Fields = {}, metadata: Fields = {}): ExampleObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'example', namespace: 'shop', ...metadata },
    spec: { containers: [container()], ...spec },
  };
}

/** A pod whose one container has these fields. */
export function podWith(fields: Fields): ExampleObject {
  return pod({ containers: [container(fields)] });
}

/** A pod whose one container has this security context. */
export function podWithContext(securityContext: Fields): ExampleObject {
  return podWith({ securityContext });
}

/** A Deployment of such a pod. */
export function deployment(spec: Fields = {}, fields: Fields = {}, metadata: Fields = {}): ExampleObject {
  const labels = { 'app.kubernetes.io/name': 'example' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'example', namespace: 'shop', ...metadata },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container()], ...spec } },
      ...fields,
    },
  };
}

/** A CronJob of such a pod. */
export function cronJob(spec: Fields = {}, fields: Fields = {}): ExampleObject {
  const template = { spec: { restartPolicy: 'Never', containers: [container()], ...spec } };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'example', namespace: 'shop' },
    spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template } }, ...fields },
  };
}

/** An object of any kind. */
export function object(apiVersion: string, kind: string, fields: Fields = {}, metadata: Fields = {}): ExampleObject {
  return { apiVersion, kind, metadata: { name: 'example', namespace: 'shop', ...metadata }, ...fields };
}

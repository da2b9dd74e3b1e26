import type { PlainObject } from '../../src/platform/placed-object';

/** What an object of a test has beside its kind and name. */
export interface LiveFacts {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Who set which fields; each also set the labels, unless they say otherwise. */
  readonly managers?: Readonly<Record<string, object>>;
  readonly metadata?: object;
  readonly [field: string]: unknown;
}

/** Who set the label of everything that is rendered. */
export const ownsLabel = { 'f:metadata': { 'f:labels': { 'f:app.kubernetes.io/managed-by': {} } } };

/** A live object of `orders`, as Argo CD made it unless it says otherwise: `apps/v1 Deployment web`. */
export function liveObject(what: string, facts: LiveFacts = {}): PlainObject {
  const [apiVersion, kind, name] = what.split(' ');
  const { namespace = 'orders-dev', labels, annotations, managers, metadata, ...fields } = facts;
  const managedFields = Object.entries(managers ?? { 'argocd-controller': ownsLabel }).map(([manager, fieldsV1]) => ({
    ...{ manager, operation: 'Apply', fieldsType: 'FieldsV1', fieldsV1 },
  }));
  return {
    ...{ apiVersion, kind },
    metadata: {
      ...{ name, namespace, managedFields },
      labels: {
        'app.kubernetes.io/managed-by': 'cdk8s-golden-path',
        'acme.io/owner': 'orders',
        'acme.io/system': 'shop',
        'acme.io/environment': 'dev',
        ...labels,
      },
      ...(annotations && { annotations }),
      ...metadata,
    },
    ...fields,
  };
}

/** Argo CD's annotation on an object, as an Application writes it. */
export function tracking(application: string, what: string, namespace = 'orders-dev') {
  const [apiVersion, kind, name] = what.split(' ');
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return { 'argocd.argoproj.io/tracking-id': `${application}:${group}/${kind}:${namespace}/${name}` };
}

import type { KubeObject } from '../../src/dev/api-client';
import { deployment, object, pod } from '../../src/policy/example-objects';
import type { PolicyException } from '../../src/policy/policy-exception';
import type { Comparison, PolicyRequest } from './policy-verdicts';
import type { Finding } from './report';

/** Leave for one Deployment; everything else is judged as if there were none. */
export const exception: PolicyException = {
  policy: 'host-namespaces',
  object: { kind: 'Deployment', namespace: 'shop', name: 'excepted' },
  reason: 'a node agent',
  owner: 'platform',
  expiresAt: '2030-01-01T00:00:00Z',
};

/** The same for a Deployment that nothing else is about, until a moment. */
export function exceptionUntil(expiresAt: string): PolicyException {
  return { ...exception, object: { ...exception.object, name: 'excepted-for-now' }, expiresAt };
}

/** What such an exception is about. */
export const exceptedForNow: PolicyRequest = {
  object: deployment({ hostPID: true }, {}, { name: 'excepted-for-now' }) as unknown as KubeObject,
};

/** The excepted Deployment, a ReplicaSet and a Pod of it, and neighbours that differ in one thing. */
export function maybeExcepted(): PolicyRequest[] {
  const labels = { 'app.kubernetes.io/name': 'excepted' };
  const shared = { hostPID: true };
  const { spec } = deployment(shared);
  const objects = [
    deployment(shared, {}, { name: 'excepted' }),
    object('apps/v1', 'ReplicaSet', { spec }, { name: 'excepted-1', labels }),
    pod(shared, { name: 'excepted-1-x', labels }),
    deployment(shared, {}, { name: 'other', labels }),
    deployment(shared, {}, { name: 'excepted', namespace: 'other' }),
    object('apps/v1', 'StatefulSet', { spec: { ...(spec as object), serviceName: 'x' } }, { name: 'excepted', labels }),
    pod(shared, { name: 'excepted' }),
  ];
  return objects.map((each) => ({ object: each as unknown as KubeObject }));
}

/** What a comparison of these comes to: it covers three of them, whichever engine judges. */
export function exceptionFinding({ broken, judged, problems }: Comparison): Finding {
  const covered = judged.length - (broken.get(exception.policy) ?? 0);
  const wrong = covered === 3 ? [] : [`it covers ${covered} objects, not 3`];
  return { counted: `${judged.length} objects`, problems: [...problems, ...wrong] };
}

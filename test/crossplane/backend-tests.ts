import type { Composition } from '../../src/crossplane/composition/composition';
import { movedFromAnnotations } from '../../src/crossplane/resource/moved-from';
import { renderComposition } from '../../src/crossplane/testing';
import type { SteppedRender } from '../conformance/crossplane/stepped-render';
import { finished } from './composed';
import { movedTo, placeOf } from './request-of';

/** What holds for every backend: requests become ready, names differ, and each key of the contract is where it is said to be. */
export function describeBackend(
  made: Composition,
  cases: readonly SteppedRender[],
  operatorSecrets: readonly string[],
) {
  /** What a request is called outside of the cluster, when it has this name there and these annotations. */
  const namesOf = (namespace: string, name: string, annotations = {}) => {
    const { request, composition } = cases[0];
    return renderComposition(composition, movedTo(request, { namespace, name }, annotations))
      .resources.flatMap(({ metadata: { annotations: own }, spec }) => [
        own['crossplane.io/external-name'] ?? [],
        spec?.bucketName ?? [],
        spec?.vhost ?? [],
      ])
      .flat()
      .filter((found) => found !== 'app');
  };

  test.each(cases.map((one) => [one.name, one] as const))('%s: becomes ready', (_, one) => {
    const { ready, results, unready } = finished(one);
    expect({ ready, results, unready }).toEqual({ ready: true, results: [], unready: [] });
  });

  test('has every key of the contract in the Secret that it names', () => {
    const { request } = cases[0];
    const { resources, connectionDetails } = finished(cases[0]);
    const { name } = placeOf(request);
    const held = new Map(
      resources
        .filter(({ kind }) => kind === 'Secret')
        .map(({ metadata, data }) => [metadata.name as string, Object.keys(data)]),
    );
    // Crossplane v1 writes it itself, from the keys that the API names.
    if (made.target === 'v1') held.set(made.connectionSecret.replace('%s', name), Object.keys(connectionDetails));
    for (const [key, location] of Object.entries(made.connection)) {
      if ('text' in location) {
        const parts = [...location.text.matchAll(/\$\((\w+)\)/g)].map(([, part]) => part);
        expect(Object.keys(made.connection)).toEqual(expect.arrayContaining(parts));
        continue;
      }
      const secret = location.secret.replace('%s', name);
      if (!operatorSecrets.includes(secret))
        expect([key, held.get(secret)]).toEqual([key, expect.arrayContaining([location.key])]);
    }
  });

  test('reports every field of the status', () => {
    const { composite } = finished(cases[0]);
    const { conditions: _, ...status } = composite.status;
    expect(Object.keys(status).sort()).toEqual(
      Object.keys(made.api.referenceable.schema.status.properties ?? {}).sort(),
    );
  });

  test('names things outside of the cluster apart, whatever the namespace and the request are called', () => {
    const one = namesOf('team-a', 'orders-db');
    expect(one.filter((name) => namesOf('team', 'a-orders-db').includes(name))).toEqual([]);
    expect(one.filter((name) => namesOf('other', 'orders-db').includes(name))).toEqual([]);
  });

  if (!made.takesOver) return;
  test('finds what a request stood for before it was renamed and moved', () => {
    const before = namesOf('old-home', 'old-name');
    const was = { name: 'old-name', namespace: 'old-home' };
    expect(namesOf('new-home', 'new-name', movedFromAnnotations(was))).toEqual(before);
    expect(namesOf('old-home', 'new-name', movedFromAnnotations({ name: was.name }))).toEqual(before);
  });
}

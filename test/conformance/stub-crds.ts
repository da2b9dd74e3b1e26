import type { KubeObject } from '../../src/dev/api-client';

/**
 * CRDs that take any fields, for kinds of objects that no API server here serves: rules are about kinds of cloud providers, whose CRDs
 * are not kept in the repository.
 */
export function stubCrds(objects: readonly KubeObject[], isServed: (object: KubeObject) => boolean): KubeObject[] {
  const missing = new Map(
    objects.filter((object) => !isServed(object)).map((object) => [`${object.apiVersion} ${object.kind}`, object]),
  );
  return [...missing.values()].map(({ apiVersion, kind }) => {
    const [group, version] = apiVersion.split('/');
    const plural = `${kind.toLowerCase()}s`;
    const schema = {
      openAPIV3Schema: {
        type: 'object',
        properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    };
    return {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}` },
      spec: {
        group,
        scope: 'Namespaced',
        names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
        versions: [{ name: version, served: true, storage: true, schema }],
      },
    };
  });
}

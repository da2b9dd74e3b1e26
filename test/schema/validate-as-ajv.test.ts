import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Crd } from '../../src/schema/crd-kinds';
import { kindOf } from '../../src/schema/kinds';
import { definition } from '../../src/schema/kubernetes-kinds';
import type { Schema } from '../../src/schema/schema';
import { validate } from '../../src/schema/validate';
import { crdOracle, kubernetesOracle, type Oracle } from './ajv-oracle';
import { arbitraryChange, arbitraryValue, changed } from './arbitrary-object';

const kinds: [apiVersion: string, kind: string, minor: string, definition?: string][] = [
  ['apps/v1', 'Deployment', '1.30', 'apps.v1.Deployment'],
  ['apps/v1', 'StatefulSet', '1.36', 'apps.v1.StatefulSet'],
  ['v1', 'Service', '1.33', 'core.v1.Service'],
  ['v1', 'ConfigMap', '1.31', 'core.v1.ConfigMap'],
  ['batch/v1', 'CronJob', '1.34', 'batch.v1.CronJob'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', '1.35', 'autoscaling.v2.HorizontalPodAutoscaler'],
  ['networking.k8s.io/v1', 'Ingress', '1.32', 'networking.v1.Ingress'],
  ['monitoring.coreos.com/v1', 'ServiceMonitor', '1.30'],
  ['external-secrets.io/v1', 'ExternalSecret', '1.36'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', '1.34'],
  ['cert-manager.io/v1', 'Certificate', '1.34'],
  ['keda.sh/v1alpha1', 'ScaledObject', '1.34'],
  ['argoproj.io/v1alpha1', 'AppProject', '1.34'],
  ['apiextensions.crossplane.io/v1', 'Composition', '1.34'],
  ['policies.kyverno.io/v1', 'ValidatingPolicy', '1.34'],
];

/** The schema of a kind, the way to its references, and the other validator. */
function subject(apiVersion: string, kind: string, minor: string, name?: string): { schema: Schema; oracle: Oracle } {
  if (name !== undefined) return { schema: { $ref: name }, oracle: kubernetesOracle(name, minor) };
  const [group, version] = apiVersion.split('/');
  const { plural } = kindOf(apiVersion, kind, minor) ?? {};
  const path = join(__dirname, `../../imports/crds/${group}/${plural}.json`);
  const crd = JSON.parse(readFileSync(path, 'utf8')) as Crd;
  const schema = crd.spec.versions.find((candidate) => candidate.name === version)?.schema?.openAPIV3Schema ?? {};
  return { schema, oracle: crdOracle(schema, minor) };
}

describe.each(kinds)('%s %s on %s', (...[apiVersion, kind, minor, name]) => {
  const known = kindOf(apiVersion, kind, minor);
  const { schema, oracle } = subject(apiVersion, kind, minor, name);
  const resolve = (ref: string): Schema => definition(ref, minor);
  const objects = arbitraryValue(schema, resolve).map((value) => ({
    ...(value as object),
    apiVersion,
    kind,
    metadata: { name: 'a', labels: { app: 'a' }, annotations: { 'example.dev/x': 'y' } },
  }));

  test('any object, whole or broken, gets the verdict that ajv gives', () => {
    const verdicts = new Set<boolean>();
    fc.assert(
      fc.property(objects, fc.array(arbitraryChange, { maxLength: 2 }), (object, changes) => {
        const candidate = changed(object, changes);
        // What a schema cannot say (the name, and whether there is a namespace) has tests of its own.
        const violations = known
          ? validate(candidate, known).filter(({ path, keyword }) => !isAboutNames(path, keyword))
          : [];
        const expected = oracle(candidate);
        verdicts.add(expected);
        if (expected !== (violations.length === 0)) {
          throw new Error(`ajv says ${expected}, we ${JSON.stringify(violations)} of ${JSON.stringify(candidate)}`);
        }
      }),
      { numRuns: 1000 },
    );
    expect(verdicts).toEqual(new Set([true, false]));
  });
});

function isAboutNames(path: string, keyword: string): boolean {
  return keyword === 'name' || keyword === 'namespace' || (path === 'metadata.name' && keyword === 'required');
}

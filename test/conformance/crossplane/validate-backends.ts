import { observe, type PlainObject, renderComposition } from '../../../src/crossplane/testing';
import type { KubeObject } from '../../../src/dev/api-client';
import type { CrossplaneValidate } from '../../../src/dev/crossplane-validate';
import { crdsOf } from '../crds';
import type { Finding } from '../report';
import type { ComposedBackend } from './check-compositions';
import type { SteppedRender } from './stepped-render';

/** What a wrong field is called in the broken twin of a composed object. */
const wrongField = 'notThere';

/**
 * `crossplane beta validate` passes requests, compositions and everything that is composed in any step, and finds a field that no
 * schema has in a twin of each kind.
 *
 * @param definitions the XRDs of the APIs
 */
export async function validateBackends(
  program: CrossplaneValidate,
  definitions: readonly KubeObject[],
  crds: readonly KubeObject[],
  backends: readonly ComposedBackend[],
): Promise<Finding> {
  const cases = backends.flatMap((backend) => backend.cases);
  const compositions = distinct(cases.map(({ composition }) => composition));
  const requests = cases.map(({ request }) => request);
  const composed = distinct(cases.flatMap(composedObjects)).filter(({ apiVersion }) => isDescribed(apiVersion));
  const extensions = [...crdsOf(composed as unknown as KubeObject[], crds), ...definitions];
  const sound = await program.validate(extensions, [...definitions, ...compositions, ...requests, ...composed]);

  const kinds = new Map(composed.map((object) => [`${object.apiVersion}, Kind=${object.kind}`, object]));
  const twins = [...kinds.values()].map(withWrongField);
  const broken = await program.validate(extensions, twins);
  const missed = [...kinds.keys()].filter(
    (kind) => !broken.problems.some((problem) => problem.includes(kind) && problem.includes(wrongField)),
  );
  return {
    counted: `${sound.validated} objects, ${twins.length} broken ones`,
    problems: [...sound.problems, ...missed.map((kind) => `${wrongField} in ${kind} is not found`)],
  };
}

/** The object with a field that no schema has, as deep as its kind goes. */
function withWrongField(object: PlainObject): PlainObject {
  const { forProvider } = object.spec;
  const wrong = forProvider ? { forProvider: { ...forProvider, [wrongField]: 1 } } : { [wrongField]: 1 };
  return { ...object, spec: { ...object.spec, ...wrong } };
}

/** What a request composes in any of its steps, without what a cloud reports. */
function composedObjects({ composition, request, steps }: SteppedRender): PlainObject[] {
  const objects: PlainObject[] = [];
  let made: Parameters<typeof observe>[0] = { resources: [] };
  for (const { statuses } of steps) {
    made = renderComposition(composition, request, observe(made, statuses));
    objects.push(...observe(made));
  }
  return objects;
}

/** The program knows no schemas of Kubernetes' own kinds; a real API server judges these. */
function isDescribed(apiVersion: string): boolean {
  return apiVersion.split('/')[0].includes('.') && !apiVersion.split('/')[0].endsWith('.k8s.io');
}

function distinct(objects: readonly PlainObject[]): PlainObject[] {
  return [...new Map(objects.map((object) => [JSON.stringify(object), object])).values()];
}

import { compareObjects } from '../../src/diff/compare-objects';
import { fieldText } from '../../src/diff/field-change';
import type { KubernetesMinor } from '../../src/platform/kubernetes-minor';
import type { PlainObject } from '../../src/platform/placed-object';
import type { Applied } from './apply';
import type { Finding } from './report';

/** The minor of the server that conformance runs. */
const minor: KubernetesMinor = '1.36';

/** What the server assigns, which is no default of the version that was applied: another cluster assigns another value. */
const assigned = new RegExp(
  [
    '^Service spec\\.(?:clusterIPs?|ipFamilies|ipFamilyPolicy|ports\\[[^\\]]*\\]\\.nodePort)$',
    '^Namespace spec$',
    '^PersistentVolumeClaim metadata\\.finalizers$',
    // A default of the stored version.
    '^CompositeResourceDefinition spec\\.defaultCompositeDeletePolicy$',
  ].join('|'),
);

/** `golden diff` finds nothing between what was applied and what the server made of it: it knows every default. */
export function checkSemanticDiff(applied: readonly Applied[]): Finding {
  const problems = applied.flatMap(({ manifest: { object, file }, live }) => {
    if (live === undefined) return [];
    return compareObjects(object as PlainObject, live as unknown as PlainObject, { minor })
      .map(({ path, before, after }) => ({ field: fieldText(path), before, after }))
      .filter(({ field }) => !assigned.test(`${object.kind} ${field}`))
      .map(({ field, before, after }) => `${file}: ${field}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`);
  });
  return { counted: `${applied.length} objects`, problems };
}

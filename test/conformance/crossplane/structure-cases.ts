import type { PatchAndTransformInput } from '../../../src/crossplane/testing/patch-and-transform-input';
import { composition, type RenderCase } from './composition-arbitraries';
import { environmentCases } from './environment-cases';
import { healthCases } from './health-cases';
import { secretCases } from './secret-cases';
import { stepCases } from './step-cases';

const structures = { ...stepCases, ...environmentCases, ...secretCases, ...healthCases };

/** Compositions whose shape matters: steps, names, connection Secrets, readiness, kinds that auto-ready knows. */
export const structureCases: readonly RenderCase[] = Object.entries(structures).map(([name, structure]) => ({
  name,
  composition: composition(structure.inputs as PatchAndTransformInput[], structure.autoReady),
  request: {
    apiVersion: 'acme.io/v1alpha1',
    kind: 'MessageQueue',
    metadata: { name: 'orders', namespace: 'shop', uid: 'c0ffee' },
    ...structure.request,
  },
  observed: structure.observed ?? [],
  environment: structure.environment,
}));

import { createRequire } from 'node:module';

/** Loads the package as it is published, past the loader that runs the benchmarks themselves. */
export const compiled = createRequire(__filename);

export const { App, ApiObject, Chart } = compiled('cdk8s') as typeof import('cdk8s');
export const { GoldenApp, GoldenService, Platform } = compiled('cdk8s-golden-path') as typeof import('../src/index');
export const { TeamNamespace } = compiled('cdk8s-golden-path/team') as typeof import('../src/team/index');

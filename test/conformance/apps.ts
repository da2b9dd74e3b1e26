/** An app whose whole render is applied to real clusters. */
export interface ConformanceApp {
  readonly name: string;
  /** What `golden render` is given: files relative to the repository, and options. */
  readonly args: readonly string[];
}

/** Everything that conformance renders and applies. */
export const conformanceApps: readonly ConformanceApp[] = [
  { name: 'examples', args: ['examples/platform/app.ts', 'examples/orders/app.ts', 'examples/payments/app.ts'] },
  { name: 'preview', args: ['examples/orders/app.ts', '--preview', 'pr-42', '--ttl', '72h'] },
  { name: 'flux', args: ['test/conformance/flux.ts'] },
  { name: 'kitchen sink', args: ['test/conformance/kitchen-sink.ts'] },
  { name: 'sleepers', args: ['test/conformance/sleepers.ts'] },
];

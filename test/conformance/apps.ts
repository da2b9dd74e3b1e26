/** An app whose whole render is applied to real clusters. */
export interface ConformanceApp {
  readonly name: string;
  /** Files given to `golden render`, relative to the repository. */
  readonly files: readonly string[];
}

/** Everything that conformance renders and applies. */
export const conformanceApps: readonly ConformanceApp[] = [
  { name: 'examples', files: ['examples/platform/app.ts', 'examples/orders/app.ts', 'examples/payments/app.ts'] },
  { name: 'kitchen sink', files: ['test/conformance/kitchen-sink.ts'] },
  { name: 'sleepers', files: ['test/conformance/sleepers.ts'] },
];

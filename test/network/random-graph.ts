import fc from 'fast-check';

/** A service of a random graph. */
export interface GraphNode {
  readonly team: string;
  readonly name: string;
  /** Whether a route leads to it. */
  readonly routed: boolean;
  /** What Prometheus reads: nothing, the main port, or a port of its own. */
  readonly metrics: 'none' | 'main' | 'own';
  /** Whether it speaks with the API server. */
  readonly permissions: boolean;
  /** Destinations outside, of those that {@link outside} has. */
  readonly egress: readonly string[];
  /** Callers as the service lists them. */
  readonly callers: readonly (string | { readonly from: string; readonly ports: readonly string[] })[];
}

/** A call as the caller makes it. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly port: 'http' | 'admin';
}

/** A platform's services and who calls whom. */
export interface RandomGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** The ports that every service of a random graph has; the last one only with metrics of its own. */
export const ports = { http: 8080, admin: 8081, metrics: 9100 } as const;

/** Destinations outside of the cluster: one by name, one by address. */
export const outside = { 'api.stripe.example:443': '203.0.113.7', '198.51.100.0/24:5432': '198.51.100.9' } as const;

const teams = ['red', 'green', 'blue', 'grey'] as const;

const shape = fc.record({
  team: fc.constantFrom(...teams),
  routed: fc.boolean(),
  metrics: fc.constantFrom('none' as const, 'main' as const, 'own' as const),
  permissions: fc.boolean(),
  egress: fc.subarray(Object.keys(outside)),
});

/** Up to 12 services of up to 4 teams, with calls that both sides know, that only one knows, and that nobody makes. */
export const randomGraph: fc.Arbitrary<RandomGraph> = fc
  .array(shape, { minLength: 1, maxLength: 12 })
  .chain((shapes) => {
    const named = shapes.map((node, i) => ({ ...node, name: `svc-${i}` }));
    const ids = named.map(({ team, name }) => `${team}/${name}`);
    const caller = fc.oneof(
      fc.constantFrom<string>(...teams),
      fc.constantFrom(...ids),
      fc.constant('anyone'),
      fc.record({ from: fc.constantFrom(...ids), ports: fc.subarray(['http', 'admin'], { minLength: 1 }) }),
    );
    const edge = fc.record({
      from: fc.constantFrom(...ids),
      to: fc.constantFrom(...ids),
      port: fc.constantFrom('http' as const, 'admin' as const),
    });
    return fc.record({
      nodes: fc.tuple(
        ...named.map((node) => fc.array(caller, { maxLength: 2 }).map((callers) => ({ ...node, callers }))),
      ),
      edges: fc.uniqueArray(edge, { maxLength: 20, selector: ({ from, to, port }) => `${from} ${to} ${port}` }),
    });
  });

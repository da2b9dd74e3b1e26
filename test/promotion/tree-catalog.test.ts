import * as fc from 'fast-check';
import { indexedService } from '../../src/app/indexed-service';
import { indexText, parseIndex } from '../../src/gitops/folder-index';
import type { IndexedFolder } from '../../src/gitops/read-commit';
import type { CallerOptions } from '../../src/platform/callers';
import { type CatalogPort, catalogPorts } from '../../src/platform/catalog';
import { renderedAt } from '../../src/platform/rendered-services';
import { type Topology, topologyProblems } from '../../src/platform/topology';
import { treeCatalog } from '../../src/promotion/tree-catalog';

const topology: Topology = {
  environments: { staging: { clusters: ['s1'] }, production: { clusters: ['p1', 'p2'] } },
  owners: { orders: {}, payments: {} },
};
const places = ['staging/s1', 'production/p1', 'production/p2'];

interface Service {
  readonly ports: Readonly<Record<string, number | CatalogPort>>;
  readonly callers?: readonly CallerOptions[];
}

/** The index of an app of a team, as a render writes it. */
function textOf(team: string, services: Readonly<Record<string, Service>>, about: Record<string, string> = {}): string {
  const indexed = Object.entries(services).map(([id, { ports, callers = [] }]) => [
    id,
    indexedService({ ports: catalogPorts({ ports }), callers, calls: [] } as never),
  ]);
  const own = { files: [], about: { team, ...about }, services: Object.fromEntries(indexed), folder: '' };
  return indexText(`${team}/${team}`, own);
}

/** The folder of an app in a place, with an index of this text. */
function folder(place: string, team: string, text: string, namespace = team): IndexedFolder {
  const [environment, cluster] = place.split('/');
  const index = parseIndex(text);
  return { folder: `${place}/${namespace}/${team}`, environment, cluster, index, entries: [] };
}

const payments = (place: string, service: Service) =>
  folder(place, 'payments', textOf('payments', { 'payments/api': service }));
const grpc = (port: number, callers?: readonly CallerOptions[]): Service => ({ ports: { grpc: port }, callers });
const catalog = (...folders: IndexedFolder[]) => treeCatalog(folders, topology).rendered;

test('what is the same everywhere is said once', () => {
  expect(catalog(...places.map((place) => payments(place, grpc(9090, [{ from: 'orders', ports: ['grpc'] }]))))).toEqual(
    {
      'payments/api': { ports: { grpc: 9090 }, callers: ['orders'] },
    },
  );
});

test('a caller of some ports stays one of these', () => {
  const service = {
    ports: { http: { port: 8080, servicePort: 80 }, admin: 8081 },
    callers: [{ from: 'orders', ports: ['admin'] }],
  };
  expect(catalog(payments('staging/s1', service))['payments/api']).toEqual({
    ports: { http: { port: 8080, servicePort: 80 }, admin: 8081 },
    callers: [{ from: 'orders', ports: ['admin'] }],
    places: { staging: {} },
  });
});

test('what differs is said by environment, or by cluster where its clusters differ', () => {
  const callers = [{ from: 'orders' }];
  expect(catalog(payments('staging/s1', grpc(9191, callers)), payments('production/p2', grpc(9090)))).toEqual({
    'payments/api': {
      ports: { grpc: 9090 },
      places: { staging: { ports: { grpc: 9191 }, callers: ['orders'] }, 'production/p2': {} },
    },
  });
});

test('nobody can call workloads without ports, previews, and what lies outside of the topology', () => {
  const worker = folder('staging/s1', 'orders', textOf('orders', { 'orders/mailer': { ports: {} } }));
  const preview = folder('production/p1', 'orders', textOf('orders', { 'orders/web': grpc(1) }, { preview: 'pr-1' }));
  expect(catalog(worker, preview, payments('staging/s9', grpc(1)))).toEqual({});
});

test('callers of teams that are gone are left out, and named once', () => {
  const callers = [{ from: 'gone/web' }, { from: 'orders' }, { from: 'anyone' }];
  const { rendered, warnings } = treeCatalog(
    places.map((place) => payments(place, grpc(9090, callers))),
    topology,
  );
  expect(rendered['payments/api'].callers).toEqual(['anyone', 'orders']);
  expect(topologyProblems({ ...topology, rendered })).toEqual([]);
  expect(warnings.map(({ message }) => message)).toEqual([
    'payments/api lists the caller gone/web, whose team the platform does not know; it is left out of the catalog',
  ]);
});

const sound = textOf('payments', { 'payments/api': grpc(9090, [{ from: 'orders', ports: ['grpc'] }]) });
const edited = (change: (service: Record<string, unknown>) => void) => {
  const index = JSON.parse(sound);
  change(index.services['payments/api']);
  return JSON.stringify(index);
};

test.each<[string, string, RegExp]>([
  ['is in a conflict', `<<<<<<< HEAD\n${sound}`, /its index is not JSON; restore it from git/],
  ['is of another format', sound.replace('"format": 1', '"format": 2'), /has format 2, this version reads 1/],
  [
    'has services that are none',
    sound.replace('"services": {', '"services": 7, "x": {'),
    /services that are no mapping/,
  ],
  [
    'has nothing for a service',
    sound.replace(/"payments\/api": \{.*\n {2}\},\n {2}"files"/s, '"payments/api": null },\n "files"'),
    /null has no ports/,
  ],
  ['has callers that are none', edited((service) => Object.assign(service, { callers: 7 })), /callers 7 is no list/],
  [
    'has callers of no port',
    edited((service) => Object.assign(service, { callers: [{ from: 'orders', ports: ['x'] }] })),
    /port "x"/,
  ],
  ['has no ports', edited((service) => delete service.ports), /has no ports/],
  [
    'has a service that is a text',
    sound.replace(/"payments\/api": \{.*\n {2}\},\n {2}"files"/s, '"payments/api": "x" },\n "files"'),
    /"x" has no ports/,
  ],
  [
    'has a port that is none',
    edited((service) => Object.assign(service, { ports: { grpc: { port: -1 } } })),
    /\.grpc \{"port":-1\} is no port/,
  ],
  [
    'has a port of another name',
    edited((service) => Object.assign(service, { ports: { '\n\u001b': 1 } })),
    /port "\\n\\u001b" is no DNS label/,
  ],
  [
    'has the root of all objects',
    sound.replace('"payments/api"', '"__proto__"'),
    /records "__proto__", and is of the team "payments"/,
  ],
  [
    'has a service of another team',
    sound.replace('"payments/api"', '"billing/api"'),
    /records "billing\/api", and is of the team/,
  ],
  [
    'is nested without end',
    sound.replace('"port": 9090', `"port": 9090, "x": ${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    /services\["payments\/api"\] is nested too deep/,
  ],
  ['has a name that is none', sound.replace('"payments/api"', '"payments/a/b"'), /\["payments\/a\/b"\] is no service/],
])('an index that %s is refused with the others', (_, text, message) => {
  const index = JSON.stringify({ format: 1 });
  const problemsOf = () => {
    try {
      return catalog(folder('staging/s1', 'payments', text), folder('staging/s1', 'orders', index));
    } catch (error) {
      return (error as { problems: unknown }).problems;
    }
  };
  expect(problemsOf()).toEqual([
    { path: 'staging/s1/payments/payments', message: expect.stringMatching(message), cause: 'tree' },
    { path: 'staging/s1/orders/orders', message: expect.stringMatching(/lacks app/), cause: 'tree' },
  ]);
});

test('two folders that are one service in one cluster are refused', () => {
  expect(() => catalog(payments('staging/s1', grpc(1)), folder('staging/s1', 'payments', sound, 'mine'))).toThrow(
    'records payments/api, and so does staging/s1/payments/payments',
  );
});

const service = fc.record({
  ports: fc.dictionary(fc.constantFrom('http', 'grpc', 'admin'), fc.integer({ min: 1, max: 65535 }), {
    minKeys: 1,
    noNullPrototype: true,
  }),
  callers: fc
    .uniqueArray(fc.constantFrom('orders', 'payments/api', 'anyone'), { selector: String })
    .map((names) => names.map((from) => ({ from }))),
});
const tree = fc
  .uniqueArray(
    fc.record({
      team: fc.constantFrom('orders', 'payments'),
      place: fc.constantFrom(...places),
      name: fc.constantFrom('api', 'web'),
      service,
    }),
    {
      selector: ({ team, place, name }) => `${place} ${team}/${name}`,
    },
  )
  .chain((services) => fc.tuple(fc.constant(services), fc.shuffledSubarray(services, { minLength: services.length })));

test('for all trees, the catalog says of each place what is rendered there, whatever came first', () => {
  fc.assert(
    fc.property(tree, ([services, shuffled]) => {
      const folders = (all: typeof services) =>
        all.map(({ team, place, name, service: its }) =>
          folder(place, team, textOf(team, { [`${team}/${name}`]: its }), name),
        );
      const rendered = catalog(...folders(services));
      expect(JSON.stringify(catalog(...folders(shuffled)))).toBe(JSON.stringify(rendered));
      expect(topologyProblems({ ...topology, rendered })).toEqual([]);
      for (const place of places) {
        const [environment, cluster] = place.split('/');
        const there = Object.entries(rendered).flatMap(([id, each]) => {
          const entry = renderedAt(each, environment, cluster);
          return entry ? [[id, entry.ports, [...(entry.callers ?? [])]]] : [];
        });
        const expected = services
          .filter((each) => each.place === place)
          .map(({ team, name, service: its }) => [
            `${team}/${name}`,
            its.ports,
            its.callers.map(({ from }) => from).sort(),
          ]);
        expect(there).toEqual(expected.sort(([a], [b]) => (a < b ? -1 : 1)));
      }
    }),
  );
});

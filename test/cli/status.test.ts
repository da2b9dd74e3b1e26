import * as fs from 'node:fs';
import * as path from 'node:path';
import { commitFiles, commitsOf, filesOf, isolateGit, newRepository, restoreGit } from '../gitops/repositories';
import { removeFolders } from '../gitops/trees';
import { buildPackage, type GoldenPackage } from './golden-process';
import { PromotedApp } from './promoted-app';

let golden: GoldenPackage;
let app: PromotedApp;
let published: string;
let promoted: string;
let source: string;

beforeAll(() => {
  golden = buildPackage();
  isolateGit();
  app = new PromotedApp(golden);
  source = app.commitApp(8080);
  app.publish();
  app.promote();
  promoted = commitsOf(app.bare)[0];
  app.commitApp(9090);
  app.publish();
  published = commitsOf(app.bare)[0];
});
afterAll(() => {
  restoreGit();
  removeFolders();
  golden.remove();
});

/** An Application as Argo CD has it, for a folder of the app. */
function application(environment: string, cluster: string, status: object, spec: object = {}) {
  const source = { path: `${environment}/${cluster}/orders-${environment}/orders`, targetRevision: 'main' };
  return { kind: 'Application', metadata: { name: `${environment}-${cluster}` }, spec: { source, ...spec }, status };
}

const automated = { syncPolicy: { automated: { prune: true, selfHeal: true } } };
const fine = (revision: string) => ({
  sync: { status: 'Synced' },
  health: { status: 'Healthy' },
  history: [{ revision }],
});

function status(items: readonly object[] | undefined, ...args: string[]) {
  if (items) app.write('applications.json', JSON.stringify({ kind: 'List', items }));
  const asked = items ? ['--applications', 'applications.json'] : [];
  return app.run('status', 'orders', '--repo', app.bare, ...asked, ...args);
}

test('prints what is rendered, and that what runs is unknown', () => {
  const { status: code, stdout, stderr } = status(undefined);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [headings, production] = stdout.split('\n');
  expect(headings).toMatch(/^ENVIRONMENT +CLUSTER +FOLDER +SOURCE +LIBRARY +ARGO CD$/);
  expect(production).toMatch(
    new RegExp(`^production +p1 +orders-production/orders +${source.slice(0, 12)} +0\\.0\\.0 +unknown$`),
  );
  expect(stdout).toContain('production (p1, p2) is rendered with\n  r.acme.io/api:1.0.0@sha256:aaaaaaaaaaaa\n');
  expect(stdout).toMatch(/what runs is unknown: give --context or --applications/);
});

test('says why what runs is not what is rendered', () => {
  const { stdout } = status([
    application('staging', 's1', fine(promoted), automated),
    application('production', 'p1', {
      ...fine(promoted),
      sync: { status: 'OutOfSync' },
      health: { status: 'Degraded' },
      operationState: { phase: 'Failed', message: 'one\nor more' },
      resources: [
        { kind: 'Deployment', name: 'api', status: 'OutOfSync', health: { status: 'Degraded', message: 'no pods' } },
        { kind: 'Bucket', name: 'old', status: 'OutOfSync', requiresPruning: true, requiresDeletionConfirmation: true },
      ],
    }),
  ]);
  const [, p1, p2, s1] = stdout.split('\n');
  expect(p1).toMatch(/OutOfSync, Degraded +differs$/);
  expect(p2).toMatch(/missing +differs$/);
  expect(s1).toMatch(/Synced, Healthy +differs$/);
  expect(stdout).toContain(`production/p1/orders-production/orders differs
  - its last sync failed: one or more
  - waits for somebody to sync it
  - differs in Deployment api, Bucket old
  - Bucket old is to be removed, and waits for somebody to confirm it
  - Deployment api is Degraded: no pods
production/p2/orders-production/orders differs
  - no Application has the path production/p2/orders-production/orders
staging/s1/orders-staging/orders differs
  - runs the commit ${promoted.slice(0, 12)}, rendered from ${source.slice(0, 12)}; the branch holds
    what was rendered from `);
});

test('says as JSON that all runs as rendered, also at another commit with the same files', () => {
  const items = [
    application('staging', 's1', fine(published), automated),
    application('production', 'p1', fine(published)),
    application('production', 'p2', fine(promoted)),
  ];
  const { stdout } = status(items, '--json');
  const { app: owner, folders } = JSON.parse(stdout);
  expect(owner).toBe('orders/orders');
  expect(folders.map(({ differs }: { differs: unknown }) => differs)).toEqual([[], [], []]);
  expect(folders[0]).toMatchObject({
    environment: 'production',
    images: [expect.stringContaining('api:1.0.0')],
    argoCd: { commit: published },
  });
});

test.each<[string, RegExp, object, object]>([
  [
    'a commit that the branch does not have',
    /runs the commit 0{12}, which main does not have/,
    fine('0'.repeat(40)),
    {},
  ],
  ['a revision that is none', /which main does not have/, fine('--all'), {}],
  ['an Application that was never synced', /was never synced/, { sync: { status: 'OutOfSync' } }, {}],
  [
    'one that follows another branch',
    /follows "release", not main/,
    {},
    { source: { path: 'staging/s1/orders-staging/orders/', targetRevision: 'release' } },
  ],
  [
    'an error of Argo CD',
    /ComparisonError: cannot reach/,
    { ...fine('x'), conditions: [{ type: 'ComparisonError', message: 'cannot reach' }] },
    {},
  ],
])('names %s', (_, message, status_, spec) => {
  const { stdout } = status([application('staging', 's1', status_, { ...automated, ...spec })], '-e', 'staging');
  expect(stdout.replace(/\s+/g, ' ')).toMatch(message);
  expect(stdout).not.toMatch(/production/);
});

test('says what holds the roll-out that a cluster waits for', () => {
  const name = 'orders-staging.orders';
  const tracked = { 'argocd.argoproj.io/tracking-id': `${name}:argoproj.io/Application:argocd/${name}.s1` };
  const rollout = {
    ...{ kind: 'Application', metadata: { name }, spec: { source: { path: '.rollout', targetRevision: 'main' } } },
    status: {
      operationState: { phase: 'Running', message: 'retrying attempt #2' },
      resources: [{ kind: 'Application', name: `${name}.s0`, health: { status: 'Degraded', message: 'no pods' } }],
    },
  };
  const differs = (pin: string) => {
    const source = { path: 'staging/s1/orders-staging/orders', targetRevision: pin };
    const pinned = application('staging', 's1', fine(pin), { ...automated, source });
    const items = [{ ...pinned, metadata: { ...pinned.metadata, annotations: tracked } }, rollout];
    return JSON.parse(status(items, '-e', 'staging', '--json').stdout).folders[0].differs;
  };
  expect(differs(published)).toEqual([]);
  expect(differs(promoted)).toEqual([
    expect.stringMatching(/^runs the commit .*; the branch holds what was rendered from /),
    `waits until the roll-out ${name} moves it on; is syncing: retrying attempt #2; Application ${name}.s0 is Degraded: no pods`,
  ]);
});

test('reads Applications over kubectl, in the context that it is given', () => {
  const kubectl = path.join(golden.folder, 'bin-of-test');
  fs.mkdirSync(kubectl);
  const items = JSON.stringify({ items: [application('staging', 's1', fine(published), automated)] });
  fs.writeFileSync(
    path.join(kubectl, 'kubectl'),
    `#!/bin/sh\nfor each in "$@"; do echo "$each" >&2; done\n[ "$1" = "--context=-x y" ] || exit 1\ncat <<'END'\n${items}\nEND\n`,
    { mode: 0o755 },
  );
  const before = process.env.PATH;
  process.env.PATH = `${kubectl}:${before}`;
  try {
    expect(status(undefined, '--context=-x y', '-e', 'staging').stdout).toMatch(/Synced, Healthy +as rendered\n/);
    const other = status(undefined, '--context', 'other');
    expect([other.status, other.stderr]).toEqual([
      1,
      expect.stringMatching(/error in other\n +- kubectl says: --context=other/),
    ]);
  } finally {
    process.env.PATH = before;
  }
});

test('says what was edited by hand in the tree', () => {
  commitFiles(app.bare, {
    'staging/s1/orders-staging/orders/mine.yaml': '{',
    'staging/s1/orders-staging/orders/service-api.yaml': 'a: 1\n',
  });
  const { status: code, stdout } = status(undefined, '-e', 'staging');
  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /mine\.yaml' is a file that no render wrote .*service-api\.yaml' was edited by hand/,
  );
});

describe('where an index can’t be read', () => {
  const index = 'production/p1/orders-production/orders/.golden-index';
  let before: string;
  beforeAll(() => {
    before = filesOf(app.bare)[index];
    commitFiles(app.bare, { [index]: 'garbage\n' });
  });
  afterAll(() => commitFiles(app.bare, { [index]: before }));

  test('names it, and says of the others what there is to say', () => {
    const { status: code, stdout, stderr } = status(undefined);
    expect(stderr).toMatch(
      /^error in production\/p1\/orders-production\/orders\n +- its index is not JSON; restore it/,
    );
    expect(code).toBe(4);
    expect(stdout).toMatch(/^ENVIRONMENT.*\nproduction +p2 .*\nstaging +s1 .*\n\n/);
  });

  test('names it as JSON', () => {
    const { problems, folders } = JSON.parse(status(undefined, '--json', '-e', 'production').stdout);
    const message = expect.stringContaining('its index is not JSON');
    expect(problems).toEqual([{ path: 'production/p1/orders-production/orders', message }]);
    expect(folders).toEqual([expect.objectContaining({ cluster: 'p2' })]);
  });

  test('and another environment is asked for, that one is fine', () => {
    expect(status(undefined, '-e', 'staging')).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('is refused', () => {
  test.each<[string, number, RegExp, () => string[]]>([
    [
      'for an app that is not there',
      13,
      /app "order" is not in the repository \(did you mean/,
      () => ['order', '--repo', app.bare],
    ],
    [
      'for an environment that it is not in',
      13,
      /is not in environment "stagin" \(did you mean "staging"\?\)/,
      () => ['orders', '--repo', app.bare, '-e', 'stagin'],
    ],
    ['for an empty repository', 7, /the repository is empty/, () => ['orders', '--repo', newRepository()]],
    ['for a repository that is not there', 3, /can't be reached/, () => ['orders', '--repo', '/no.git']],
    [
      'for a file that is not there',
      1,
      /no\.json\n +- can't be read/,
      () => ['orders', '--repo', app.bare, '--applications', 'no.json'],
    ],
    [
      'for a file of something else',
      1,
      /app\.ts\n +- is no JSON/,
      () => ['orders', '--repo', app.bare, '--applications', 'app.ts'],
    ],
  ])('%s', (_, code, message, args) => {
    const { status: ended, stdout, stderr } = app.run('status', ...args());
    expect({ ended, stdout }).toEqual({ ended: code, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

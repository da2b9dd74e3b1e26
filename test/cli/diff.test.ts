import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { type DiffFlags, diffApps } from '../../src/cli/diff';
import { addDiffCommand } from '../../src/cli/diff-command';
import { runApps } from '../../src/cli/run-apps';
import { git, isolateGit, newRepository, restoreGit } from '../gitops/repositories';
import { newFolder, removeFolders } from '../gitops/trees';
import { recorded, tooWide } from './terminal';

const source = join(__dirname, '../../src');
const home = process.cwd();
let out: string[];
let err: string[];
let apps = 0;

beforeAll(isolateGit);
afterAll(() => {
  restoreGit();
  removeFolders();
});
beforeEach(() => {
  out = [];
  err = [];
  jest.spyOn(console, 'log').mockImplementation((text) => void out.push(`${text}\n`));
  jest.spyOn(console, 'error').mockImplementation((text) => void err.push(text));
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
});
afterEach(() => {
  process.chdir(home);
  jest.restoreAllMocks();
});

/** An app file; what it renders is said in JavaScript. */
function app(body: string, settings = '', owner = "team: 'orders'"): string {
  const file = join(newFolder(), `app-${++apps}.js`);
  writeFileSync(
    file,
    `const { GoldenApp, GoldenService, Platform } = require(${JSON.stringify(`${source}/index`)});
     const { defineApi, s } = require(${JSON.stringify(`${source}/crossplane`)});
     const { JsonPatch } = require(${JSON.stringify(require.resolve('cdk8s'))});
     const bucket = defineApi({ group: 'platform.acme.io', kind: 'Bucket', description: 'A bucket.', versions: {
       v1: { spec: { region: s.string({ immutable: true }), sizeGb: s.integer({ growOnly: true, default: 10 }) } } } });
     const topology = { environments: { dev: { clusters: ['eu-dev'] }, production: { clusters: ['eu-prod', 'us-prod'] } } };
     const platform = new Platform({ domain: 'acme.io', topology, backends: () => [{ name: 'buckets', api: bucket, connection: {}, ports: [], takesOver: true, rules: [] }], ${settings} });
     const app = new GoldenApp({ platform, ${owner}, system: 'shop' });
     const image = 'ghcr.io/acme/orders-api:1.2.3@sha256:${'0'.repeat(64)}';
     app.forEachEnvironment((env) => { ${body} });
     app.synth();`,
  );
  return file;
}

const first = `
  new GoldenService(env, 'api', { image, port: 8080, scale: env.select({ production: { min: 4, max: 8 }, default: 1 }) });
  new GoldenService(env, 'web', { image, port: 8080, scale: 1 });
  new bucket.Request(env, 'uploads', { region: 'eu', sizeGb: 50 });
  new bucket.Request(env, 'archive', { region: 'eu' });`;

/** What puts nearly everything at risk, in production. */
const second = `
  const api = new GoldenService(env, 'api', { image: image.replace('1.2.3', '1.3.0'), port: 8080, scale: env.select({ production: { min: 2, max: 8 }, default: 1 }) });
  if (env.name === 'production') {
    api.deployment.addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem', false));
    api.service.addJsonPatch(JsonPatch.add('/spec/type', 'LoadBalancer'));
  }
  new bucket.Request(env, 'uploads', { region: 'us', sizeGb: 50 });
  if (env.name === 'dev') { new GoldenService(env, 'web', { image, port: 8080, scale: 1 }); new bucket.Request(env, 'archive', { region: 'eu' }); }`;

async function rendered(body: string): Promise<string> {
  const tree = newFolder();
  expect(await runApps([app(body)], { out: tree }, true)).toBe(0);
  out = [];
  return tree;
}

async function diff(body: string, flags: DiffFlags): Promise<string> {
  out = [];
  expect(await diffApps([app(body)], flags)).toBe(0);
  return out.join('');
}

test('the same app differs in nothing', async () => {
  const tree = await rendered(first);
  expect(await diff(first, { against: tree })).toBe('nothing differs\n');
});

test('a change is told with its risks first, in 80 columns', async () => {
  const text = await diff(second, { against: await rendered(first) });
  expect(text).toBe(recorded('diff', text));
  expect(tooWide(text)).toEqual([]);
  expect(text).not.toContain('\u001b');
});

test('the same for a pull request', async () => {
  const text = await diff(second, { against: await rendered(first), markdown: true });
  expect(text).toBe(recorded('diff-markdown', text));
});

test('the same for machines', async () => {
  const { risks, places } = JSON.parse(await diff(second, { against: await rendered(first), json: true }));
  expect(risks.map(({ id, count }: { id: string; count: number }) => [id, count])).toEqual([
    ['data-deleted', 1],
    ['immutable-field', 2],
    ['security-weakened', 1],
    ['exposure-added', 1],
    ['capacity-reduced', 1],
    ['object-deleted', 4],
  ]);
  expect(places.map(({ environment, cluster }: Record<string, string>) => `${environment}/${cluster}`)).toEqual([
    'dev/eu-dev',
    'production/eu-prod',
    'production/us-prod',
  ]);
  expect(places[1].changes).toContainEqual({
    change: 'removed',
    apiVersion: 'platform.acme.io/v1',
    kind: 'Bucket',
    namespace: 'orders-production',
    name: 'archive',
    risks: [{ id: 'data-deleted', detail: expect.stringContaining('is deleted') }],
    fields: [],
  });
});

test('only the environments that are named are compared', async () => {
  const text = await diff(second, { against: await rendered(first), environment: ['dev'] });
  expect(text).not.toContain('production');
  expect(text).toContain('dev (eu-dev): 2 changed');
});

test('with --exit-code a difference ends with 1', async () => {
  const tree = await rendered(first);
  expect(await diffApps([app(first)], { against: tree, exitCode: true })).toBe(0);
  expect(await diffApps([app(second)], { against: tree, exitCode: true })).toBe(1);
});

test('an empty tree gets everything', async () => {
  expect(await diff(first, { against: newFolder() })).toMatch(/^dev \(eu-dev\): \d+ added$/m);
});

test('a renamed bucket that says so loses no data', async () => {
  const tree = await rendered(`new bucket.Request(env, 'uploads', { region: 'eu' });`);
  const renamed = (options: string) => `new bucket.Request(env, 'files', { region: 'eu' }, ${options});`;
  expect(await diff(renamed('{}'), { against: tree })).toContain('data-deleted');
  expect(await diff(renamed("{ movedFrom: { name: 'uploads' } }"), { against: tree })).not.toContain('data-deleted');
});

describe('a tree', () => {
  let tree: string;
  let work: string;
  let bare: string;
  let text: string;

  beforeAll(async () => {
    jest.spyOn(console, 'log').mockImplementation(() => {});
    tree = await rendered(first);
    work = newFolder();
    bare = join(newFolder(), 'gitops.git');
    git(work, 'init', '--quiet');
    git(work, 'commit', '--quiet', '--allow-empty', '-m', 'Empty');
    for (const folder of ['.', 'deploy']) await runApps([app(first)], { out: join(work, folder) }, true);
    git(work, 'add', '--all');
    git(work, 'commit', '--quiet', '-m', 'Render');
    git(work, 'tag', 'v1');
    git(work, 'clone', '--quiet', '--bare', work, bare);
    text = '';
  });
  beforeEach(async () => {
    text = await diff(second, { against: tree });
    expect(text).toContain('data-deleted');
  });

  test.each<[string, () => string]>([
    ['a folder', () => work],
    ['a folder by its path from here', () => '.'],
    ['a commit here', () => 'HEAD'],
    ['a branch here', () => 'main'],
    ['a tag here', () => 'v1'],
    ['a folder of a commit here', () => 'HEAD:deploy'],
    ['a commit of a repository there', () => `${work}#v1`],
    ['a repository without files', () => bare],
    ['a branch of a repository without files', () => `${bare}#main`],
    ['a repository at a URL', () => `file://${bare}`],
    ['a branch of a repository at a URL', () => `file://${bare}#main`],
  ])('is %s', async (_, against) => {
    process.chdir(work);
    expect(await diff(second, { against: against() })).toBe(text);
  });

  test('of a commit before is another', async () => {
    process.chdir(work);
    expect(await diff(second, { against: 'HEAD~1' })).toMatch(/^dev \(eu-dev\): \d+ added$/m);
  });

  test.each<[string, number, string]>([
    ['live', 2, 'add --context eu-dev=NAME --context eu-prod=NAME --context us-prod=NAME'],
    ['./none', 3, 'there is no folder'],
    ['none', 7, '"none" is neither a folder nor a commit of the repository at'],
    ['HEAD:deploy/.gitignore', 7, 'is neither a folder nor a commit'],
    ['file:///none.git', 3, "can't be reached"],
    ['--upload-pack=x', 2, 'begins with a dash, which git would take for an option'],
    ['ext::sh -c x', 2, 'names a program to run'],
    ['a\nb', 2, 'has a line break'],
    ['file:///none.git#..', 2, 'is no name of a branch'],
  ])('is not %j', async (against, code, message) => {
    process.chdir(work);
    expect(await diffApps([app(first)], { against })).toBe(code);
    expect(err.join('\n')).toContain(message);
    expect(err[err.length - 1]).toBe('nothing was compared');
  });

  test('is not a repository that is empty', async () => {
    const empty = newRepository();
    expect(await diffApps([app(first)], { against: empty })).toBe(7);
    expect(err.join('\n')).toContain(`the repository at "${empty}" is empty; publish to it first`);
  });

  test('is that of the platform when none is named', async () => {
    const settings = `gitops: { repoUrl: ${JSON.stringify(`file://${bare}`)} }`;
    expect(await diffApps([app(second, settings)], {})).toBe(0);
    expect(out.join('')).toBe(text + text);
    expect(await diffApps([app(second)], {})).toBe(2);
    expect(err.join('\n')).toContain(
      "there is no tree to compare with; give --against, or the platform's gitops.repoUrl",
    );
  });
});

test('help fits a terminal, and flags that exclude each other are refused', async () => {
  const program = new Command('golden')
    .exitOverride()
    .configureOutput({ writeOut: (text) => out.push(text), writeErr: (text) => err.push(text) });
  addDiffCommand(program);
  program.commands[0].exitOverride().configureHelp({ helpWidth: 80 });
  await expect(program.parseAsync(['node', 'golden', 'diff', '--help'])).rejects.toMatchObject({ exitCode: 0 });
  // What exit codes mean is said for all commands at once.
  const text = out.join('').replace(/^Exit codes:[\s\S]*?(?=With --exit-code)/m, '');
  expect(text).toBe(recorded('diff-help', text));
  expect(tooWide(text)).toEqual([]);
  await expect(program.parseAsync(['node', 'golden', 'diff', '--json', '--markdown'])).rejects.toThrow('give either');
  await expect(program.parseAsync(['node', 'golden', 'diff', '--context', 'a'])).rejects.toThrow(
    'is for --against live',
  );
});

test('an app that is wrong compares nothing', async () => {
  const wrong = app(`new GoldenService(env, 'api', { image, port: -1 });`);
  const tree = await rendered(first);
  expect(await diffApps([wrong], { against: tree })).toBe(1);
  expect(await diffApps([app(`throw new Error('no');`)], { against: tree, exitCode: true })).toBe(9);
  expect(err[err.length - 1]).toBe('nothing was compared');
});

test('a file with merge markers is named', async () => {
  const tree = await rendered(first);
  const file = 'dev/eu-dev/orders-dev/orders/deployment-api.yaml';
  writeFileSync(join(tree, file), '<<<<<<< HEAD\na: {\n');
  expect(await diffApps([app(first)], { against: tree, json: true })).toBe(4);
  expect(JSON.parse(out.join('')).problems).toEqual([
    { path: file, message: 'is no Kubernetes object, so nothing can be compared with it; render it again' },
  ]);
});

test('an index with merge markers is named', async () => {
  const tree = await rendered(first);
  writeFileSync(join(tree, 'dev/eu-dev/orders-dev/orders/.golden-index'), '<<<<<<< HEAD\n');
  expect(await diffApps([app(first)], { against: tree })).toBe(4);
  expect(err.join('\n')).toContain('its index is not JSON; restore it from git');
});

test('a tree of a newer version of the library is compared, with a warning: writing to it is refused', async () => {
  const tree = await rendered(first);
  const index = join(tree, 'dev/eu-dev/orders-dev/orders/.golden-index');
  writeFileSync(index, readFileSync(index, 'utf8').replace(/(cdk8s-golden-path@)[^"]*/, '$199.0.0'));
  err = [];
  expect(await diff(first, { against: tree })).toBe('nothing differs\n');
  expect(err.join('\n')).toMatch(
    /^warning in dev\/eu-dev\/orders-dev\/orders\n +- '.*' was rendered by the newer cdk8s-golden-path@99\.0\.0, and this is/,
  );
  expect(JSON.parse(await diff(first, { against: tree, json: true })).warnings).toEqual([
    expect.objectContaining({ path: 'dev/eu-dev/orders-dev/orders' }),
  ]);
});

test('an app of another team with the same name is not compared', async () => {
  const tree = await rendered(first);
  const other = app(`new GoldenService(env, 'shop', { image, port: 8080 });`, '', "team: 'sales', name: 'orders'");
  expect(await runApps([other], { out: tree }, true)).toBe(0);
  expect(await diff(first, { against: tree })).toBe('nothing differs\n');
});

test('what others put into the folder of an app is not compared', async () => {
  const tree = await rendered(first);
  writeFileSync(join(tree, 'dev/eu-dev/orders-dev/orders/secret-mine.yaml'), 'kind: Secret');
  expect(await diff(first, { against: tree })).toBe('nothing differs\n');
  rmSync(join(tree, 'dev/eu-dev/orders-dev/orders/.golden-index'));
  expect(await diff(first, { against: tree })).toContain('added');
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import {
  addPreviewCommands,
  askedPreview,
  listPreviews,
  type PreviewsOptions,
  removePreviews,
  rfc3339,
} from '../../src/cli/previews';
import { runApps } from '../../src/cli/run-apps';
import { printedByTests } from './printed';

const library = join(__dirname, '../../src/index');
let folder: string;
let tree: string;
const printed = printedByTests();
let apps = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-'));
  tree = join(folder, 'gitops/tree');
  mkdirSync(tree, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function git(words: readonly string[], date = '2026-03-01T00:00:00Z', cwd = join(folder, 'gitops')): string {
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const who = ['-c', 'user.name=ci', '-c', 'user.email=ci@acme.io', '-c', 'commit.gpgsign=false'];
  const { status, stdout, stderr } = spawnSync('git', [...who, ...words], { cwd, encoding: 'utf8', env });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function commit(date: string, ...words: string[]): void {
  git(['add', '--all'], date);
  git(['commit', '--quiet', '--message', 'render', ...words], date);
}

/** An app file; Node runs one once in a process, so that each is one of its own. */
function app(more = '', props = ''): string {
  const file = join(folder, `app-${++apps}.js`);
  writeFileSync(
    file,
    `const { GoldenApp, GoldenService, Platform } = require(${JSON.stringify(library)});
     const environments = { dev: { clusters: ['a', 'b'] }, test: { clusters: ['a'] } };
     const app = new GoldenApp({ platform: new Platform({ domain: 'acme.io', topology: { environments } }), team: 'orders', system: 'shop' });
     app.forEachEnvironment((env) => new GoldenService(env, 'api', { image: 'a/b:1', port: 8080, ${props} }));
     ${more}
     app.synth();`,
  );
  return file;
}

async function renderPreview(id: string, ttl = '72h', props = ''): Promise<void> {
  expect(await runApps([app('', props)], { out: tree, asked: { id, ttl: ttl as never } }, true)).toBe(0);
  printed.out = [];
}

const at = (time: string, more: Partial<PreviewsOptions> = {}): PreviewsOptions => ({
  tree,
  now: rfc3339(time),
  ...more,
});
const appsInTree = () => readdirSync(join(tree, 'dev/a/orders-dev')).sort();

describe('golden render --preview', () => {
  test('renders the preview of each app in one environment, and nothing else of it', async () => {
    await renderPreview('pr-42');
    expect(await runApps([app()], { out: tree, asked: { id: 'pr-42', ttl: '72h' } }, true)).toBe(0);
    expect(printed.out.join('\n').split('\n')).toEqual([
      expect.stringContaining('ENVIRONMENT'),
      expect.stringMatching(/^dev +a +orders-pr-42 +\d+ +\d+ unchanged +valid$/),
    ]);
    expect(readdirSync(tree)).toEqual(['dev']);
    expect(readdirSync(join(tree, 'dev'))).toEqual(['a']);
    expect(appsInTree()).toEqual(['orders-pr-42']);
    const deployment = readFileSync(join(tree, 'dev/a/orders-dev/orders-pr-42/deployment-api-pr-42.yaml'), 'utf8');
    expect(deployment).toContain('acme.io/preview: pr-42');
  });

  test('takes the place of the previews that the app names', async () => {
    const file = app("app.preview({ id: 'demo', ttl: '1h' });");
    expect(await runApps([file], { out: tree, asked: { id: 'pr-42', ttl: '72h' } }, true)).toBe(0);
    expect(appsInTree()).toEqual(['orders-pr-42']);
  });

  test('asks nothing of other clusters and environments of the app', async () => {
    const file = app('', "scale: env.cluster === 'b' || env.name === 'test' ? -1 : 1");
    expect(await runApps([file], { out: tree, asked: { id: 'pr-42', ttl: '72h' } }, true)).toBe(0);
  });

  test('touches neither the app nor other previews', async () => {
    await runApps([app()], { out: tree }, true);
    await renderPreview('pr-41');
    const before = readFileSync(join(tree, 'dev/a/orders-dev/orders/.golden-index'), 'utf8');
    await renderPreview('pr-42');
    expect(appsInTree()).toEqual(['orders', 'orders-pr-41', 'orders-pr-42']);
    expect(readFileSync(join(tree, 'dev/a/orders-dev/orders/.golden-index'), 'utf8')).toBe(before);
  });

  test('says what is wrong with it, and writes nothing', async () => {
    expect(await runApps([app()], { out: tree, asked: { id: 'PR', ttl: '72' as never } }, true)).toBe(1);
    expect(printed.err.join('\n')).toContain('preview id "PR" is no DNS label');
    expect(printed.err.join('\n')).toContain('preview ttl "72" is no duration');
    expect(readdirSync(tree)).toEqual([]);
  });

  test('refuses a preview that meets the app', async () => {
    const file = app('', "objects: { x: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shared' } } }");
    expect(await runApps([file], { out: tree, asked: { id: 'pr-42', ttl: '72h' } }, true)).toBe(1);
    expect(printed.err.join('\n')).toContain('ConfigMap "shared" is there already, made by orders/dev/a/api/x');
    expect(readdirSync(tree)).toEqual([]);
  });
});

describe('a preview is over when its ttl has passed since the last commit that changed it', () => {
  beforeEach(async () => {
    git(['init', '--quiet']);
    await runApps([app()], { out: tree }, true);
    await renderPreview('pr-41');
    await renderPreview('pr-42', '10d');
    commit('2026-03-01T00:00:00Z');
    await renderPreview('pr-41', '72h', 'scale: 1, config: { A: 1 }');
    commit('2026-03-02T12:00:00+02:00');
    printed.out = [];
  });

  test('list says when', () => {
    expect(listPreviews(at('2026-03-06T00:00:00Z'))).toBe(0);
    expect(printed.out.join('\n').split('\n')).toEqual([
      'PREVIEW  APP                  ENVIRONMENT  CLUSTER  TTL  EXPIRES',
      'pr-41    orders/orders@pr-41  dev          a        72h  2026-03-05T10:00:00Z, is over',
      'pr-42    orders/orders@pr-42  dev          a        10d  2026-03-11T00:00:00Z',
    ]);
  });

  test.each([
    ['2026-03-05T09:59:59Z', ['orders', 'orders-pr-41', 'orders-pr-42']],
    ['2026-03-05T10:00:00Z', ['orders', 'orders-pr-42']],
    ['2026-03-05T11:00:00+02:00', ['orders', 'orders-pr-41', 'orders-pr-42']],
    ['2026-03-11T00:00:00Z', ['orders']],
  ])('at %s prune leaves %j', (time, left) => {
    expect(removePreviews(at(time))).toBe(0);
    expect(appsInTree()).toEqual(left);
  });

  test('what is removed is listed, and committed by whoever runs it', () => {
    const head = git(['rev-parse', 'HEAD']);
    removePreviews(at('2026-03-06T00:00:00Z'));
    expect(printed.out.join('\n')).toContain('pr-41    orders/orders@pr-41');
    expect(printed.out.join('\n')).not.toContain('pr-42');
    expect(git(['rev-parse', 'HEAD'])).toBe(head);
    expect(git(['status', '--porcelain'])).toContain(' D tree/dev/a/orders-dev/orders-pr-41/.golden-index');
  });

  test('with --commit it is one commit that holds nothing else', () => {
    for (const [key, value] of [
      ['user.name', 'ci'],
      ['user.email', 'ci@acme.io'],
    ])
      git(['config', key, value]);
    writeFileSync(join(folder, 'gitops/notes'), 'mine');
    git(['add', 'notes']);
    expect(removePreviews(at('2027-01-01T00:00:00Z', { commit: true }))).toBe(0);
    expect(printed.err).toEqual([]);
    const [subject, ...changed] = git(['log', '-1', '--format=%s', '--name-status'])
      .trim()
      .split('\n')
      .filter((l) => l);
    expect(subject).toBe('Remove 2 expired previews');
    expect(changed.every((line) => /^D\ttree\/dev\/a\/orders-dev\/orders-pr-4[12]\//.test(line))).toBe(true);
    expect(git(['status', '--porcelain'])).toBe('A  notes\n');
  });

  test('a dry run changes nothing', () => {
    expect(removePreviews(at('2026-03-06T00:00:00Z', { dryRun: true, commit: true }))).toBe(0);
    expect(printed.out.join('\n')).toContain('pr-41');
    expect(git(['status', '--porcelain'])).toBe('');
  });

  test('a change that is not committed yet keeps it', async () => {
    await renderPreview('pr-41', '72h', 'scale: 1, config: { A: 2 }');
    expect(removePreviews(at('2026-03-06T00:00:00Z'))).toBe(0);
    expect(printed.out).toEqual(['no preview has expired']);
    listPreviews(at('2026-03-06T00:00:00Z'));
    expect(printed.out[1]).toMatch(/pr-41 .* not committed yet/);
  });

  test('one with a foreign or edited file is refused, and none is removed', () => {
    const place = join(tree, 'dev/a/orders-dev/orders-pr-42');
    writeFileSync(join(place, 'mine.yaml'), 'a: b\n');
    commit('2026-03-02T13:00:00Z');
    expect(removePreviews(at('2027-01-01T00:00:00Z'))).toBe(1);
    expect(printed.err.join('\n')).toContain("orders-pr-42/mine.yaml' is a file that no render wrote");
    expect(appsInTree()).toEqual(['orders', 'orders-pr-41', 'orders-pr-42']);
  });

  test('a lifetime without unit is refused', () => {
    const file = join(tree, 'dev/a/orders-dev/orders-pr-42/.golden-index');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"10d"', '"10"'));
    expect(removePreviews(at('2027-01-01T00:00:00Z'))).toBe(1);
    expect(printed.err.join('\n')).toMatch(/the ttl of .*orders-pr-42\/\.golden-index' "10" is no duration/);
    expect(appsInTree()).toContain('orders-pr-41');
  });

  test('a shallow clone is refused, because all of its files seem young', () => {
    git(['clone', '--quiet', '--depth=1', `file://${join(folder, 'gitops')}`, 'shallow'], undefined, folder);
    expect(removePreviews(at('2027-01-01T00:00:00Z', { tree: join(folder, 'shallow/tree') }))).toBe(1);
    expect(printed.err.join('\n')).toContain('git fetch --unshallow');
    expect(existsSync(join(folder, 'shallow/tree/dev/a/orders-dev/orders-pr-41'))).toBe(true);
  });

  test('the command is golden previews', async () => {
    const run = async (...words: string[]) => {
      const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
      addPreviewCommands(program);
      printed.out = [];
      await program.parseAsync(['previews', ...words, '--tree', tree], { from: 'user' });
      return printed.out.join('\n');
    };
    const code = process.exitCode;
    expect(await run('list', '--now', '2026-03-06T00:00:00Z')).toContain('pr-42');
    expect(await run('prune', '--now', '2026-03-06T00:00:00Z', '--dry-run')).toContain('pr-41');
    expect(appsInTree()).toContain('orders-pr-41');
    await expect(run('prune', '--now', 'tomorrow')).rejects.toThrow('write an RFC 3339 time');
    expect(await run('list', '--json')).toContain('orders/orders@pr-42');
    expect(process.exitCode).toBe(0);
    process.exitCode = code;
  });

  test('JSON is for machines', () => {
    listPreviews(at('2026-03-06T00:00:00Z', { json: true }));
    expect(JSON.parse(printed.out.join('\n'))).toEqual({
      problems: [],
      previews: [
        {
          id: 'pr-41',
          app: 'orders/orders@pr-41',
          environment: 'dev',
          cluster: 'a',
          folders: ['dev/a/orders-dev/orders-pr-41'],
          ttl: '72h',
          expires: '2026-03-05T10:00:00Z',
          isExpired: true,
        },
        expect.objectContaining({ id: 'pr-42', isExpired: false }),
      ],
    });
  });
});

test('before the first commit a preview has not begun to grow old', async () => {
  git(['init', '--quiet']);
  await renderPreview('pr-42');
  expect(removePreviews(at('2099-01-01T00:00:00Z'))).toBe(0);
  expect(appsInTree()).toEqual(['orders-pr-42']);
});

test.each([
  ['a tree outside of git', () => tree, 'is in no git work tree'],
  ['a folder that is not there', () => join(folder, 'nowhere'), 'there is no such folder'],
])('%s is refused', (_, where, message) => {
  expect(removePreviews(at('2026-03-06T00:00:00Z', { tree: where() }))).toBe(1);
  expect(printed.err.join('\n')).toContain(message);
});

test.each(['2026-03-01', '2026-03-01T00:00:00', 'yesterday', '2026-13-01T00:00:00Z', ''])('%j is no time', (text) => {
  expect(() => rfc3339(text)).toThrow('RFC 3339');
});

test('a time has its offset', () => {
  expect(rfc3339('2026-03-01t01:30:00.5+01:30')).toBe(Date.UTC(2026, 2, 1, 0, 0, 0, 500));
});

describe('golden render takes for a preview', () => {
  const command = () => new Command().exitOverride().configureOutput({ writeErr: () => {} });

  test('nothing, an id with its ttl, and one environment', () => {
    expect(askedPreview({ environment: ['dev', 'test'] }, command())).toBeUndefined();
    expect(askedPreview({ preview: 'a', ttl: '1h' }, command())).toEqual({ id: 'a', ttl: '1h' });
    expect(askedPreview({ preview: 'a', ttl: '1h', environment: ['dev'] }, command())).toEqual({
      id: 'a',
      ttl: '1h',
      environment: 'dev',
    });
  });

  test.each([
    [{ preview: 'a' }, 'needs both --preview and --ttl'],
    [{ ttl: '1h' }, 'needs both --preview and --ttl'],
    [{ preview: 'a', ttl: '1h', environment: ['dev', 'test'] }, 'give --environment once'],
  ])('not %j', (flags, message) => {
    expect(() => askedPreview(flags, command())).toThrow(message);
  });
});

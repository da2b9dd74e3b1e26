import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { planTree, recoverTree, writeInSteps, writeTree } from '../../src/gitops/owned-tree';
import { readTree } from '../../src/gitops/read-tree';
import { newFolder, problemsOf, put, removeFolders, renderOf, snapshot } from './trees';
import { buildWriter, hear, runWriter, startWriter } from './writer-process';

const environments = ['staging', 'production'];
const before = renderOf(
  'orders',
  {
    'staging/eu/orders/api': {
      'deployment-api.yaml': 'old\n',
      'service-api.yaml': 'same\n',
      'job-api.yaml': 'stale\n',
    },
    'staging/eu/orders/same': { 'service-same.yaml': 'same\n' },
    'production/eu/orders/gone': { 'service-gone.yaml': 'old\n' },
  },
  environments,
);
const after = renderOf(
  'orders',
  {
    'staging/eu/orders/api': { 'deployment-api.yaml': 'new\n', 'service-api.yaml': 'same\n' },
    'staging/eu/orders/same': { 'service-same.yaml': 'same\n' },
    'staging/us/orders/api': { 'deployment-api.yaml': 'new\n' },
  },
  environments,
);

function treeOf(...renders: (typeof before)[]): string {
  const root = newFolder();
  put(root, 'README.md', 'not ours');
  for (const render of renders) {
    writeTree(root, render);
  }
  return root;
}

let writer: string;
let [old, fresh]: Record<string, string>[] = [];

beforeEach(() => {
  writer = buildWriter();
  [old, fresh] = [snapshot(treeOf(before)), snapshot(treeOf(after))];
});
afterEach(removeFolders);

/** The steps of the write from `before` to `after`, by name. */
function stepsOfWrite(): string[] {
  const steps: string[] = [];
  writeInSteps(treeOf(before), after, {}, (step) => steps.push(step));
  return steps;
}

test('killed before any of its steps, a write is rolled back or completed, and nothing is left behind', () => {
  const steps = stepsOfWrite();
  const counts = steps.indexOf('begin journal') + 1;
  expect(counts).toBeGreaterThan(10);
  steps.forEach((name, step) => {
    const root = treeOf(before);
    const { signal, stdout } = runWriter(writer, { root, renders: [after], signal: { name: 'SIGKILL', step } });
    expect([signal, stdout]).toEqual(['SIGKILL', `ready ${name}`]);
    expect(fs.readFileSync(path.join(root, '.golden/.gitignore'), 'utf8')).toBe('*\n');
    expect([step < counts ? 'rolled back' : 'completed', 'nothing']).toContain(recoverTree(root));
    expect({ name, tree: snapshot(root) }).toEqual({ name, tree: step < counts ? old : fresh });
    expect(recoverTree(root)).toBe('nothing');
  });
}, 60_000);

test('killed again and again while it recovers, it still gets there', () => {
  const steps = stepsOfWrite();
  for (const name of [
    'begin journal',
    'retire staging/eu/orders/api',
    'install staging/eu/orders/api',
    'end journal',
  ]) {
    const root = treeOf(before);
    runWriter(writer, { root, renders: [after], signal: { name: 'SIGKILL', step: steps.indexOf(name) } });
    // Each recovery is let come a step further than the one before, over ground that is partly done.
    let kills = 0;
    while (runWriter(writer, { root, renders: [], signal: { name: 'SIGKILL', step: kills } }).signal === 'SIGKILL') {
      kills++;
    }
    expect(kills).toBeGreaterThan(0);
    expect({ name, tree: snapshot(root) }).toEqual({ name, tree: name === 'begin journal' ? old : fresh });
  }
}, 60_000);

test('killed at any moment, many folders are as one: all old or all new', async () => {
  const many = (text: string) =>
    renderOf(
      'orders',
      Object.fromEntries(
        Array.from({ length: 60 }, (_, i) => [
          `staging/eu/orders/${text === 'one' || i % 3 ? `app-${i}` : `other-${i}`}`,
          Object.fromEntries(Array.from({ length: 2 }, (_, k) => [`config-${k}.yaml`, `${text} ${k}\n`])),
        ]),
      ),
    );
  const [one, two] = [many('one'), many('two')];
  const wholes = [snapshot(treeOf(one)), snapshot(treeOf(two))].map((each) => JSON.stringify(each));
  const root = treeOf(one);
  for (let run = 0; run < 25; run++) {
    const child = startWriter(writer, { root, renders: [two, one], forever: true });
    const exit = once(child, 'exit');
    await hear(child, /again/);
    await new Promise((resolve) => setTimeout(resolve, run));
    child.kill('SIGKILL');
    await exit;
    recoverTree(root);
    expect(wholes).toContain(JSON.stringify(snapshot(root)));
  }
}, 60_000);

test('the next write finishes an interrupted one first', () => {
  const root = treeOf(before);
  runWriter(writer, {
    root,
    renders: [after],
    signal: { name: 'SIGKILL', step: stepsOfWrite().indexOf('end journal') },
  });
  expect(writeTree(root, after).folders.map(({ change }) => change)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  expect(snapshot(root)).toEqual(fresh);
});

test('what only reads refuses a tree with an interrupted write', () => {
  const root = treeOf(before);
  const step = stepsOfWrite().indexOf('install staging/eu/orders/api');
  runWriter(writer, { root, renders: [after], signal: { name: 'SIGKILL', step } });
  expect(planTree(root, after).problems).toEqual([
    expect.stringMatching(/an earlier write is under way or was interrupted/),
  ]);
  expect(problemsOf(() => readTree(root))).toEqual([expect.stringMatching(/an earlier write is under way/)]);
  expect(recoverTree(root)).toBe('completed');
  expect(readTree(root)).toHaveLength(3);
});

test('failing before any of its steps, a write takes back what it did', () => {
  const steps = stepsOfWrite();
  const ended = steps.indexOf('end journal') + 1;
  steps.forEach((name, step) => {
    const root = treeOf(before);
    let n = 0;
    const write = () =>
      writeInSteps(root, after, {}, () => {
        if (n++ === step) {
          throw new Error('no');
        }
      });
    if (step < ended) {
      expect(write).toThrow('no');
      expect({ name, tree: snapshot(root) }).toEqual({ name, tree: old });
    } else {
      write();
      recoverTree(root);
      expect({ name, tree: snapshot(root) }).toEqual({ name, tree: fresh });
    }
  });
});

test('what appears in the place of a folder during its swap is kept and named', () => {
  const root = treeOf(before);
  const write = () =>
    writeInSteps(root, after, {}, (step) => {
      if (step === 'install staging/us/orders/api') {
        put(root, 'staging/us/orders/api/mine.yaml', 'mine\n');
      }
    });
  expect(problemsOf(write)).toEqual([
    expect.stringMatching(/'staging\/us\/orders\/api' appeared while it was being replaced/),
  ]);
  expect(snapshot(root)).toMatchObject({ ...old, 'staging/us/orders/api/mine.yaml': 'mine\n' });
});

test('a journal that names a folder outside the tree is refused', () => {
  const root = treeOf(before);
  put(
    root,
    '.golden/journal.forward',
    JSON.stringify({ format: 1, moves: [{ folder: '../../a/b', retires: true, installs: false }] }),
  );
  expect(problemsOf(() => recoverTree(root))).toEqual([
    expect.stringMatching(/'\.\.' in folder/),
    expect.stringMatching(/'\.\.' in folder/),
    expect.stringMatching(/remove '\.golden'/),
  ]);
});

test('a journal of a later format is refused', () => {
  const root = treeOf(before);
  put(root, '.golden/journal.forward', JSON.stringify({ format: 2 }));
  expect(problemsOf(() => recoverTree(root))).toEqual([expect.stringMatching(/format 2, this version reads 1/)]);
});

describe('two writers', () => {
  test('never write at once: the second is told who is writing', async () => {
    const root = treeOf(before);
    const child = startWriter(writer, {
      root,
      renders: [after],
      signal: { name: 'SIGSTOP', step: stepsOfWrite().indexOf('end journal') },
    });
    const exit = once(child, 'exit');
    try {
      await hear(child, /end journal/);
      expect(problemsOf(() => writeTree(root, before))).toEqual([
        expect.stringMatching(new RegExp(`another process is writing to this folder \\(writer-.*-${child.pid}-`)),
      ]);
    } finally {
      child.kill('SIGCONT');
    }
    expect(await exit).toEqual([0, null]);
    expect(snapshot(root)).toEqual(fresh);
  });

  test('that start together end with one whole tree', async () => {
    for (let round = 0; round < 5; round++) {
      const root = treeOf();
      const children = [before, after, before, after].map((render) => startWriter(writer, { root, renders: [render] }));
      const codes = (await Promise.all(children.map((child) => once(child, 'exit')))).map(([code]) => code);
      expect(codes).toContain(0);
      expect([old, fresh]).toContainEqual(snapshot(root));
    }
  }, 60_000);

  test.each([
    ['died', (pid: number) => `${os.hostname()}-${pid}-1-0`, 2 ** 22 + 1],
    ['died, whose id another process has now', (pid: number) => `${os.hostname()}-${pid}-1-0`, process.pid],
  ])('of which one %s do not stand in each other’s way', (_, name, pid) => {
    const root = treeOf(before);
    put(root, `.golden/writer-${name(pid)}`, '');
    writeTree(root, after);
    expect(snapshot(root)).toEqual(fresh);
  });

  test('on different machines: the file to remove is named', () => {
    const root = treeOf(before);
    put(root, '.golden/writer-elsewhere-1-1-0', '');
    expect(problemsOf(() => writeTree(root, after))).toEqual([
      expect.stringMatching(/remove '\.golden\/writer-elsewhere-1-1-0' if it runs no more/),
    ]);
  });
});

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { writeInSteps, writeTree } from '../../src/gitops/owned-tree';
import { api, first, newFolder, problemsOf, removeFolders, renderOf, snapshot, web } from './trees';
import { buildWriter, runWriter } from './writer-process';

afterEach(removeFolders);

const next = renderOf('orders', {
  [api]: { 'configmap-api.yaml': 'x'.repeat(100_000), 'service-api.yaml': 'kind: Service\n' },
  [web]: { 'service-web.yaml': 'changed\n' },
  'production/us/orders/web': { 'service-web.yaml': 'kind: Service\n' },
});

/** Who is not root needs a user namespace to mount something; undefined where the kernel allows neither. */
const unshare = [['-m'], ['-m', '--user', '--map-root-user']].find(
  (options) => spawnSync('unshare', [...options, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0,
);

describe('a disk without room is named, and nothing is changed:', () => {
  test('a limit on the size of files, which any user can set', () => {
    const root = newFolder();
    writeTree(root, first);
    const before = snapshot(root);
    const { status, stdout } = runWriter(buildWriter(), { root, renders: [next] }, 'ulimit -f 64;');
    expect(stdout).toMatch(/the disk is full \(EFBIG\); free some space and render again; nothing was changed$/);
    expect(status).toBe(1);
    expect(snapshot(root)).toEqual(before);
  });

  // Linux has a device that is always full. It stands where a file is about to be staged, so that the write meets it.
  const deviceTest = fs.existsSync('/dev/full') ? test : undefined;
  deviceTest?.('a device that is full, which needs no privilege', () => {
    const root = newFolder();
    writeTree(root, first);
    const before = snapshot(root);
    const write = () =>
      writeInSteps(root, next, {}, (step) => {
        if (step === `stage ${web}/service-web.yaml`) {
          const staged = fs.readdirSync(path.join(root, '.golden/staged'))[0];
          fs.symlinkSync('/dev/full', path.join(root, '.golden/staged', staged, 'service-web.yaml'));
        }
      });
    expect(problemsOf(write)).toEqual([expect.stringMatching(/^the disk is full/)]);
    expect(snapshot(root)).toEqual(before);
  });

  test('on which the root was to be made: it is not', () => {
    const root = path.join(newFolder(), 'tree');
    const { stdout } = runWriter(buildWriter(), { root, renders: [next] }, 'ulimit -f 64;');
    expect(stdout).toMatch(/the disk is full/);
    expect(fs.existsSync(root)).toBe(false);
  });

  // A file system that only the process itself sees, with room for one inode more each time: it is full at one step after another.
  const tinyDiskTest = unshare ? test : undefined;
  tinyDiskTest?.(
    'a file system that is full, at whatever step',
    () => {
      const [root, copy, writer] = [newFolder(), newFolder(), buildWriter()];
      const script = `mount -t tmpfs -o "nr_inodes=$1" tmpfs "$2" && "$0" "$3" "$4" && "$0" "$3" "$5"; cp -a "$2/." "$6"`;
      const orders = [first, next].map((render) => JSON.stringify({ root, renders: [render] }));
      const wholes = [first, next].map((render) => {
        const whole = newFolder();
        writeTree(whole, first);
        writeTree(whole, render);
        return snapshot(whole);
      });
      const outcomes = new Set<string>();
      for (let inodes = 20; inodes < 60 && !outcomes.has('written'); inodes++) {
        const target = path.join(copy, String(inodes));
        fs.mkdirSync(target);
        const args = ['sh', '-c', script, process.execPath, String(inodes), root, writer, ...orders, target];
        const { stdout, stderr } = spawnSync('unshare', [...(unshare ?? []), ...args], { encoding: 'utf8' });
        expect(stderr).toBe('');
        const said = stdout.split('ready ').slice(1);
        if (said[0] === '') {
          outcomes.add(said[1] === '' ? 'written' : 'refused');
          expect(said[1]).toMatch(/^$|the disk is full \(ENOSPC.*nothing was changed$/);
          expect({ inodes, tree: snapshot(target) }).toEqual({ inodes, tree: wholes[said[1] === '' ? 1 : 0] });
        } else {
          expect({ inodes, said, tree: snapshot(target) }).toEqual({
            inodes,
            said: [expect.stringMatching(/the disk is full/)],
            tree: {},
          });
        }
      }
      expect([...outcomes]).toEqual(['refused', 'written']);
    },
    60_000,
  );
});

describe('a folder that may not be written to is named, and nothing is changed:', () => {
  /** Root may write anywhere, so a process of no rank stands in where root runs the tests. */
  const nobody = process.getuid?.() === 0 ? 65534 : undefined;

  function refusedIn(root: string, readOnly: string): string {
    if (nobody !== undefined) {
      spawnSync('chown', ['-R', `${nobody}:${nobody}`, root]);
    }
    fs.chmodSync(readOnly, 0o555);
    const { stdout } = runWriter(buildWriter(), { root, renders: [next] }, '', nobody);
    fs.chmodSync(readOnly, 0o755);
    return stdout;
  }

  const named =
    /the folder is not writable \(EACCES at .*\); give write access to it and everything in it; nothing was changed$/;

  test('the root', () => {
    const root = newFolder();
    expect(refusedIn(root, root)).toMatch(named);
    expect(snapshot(root)).toEqual({});
  });

  test('the folder that the root would be made in', () => {
    const parent = newFolder();
    const root = path.join(parent, 'tree');
    fs.chmodSync(parent, 0o555);
    const { stdout } = runWriter(buildWriter(), { root, renders: [next] }, '', nobody);
    fs.chmodSync(parent, 0o755);
    expect(stdout).toMatch(named);
    expect(fs.readdirSync(parent)).toEqual([]);
  });

  test.each(['production', 'staging/eu/orders', api, web])(
    '%s, met when other folders are swapped already',
    (folder) => {
      const root = newFolder();
      writeTree(root, first);
      const before = snapshot(root);
      expect(refusedIn(root, path.join(root, folder))).toMatch(named);
      expect(snapshot(root)).toEqual(before);
    },
  );
});

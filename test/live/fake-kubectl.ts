import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { PlainObject } from '../../src/platform/placed-object';
import { newFolder } from '../gitops/trees';

/** What a kubectl that is played knows of one cluster. */
export interface FakeCluster {
  /** Lines of `kubectl api-resources`: name, version, whether it has namespaces, kind. */
  readonly served?: readonly string[];
  readonly live?: readonly PlainObject[];
  /** What the API server says to each object that it refuses, by kind and name. */
  readonly refused?: Readonly<Record<string, string>>;
  /** What an account may not do: `list secrets`. */
  readonly forbidden?: readonly string[];
  /** Namespaces that are not there. */
  readonly missing?: readonly string[];
  /** What kubectl says instead of anything else. */
  readonly says?: string;
}

/**
 * Puts a kubectl on the PATH that answers for the clusters of some contexts, in the words of kubectl 1.36. Conformance asks the same of
 * the real one; this is for what a real API server does seldom.
 */
export function fakeKubectl(clusters: Readonly<Record<string, FakeCluster>>) {
  const folder = newFolder();
  const path = process.env.PATH;
  writeFileSync(join(folder, 'clusters.json'), JSON.stringify(clusters));
  writeFileSync(join(folder, 'kubectl'), `#!${process.execPath}\n(${program})(${JSON.stringify(folder)});\n`);
  chmodSync(join(folder, 'kubectl'), 0o755);
  process.env.PATH = `${folder}${delimiter}${path}`;
  return {
    /** The words of each call, in the order in which they came. */
    calls(): string[][] {
      const log = join(folder, 'calls');
      if (!existsSync(log)) return [];
      return readFileSync(log, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    },
    restore() {
      process.env.PATH = path;
    },
  };
}

/** Everything that the package's kinds of these tests are served as. */
export const servedKinds = [
  'configmaps cm v1 true ConfigMap',
  'namespaces ns v1 false Namespace',
  'secrets v1 true Secret',
  'services svc v1 true Service',
  'serviceaccounts sa v1 true ServiceAccount',
  'deployments deploy apps/v1 true Deployment',
  'statefulsets sts apps/v1 true StatefulSet',
  'jobs batch/v1 true Job',
  'horizontalpodautoscalers hpa autoscaling/v2 true HorizontalPodAutoscaler',
  'networkpolicies netpol networking.k8s.io/v1 true NetworkPolicy',
  'poddisruptionbudgets pdb policy/v1 true PodDisruptionBudget',
].map((line) => `${line} create,delete,deletecollection,get,list,patch,update,watch all`);

// It is written to a file as it stands, and runs in a process of its own.
const program = `(folder) => {
  const fs = require('node:fs');
  const words = process.argv.slice(2);
  fs.appendFileSync(folder + '/calls', JSON.stringify(words) + '\\n');
  const clusters = JSON.parse(fs.readFileSync(folder + '/clusters.json', 'utf8'));
  const context = words[0].slice('--context='.length);
  const end = (code, stdout, ...lines) => {
    process.stdout.write(stdout);
    process.stderr.write(lines.map((line) => line + '\\n').join(''));
    process.exitCode = code;
  };
  if (!Object.hasOwn(clusters, context)) return end(1, '', 'error: context "' + context + '" does not exist');
  const { served = [], live = [], refused = {}, forbidden = [], missing = [], says } = clusters[context];
  if (says) return end(1, '', says);
  const [verb, what] = words.slice(2);
  if (what === '--raw=/version') return end(0, '{}');
  if (verb === 'api-resources') return end(0, served.join('\\n'));
  const kinds = served.map((line) => line.split(/\\s+/)).map((all) => all.slice(all.findIndex((word) => /^(true|false)$/.test(word)) - 1).concat(all[0]));
  const resourceOf = ({ apiVersion, kind }) => kinds.find((all) => all[0] === apiVersion && all[2] === kind)?.at(-1);
  const nameOf = ({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.namespace, metadata.name].join(' ');
  const print = (items) => JSON.stringify(items.length === 1 ? items[0] : { apiVersion: 'v1', kind: 'List', items });
  const denied = (verb, resource) => 'Error from server (Forbidden): ' + resource + ' is forbidden: User "bob" cannot ' + verb + ' resource "' + resource + '" in API group "" in the namespace "x"';
  const mayNot = (verb, resource) => forbidden.includes(verb + ' ' + resource);
  if (words.includes('--filename=-')) {
    const { items } = JSON.parse(fs.readFileSync(0, 'utf8'));
    const strange = items.filter((item) => resourceOf(item) === undefined);
    if (strange.length > 0) return end(1, '', ...strange.map(({ apiVersion, kind }) => 'unable to recognize no matches for kind "' + kind + '" in version "' + apiVersion + '"'));
    const mode = verb === 'get' ? 'get' : 'patch';
    const errors = items.flatMap((item) => {
      if (mayNot(mode, resourceOf(item))) return [denied(mode, resourceOf(item))];
      if (mode === 'get') return [];
      if (missing.includes(item.metadata.namespace)) return ['Error from server (NotFound): namespaces "' + item.metadata.namespace + '" not found'];
      return refused[item.kind + ' ' + item.metadata.name] ?? [];
    });
    if (errors.length > 0) return end(1, '', 'Warning: something else', 'E1121 23:00:00.000000 1 memcache.go:1] something else', ...errors);
    const names = new Set(items.map(nameOf));
    if (mode === 'get') {
      const found = live.filter((item) => names.has(nameOf(item)));
      return end(0, found.length > 0 ? print(found) : '');
    }
    const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
    const merged = (a, b) => isMap(a) && isMap(b) ? { ...a, ...Object.fromEntries(Object.entries(b).map(([key, value]) => [key, merged(a[key], value)])) } : b;
    return end(0, print(items.map((item) => merged(live.find((other) => nameOf(other) === nameOf(item)), item))));
  }
  const namespace = words.find((word) => word.startsWith('--namespace='))?.slice('--namespace='.length);
  const asked = what.split(',').map((word) => word.split('.')[0]);
  const errors = asked.filter((resource) => mayNot('list', resource)).map((resource) => denied('list', resource));
  const found = live.filter((item) => item.metadata.namespace === namespace && asked.includes(resourceOf(item)) && !mayNot('list', resourceOf(item)) && item.metadata.labels?.['app.kubernetes.io/managed-by'] === 'cdk8s-golden-path');
  end(errors.length > 0 ? 1 : 0, print(found), ...errors);
}`;

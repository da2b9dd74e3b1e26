import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { crdTypes } from './crd-types';
import { byCodeUnit, jsonText } from './json-schema';
import { className, kindModule } from './kind-module';
import { kubernetesData, type Minor } from './kubernetes-data';
import { type Definitions, definedKinds, minorDefinitions } from './kubernetes-definitions';
import { kubernetesModule } from './kubernetes-types';
import { type Crd, leanCrd } from './lean-crd';
import { type CrdSource, type KubernetesSource, type SourceKind, type Sources, sourceProblems } from './sources';

/**
 * Everything that is generated from the sources: contents by path below `imports/`, in code-unit order of the paths.
 *
 * @throws Error naming every source file that is missing or has other bytes than the list pins, and every kind that the
 * list names and its file lacks.
 */
export async function generate(sources: Sources, folder: string): Promise<Map<string, string>> {
  const problems = sourceProblems(sources, folder);
  if (problems.length > 0) throw new Error(problems.join('\n'));

  const files = new Map<string, string>();
  if (sources.kubernetes) {
    const minors = kubernetesMinors(sources.kubernetes, folder);
    for (const [name, data] of kubernetesData(minors)) files.set(`kubernetes/${name}`, jsonText(data));
    files.set('kubernetes.ts', await kindModule(kubernetesModule(minors[minors.length - 1])));
  }
  const crds = sources.crds.flatMap((source) => sourceCrds(source, folder));
  for (const { crd } of crds) {
    files.set(`crds/${crd.spec.group}/${crd.spec.names.plural}.json`, jsonText(crd));
  }
  files.set('crds/index.json', jsonText(crdIndex(crds.map(({ crd }) => crd))));
  for (const group of new Set(crds.map(({ crd }) => crd.spec.group))) {
    files.set(`${group}.ts`, await groupModule(crds.filter(({ crd }) => crd.spec.group === group)));
  }
  return new Map([...files].sort(([a], [b]) => byCodeUnit(a, b)));
}

/** A CRD, the version its types are made for, and the release it comes from. */
interface SourcedCrd {
  readonly crd: Crd;
  readonly version: string;
  readonly release: string;
}

function sourceCrds(source: CrdSource, folder: string): SourcedCrd[] {
  return source.files.flatMap(({ file, kinds }) => {
    const documents = (loadAll(readFileSync(resolve(folder, file), 'utf8')) as (Crd | null)[])
      .filter((document) => document?.kind === 'CustomResourceDefinition')
      .map((document) => leanCrd(document as Crd));
    return kinds.map((named) => {
      const crd = documents.find(({ spec }) => spec.group === named.group && spec.names.kind === named.kind);
      if (!crd)
        throw new Error(`${file} has no CRD for ${named.group} ${named.kind}; correct its kinds in sources.json`);
      servedVersion(crd, named, file);
      return { crd, version: named.version, release: `${source.source} ${source.version}` };
    });
  });
}

function servedVersion(crd: Crd, { kind, version }: SourceKind, file: string): void {
  const served = crd.spec.versions.filter((candidate) => candidate.served).map(({ name }) => name);
  if (served.includes(version)) return;
  throw new Error(`${file} does not serve ${kind} at ${version}; choose ${served.join(' or ')} in sources.json`);
}

function kubernetesMinors(source: KubernetesSource, folder: string): Minor[] {
  const server: Definitions = JSON.parse(readFileSync(join(folder, source.server.file), 'utf8')).components.schemas;
  return source.files.map(({ minor, file }) => {
    const published: Definitions = JSON.parse(readFileSync(join(folder, file), 'utf8')).definitions;
    return { minor, definitions: minorDefinitions(published, server, minor), kinds: definedKinds(published) };
  });
}

/** Where the CRD of a kind is, by apiVersion and kind, so that validation opens the one file it needs. */
function crdIndex(crds: readonly Crd[]): Record<string, Record<string, { plural: string; namespaced: boolean }>> {
  const index: Record<string, Record<string, { plural: string; namespaced: boolean }>> = {};
  for (const { spec } of [...crds].sort((a, b) => byCodeUnit(a.metadata.name, b.metadata.name))) {
    for (const version of spec.versions.filter(({ served }) => served)) {
      const apiVersion = `${spec.group}/${version.name}`;
      index[apiVersion] ??= {};
      index[apiVersion][spec.names.kind] = { plural: spec.names.plural, namespaced: spec.scope === 'Namespaced' };
    }
  }
  return index;
}

async function groupModule(crds: readonly SourcedCrd[]): Promise<string> {
  const definitions = crdTypes(
    crds.map(({ crd, version }) => ({
      kind: className(crd.spec.names.kind),
      apiVersion: `${crd.spec.group}/${version}`,
      schema: crd.spec.versions.find(({ name }) => name === version)?.schema.openAPIV3Schema ?? {},
    })),
  );
  const classes = crds.map(({ crd, version }) => ({
    kind: crd.spec.names.kind,
    className: className(crd.spec.names.kind),
    apiVersion: `${crd.spec.group}/${version}`,
    namespaced: crd.spec.scope === 'Namespaced',
    schema: definitions.find(({ name }) => name === className(crd.spec.names.kind))?.schema ?? {},
  }));
  const roots = new Set(classes.map((kind) => kind.className));
  return kindModule({
    origin: [...new Set(crds.map(({ release }) => release))].sort(byCodeUnit).join(', '),
    kinds: classes,
    definitions: definitions.filter(({ name }) => !roots.has(name)),
  });
}

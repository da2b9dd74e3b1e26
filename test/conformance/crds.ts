import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, ApiError, type KubeObject } from '../../src/dev/api-client';
import { inParallel } from './in-parallel';

const establishedWithinSeconds = 60;

/** The CRDs in the JSON files of a folder and below: a file holds one, or a list of them. */
export function readCrds(folder: string): KubeObject[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const content = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return Array.isArray(content) ? content : (content.items ?? [content]);
    })
    .filter(({ kind }) => kind === 'CustomResourceDefinition');
}

/** The CRDs of the groups that objects are of: a server that serves all of them takes a minute longer to say so. */
export function crdsOf(objects: readonly KubeObject[], crds: readonly KubeObject[]): KubeObject[] {
  return crdsOfGroups(
    objects.map(({ apiVersion }) => String(apiVersion).split('/')[0]),
    crds,
  );
}

/** The CRDs of some groups. */
export function crdsOfGroups(groups: readonly string[], crds: readonly KubeObject[]): KubeObject[] {
  const wanted = new Set(groups);
  return crds.filter(({ spec }) => wanted.has((spec as { group: string }).group));
}

/**
 * Installs CRDs and resolves when the server serves every version of each.
 * @throws ApiError when one is refused, Error naming those that aren't served in time
 */
export async function installCrds(api: ApiClient, crds: readonly KubeObject[]): Promise<void> {
  await inParallel(crds, async (crd) => {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const answer = await api.ask('POST', path, { body: crd, query: { fieldValidation: 'Strict' } });
    if (answer.status >= 400) {
      throw new ApiError(answer, `CRD ${crd.metadata.name}`);
    }
  });
  let waiting = [...crds];
  const deadline = performance.now() + establishedWithinSeconds * 1000;
  while (waiting.length > 0) {
    if (performance.now() > deadline) {
      const names = waiting.map(({ metadata }) => metadata.name).join(', ');
      throw new Error(`not served within ${establishedWithinSeconds} s: ${names}`);
    }
    const served = await Promise.all(waiting.map((crd) => isServed(api, crd)));
    waiting = waiting.filter((_, index) => !served[index]);
    await sleep(waiting.length > 0 ? 100 : 0);
  }
}

/** Requests to a CRD's versions are answered a moment before or after discovery lists them, so both are asked. */
async function isServed(api: ApiClient, crd: KubeObject): Promise<boolean> {
  const { group, names, versions } = crd.spec as {
    group: string;
    names: { plural: string };
    versions: readonly { name: string; served: boolean }[];
  };
  for (const { name } of versions.filter(({ served }) => served)) {
    const answer = await api.ask('GET', `/apis/${group}/${name}/${names.plural}`, { query: { limit: '1' } });
    const listed = await api.ask('GET', `/apis/${group}/${name}`);
    const resources: readonly { name: string }[] = listed.body?.resources ?? [];
    if (answer.status !== 200 || resources.every((resource) => resource.name !== names.plural)) {
      return false;
    }
  }
  return true;
}

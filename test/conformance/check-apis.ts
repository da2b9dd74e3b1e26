import * as fc from 'fast-check';
import type { DefinedApi } from '../../src/crossplane/api/defined-api';
import type { StructuralSchema } from '../../src/crossplane/api/structural-schema';
import type { ApiAnswer, ApiClient, KubeObject } from '../../src/dev/api-client';
import { changed, validValue } from '../crossplane/api/arbitrary-value';
import { type ClusterSetup, withCluster } from './check-cluster';
import type { Finding, Report } from './report';

const requests = 200;
const seed = 20_260_101;
const namespace = 'requests';

/** A request and the update of it. */
interface Update {
  readonly previous: unknown;
  readonly next: unknown;
}

/**
 * For each API: the CRD that Crossplane makes is taken by a real API server, the XRD passes Crossplane's own, and the server
 * gives the same verdict as we do on random requests and on random updates of them.
 */
export async function checkApis(report: Report, setup: ClusterSetup, apis: readonly DefinedApi[]): Promise<void> {
  const crds = apis.flatMap((api) => api.crds() as unknown as KubeObject[]);
  await withCluster({ ...setup, crds: [...setup.crds, ...crds] }, async ({ api: server }) => {
    await server.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    for (const api of apis) {
      const subject = api.target === 'v1' ? `claims of ${api.kind}` : `API ${api.kind}`;
      await report.check(`${subject}: its XRD is admitted`, () => checkXrd(server, api));
      for (const { name, schema } of api.versions.filter(({ served }) => served)) {
        const title = `${subject} ${name}: same verdict as the API server on`;
        await report.check(`${title} ${requests} requests`, () => checkCreates(server, api, name, schema.spec));
        await report.check(`${title} ${requests} updates`, () => checkUpdates(server, api, name, schema.spec));
      }
    }
  });
}

const goingAway = /^CompositeResourceDefinition v1 is deprecated/;

async function checkXrd(server: ApiClient, api: DefinedApi): Promise<Finding> {
  const body = api.xrd() as unknown as KubeObject;
  const path = await server.collection(body.apiVersion, body.kind);
  const query = { dryRun: 'All', fieldValidation: 'Strict' };
  const answer = await server.ask('POST', path, { body, query });
  // The server knows the definitions of Crossplane v2, where those of v1 are going away.
  const warnings = answer.warnings.filter((text) => !(api.target === 'v1' && goingAway.test(text)));
  const problems = answer.status < 400 ? warnings : [String(answer.body?.message ?? answer.status)];
  return { counted: '1 object', problems };
}

async function checkCreates(
  server: ApiClient,
  api: DefinedApi,
  version: string,
  schema: StructuralSchema,
): Promise<Finding> {
  const valid = validValue(schema);
  const specs = fc.sample(
    fc.oneof(
      valid,
      valid.chain((spec) => changed(spec, schema)),
    ),
    { numRuns: requests, seed },
  );
  const tally = new Tally();
  for (const [i, spec] of specs.entries()) {
    const request = requestOf(api, version, `request-${i}`, spec);
    const answer = await send(server, 'POST', request, request.metadata.name, true);
    tally.add(`request ${i} ${JSON.stringify(spec)}`, api.problems(request), answer);
  }
  return tally.finding();
}

async function checkUpdates(
  server: ApiClient,
  api: DefinedApi,
  version: string,
  schema: StructuralSchema,
): Promise<Finding> {
  const valid = validValue(schema).filter((spec) => api.problems(requestOf(api, version, 'valid', spec)).length === 0);
  const updates = valid.chain((previous) =>
    fc.oneof(valid, changed(previous, schema), changed(previous, schema)).map((next): Update => ({ previous, next })),
  );
  const tally = new Tally();
  for (const [i, { previous, next }] of fc.sample(updates, { numRuns: requests, seed: seed + 1 }).entries()) {
    const name = `update-${version}-${i}`;
    const before = await send(server, 'POST', requestOf(api, version, name, previous), name, false);
    if (before.status >= 400) {
      tally.add(`request ${JSON.stringify(previous)}`, [], before);
      continue;
    }
    const request = requestOf(api, version, name, next);
    const { resourceVersion } = before.body.metadata;
    const body = { ...request, metadata: { ...request.metadata, resourceVersion } };
    const answer = await send(server, 'PUT', body, name, true);
    tally.add(
      `update ${i} of ${JSON.stringify(previous)} to ${JSON.stringify(next)}`,
      api.changeProblems(requestOf(api, version, name, previous), request),
      answer,
    );
  }
  return tally.finding();
}

function requestOf(api: DefinedApi, version: string, name: string, spec: unknown): KubeObject {
  const metadata = { name, ...(api.scope === 'Namespaced' && { namespace }) };
  return { apiVersion: `${api.group}/${version}`, kind: api.kind, metadata, spec };
}

async function send(
  server: ApiClient,
  method: 'POST' | 'PUT',
  body: KubeObject,
  name: string,
  dryRun: boolean,
): Promise<ApiAnswer> {
  const collection = await server.collection(body.apiVersion, body.kind, body.metadata.namespace);
  const query = { fieldValidation: 'Strict', ...(dryRun && { dryRun: 'All' }) };
  return server.ask(method, method === 'PUT' ? `${collection}/${name}` : collection, { body, query });
}

/** Compares verdicts: both refuse or both accept. */
class Tally {
  private accepted = 0;
  private refused = 0;
  private byRules = 0;
  private readonly differences: string[] = [];

  add(what: string, problems: readonly { path: string; problem: string; keyword: string }[], answer: ApiAnswer): void {
    const serverRefuses = answer.status >= 400;
    if (serverRefuses) this.refused += 1;
    else this.accepted += 1;
    if (serverRefuses && problems.length > 0 && problems.every(({ keyword }) => keyword === 'cel')) this.byRules += 1;
    if (serverRefuses === problems.length > 0) return;
    const verdict = serverRefuses
      ? `the server refuses it: ${answer.body?.message ?? answer.status}`
      : `only we refuse it: ${problems.map(({ path, problem }) => `${path} ${problem}`).join('; ')}`;
    this.differences.push(`seed ${seed}, ${what}: ${verdict}`);
  }

  finding(): Finding {
    // A sample in which everything is alike would prove nothing.
    const thin = Math.min(this.accepted, this.refused) < requests / 20 ? ['too few of one verdict'] : [];
    return {
      counted: `${this.accepted} accepted, ${this.refused} refused, ${this.byRules} of them by CEL rules alone`,
      problems: [...this.differences, ...thin],
    };
  }
}

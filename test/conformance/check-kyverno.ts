import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeObject } from '../../src/dev/api-client';
import { kyvernoGroups, startKyverno } from '../../src/dev/kyverno';
import { kyvernoCliProgram } from '../../src/dev/kyverno-cli';
import { kyvernoCrds } from '../../src/dev/kyverno-crds';
import { deployment } from '../../src/policy/example-objects';
import type { PolicyInForce } from '../../src/policy/rollout';
import { kyvernoRules } from '../policy/kyverno/kyverno-rules';
import { type ClusterSetup, withCluster } from './check-cluster';
import { checkKyvernoRules, checkMutations } from './check-kyverno-rules';
import { crdsOf, crdsOfGroups } from './crds';
import { exceptedForNow, exception, exceptionFinding, exceptionUntil, maybeExcepted } from './excepted-objects';
import { isRefused } from './is-refused';
import { judgedOffline } from './judged-offline';
import { compareVerdicts, findingOf, type PolicyRequest } from './policy-verdicts';
import type { Finding, Report } from './report';
import { KyvernoVerdicts } from './verdicts-of-kyverno';
import { KyvernoCliVerdicts } from './verdicts-of-kyverno-cli';

/** The verdicts of rules in process are those of Kyverno's command line, which judges objects as an API server defaults them. */
export async function checkKyvernoCli(
  report: Report,
  { binaries }: ClusterSetup,
  inForce: readonly PolicyInForce[],
  defaulted: readonly PolicyRequest[],
): Promise<void> {
  const binary = await binaries.find(kyvernoCliProgram);
  await report.check("policies: Kyverno's command line gives the same verdict", async () => {
    const requests = [...defaulted, { object: excluded() }];
    const rules = judgedOffline(inForce, "Kyverno's command line");
    const engine = new KyvernoCliVerdicts(binary, rules);
    return findingOf(await compareVerdicts(engine, requests, rules), requests.length, rules);
  });
  await report.check(
    'policies: rules that only Kyverno carries out do in its command line what their examples say',
    () => checkKyvernoRules(binary, kyvernoRules),
  );
  await report.check('policies: an exception covers the same objects in its command line', async () => {
    const rule = inForce.filter(({ policy }) => policy.id === exception.policy);
    const engine = new KyvernoCliVerdicts(binary, rule, [exception]);
    return exceptionFinding(await compareVerdicts(engine, maybeExcepted(), rule, [exception]));
  });
  await report.check('policies: an exception of the past covers nothing in its command line', async () => {
    const rule = inForce.filter(({ policy }) => policy.id === exception.policy);
    const engine = new KyvernoCliVerdicts(binary, rule, [exceptionUntil('2020-01-01T00:00:00Z')]);
    return findingOf(await compareVerdicts(engine, [exceptedForNow], rule), 1);
  });
}

/**
 * They are also those of Kyverno's admission controller. It gets an API server of its own, because its webhooks would stand in the way
 * of everything that comes after.
 */
export async function checkKyverno(
  report: Report,
  setup: ClusterSetup,
  inForce: readonly PolicyInForce[],
  requests: readonly PolicyRequest[],
): Promise<void> {
  const all = [...requests, ...maybeExcepted()];
  const kinds = crdsOf(
    all.map(({ object }) => object),
    setup.crds,
  );
  const crds = [...crdsOfGroups(kyvernoGroups, setup.crds), ...kyvernoCrds, ...kinds];
  await withCluster({ ...setup, crds }, async (plane, host) => {
    const engine = new KyvernoVerdicts(plane.api, inForce, [exception]);
    const works = await report.check('policies: Kyverno starts, and every rule becomes a webhook of it', async () => {
      await startKyverno(host, plane);
      await engine.install(all);
      return { counted: `${inForce.length} rules`, problems: [] };
    });
    if (!works) return;
    await report.check("policies: Kyverno's admission controller gives the same verdict", async () => {
      const shown = inForce.filter((rule) => !isRefused(rule));
      return findingOf(await compareVerdicts(engine, requests, inForce, [exception]), requests.length * 0.8, shown);
    });
    await report.check('policies: an exception covers the same objects in its admission controller', async () =>
      exceptionFinding(await compareVerdicts(engine, maybeExcepted(), inForce, [exception])),
    );
    await report.check('policies: an exception ends in its admission controller when it says so', () =>
      checkEnd(engine),
    );
    await report.check('policies: mutating rules do in its admission controller what their examples say', () =>
      checkMutations(plane.api, kyvernoRules),
    );
  });
}

const exceptedForSeconds = 15;

/** Watches an exception begin and end. */
async function checkEnd(engine: KyvernoVerdicts): Promise<Finding> {
  const end = Math.ceil(Date.now() / 1000 + exceptedForSeconds) * 1000;
  await engine.except(exceptionUntil(new Date(end).toISOString().replace('.000', '')));
  const isCovered = async () => {
    const [{ broken }] = await engine.judge([exceptedForNow]);
    return !broken.includes(exception.policy);
  };
  const until = async (covered: boolean) => {
    while ((await isCovered()) !== covered && Date.now() < end + 2000) await sleep(200);
  };
  await until(true);
  const began = Date.now();
  await until(false);
  const problems = [
    ...(began < end ? [] : ['it never covered anything']),
    ...((await isCovered()) ? ['it still counts after its end'] : []),
  ];
  return { counted: `${exceptedForSeconds} s`, problems };
}

/** A violation in a namespace that the rules leave alone. */
function excluded(): KubeObject {
  return deployment({ hostPID: true }, {}, { namespace: 'kube-system' }) as unknown as KubeObject;
}

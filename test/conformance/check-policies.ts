import * as fc from 'fast-check';
import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { evaluatePolicies } from '../../src/policy/evaluate-policies';
import { deployment, object } from '../../src/policy/example-objects';
import { controllerRoles } from '../../src/policy/kyverno/controller-roles';
import { kyvernoRule } from '../../src/policy/kyverno/render-kyverno-rule';
import { allPacks } from '../../src/policy/packs/all-packs';
import { podSecurityBaseline } from '../../src/policy/packs/pod-security-baseline';
import { podSecurityRestricted } from '../../src/policy/packs/pod-security-restricted';
import type { AnyPolicy } from '../../src/policy/policy';
import type { PolicyPack } from '../../src/policy/policy-pack';
import { kyvernoException, kyvernoPolicy } from '../../src/policy/render/kyverno';
import { type PolicyInForce, systemNamespaces } from '../../src/policy/rollout';
import { minorsServing } from '../../src/schema/kinds';
import { withExampleValues } from '../policy/example-values';
import { judgedExample } from '../policy/judged-example';
import { kyvernoRules } from '../policy/kyverno/kyverno-rules';
import { ephemeralContainer, workload } from '../policy/pod-arbitrary';
import { soundWorkload } from '../policy/sound-workload';
import { checkCel } from './check-cel';
import { type ClusterSetup, withCluster } from './check-cluster';
import { checkKyverno, checkKyvernoCli } from './check-kyverno';
import { dryRun } from './dry-run';
import { exception, exceptionFinding, maybeExcepted } from './excepted-objects';
import { inParallel } from './in-parallel';
import { isRefused } from './is-refused';
import { judgedOffline } from './judged-offline';
import { compareVerdicts, findingOf, type PolicyRequest } from './policy-verdicts';
import type { Finding, Report } from './report';
import { stubCrds } from './stub-crds';
import { ApiServerVerdicts } from './verdicts-of-api-server';
import { GatorVerdicts, gatorProgram } from './verdicts-of-gator';

const seed = 20_260_101;

/** How many random objects are compared. */
export interface PolicyCheckSize {
  readonly workloads: number;
  readonly ephemeral: number;
  /** Kyverno's command line judges each so many of them, because it compiles every rule again for every object. */
  readonly commandLineEvery: number;
}

/** What a run of everything has time for. */
const sampled: PolicyCheckSize = { workloads: 260, ephemeral: 30, commandLineEvery: 4 };

/** What is run when time does not count. */
export const allPolicyObjects: PolicyCheckSize = { workloads: 2000, ephemeral: 200, commandLineEvery: 1 };

/**
 * The verdicts of rules in process are those of a real API server that has them as ValidatingAdmissionPolicies: on every rule's examples,
 * on random workloads, and on ephemeral containers; Gatekeeper judges the same objects. The profiles of pod security are also compared with the server's own PodSecurity admission.
 */
export async function checkPolicies(
  report: Report,
  setup: ClusterSetup,
  size: PolicyCheckSize = sampled,
): Promise<void> {
  const inForce = rulesInForce();
  const examples = inForce.flatMap(({ policy }) => examplesOf(policy));
  const served = ({ apiVersion, kind }: KubeObject) => minorsServing(apiVersion, kind).length > 0;
  const stubs = stubCrds(
    examples.map(({ object }) => object),
    served,
  );
  const crds = [...setup.crds, ...stubs];
  const judged = judgedRequests(inForce, examples, size);
  await withCluster({ ...setup, crds }, async ({ api }) => {
    await checkCel(report, api);
    const engine = new ApiServerVerdicts(api);
    await report.check('policies: every rule applies as ValidatingAdmissionPolicy', async () => ({
      counted: `${inForce.length} rules`,
      problems: await engine.install(inForce, [exception]),
    }));
    await report.check('policies: every rule applies as a policy of Kyverno', async () => {
      const rules = [...inForce.map((rule) => kyvernoPolicy(rule)), ...kyvernoRules.map((rule) => kyvernoRule(rule))];
      const others = [...controllerRoles(kyvernoRules), kyvernoException(exception, 'kyverno')];
      const answers = await dryRun(api, [...rules, ...others] as unknown as KubeObject[]);
      return {
        counted: `${rules.length} policies, 2 roles, 1 exception`,
        problems: answers.map(({ object, message }) => `${object}: ${message}`),
      };
    });
    const defaulted: PolicyRequest[] = [];
    const commandLine: PolicyRequest[] = [];
    for (const { what, requests, least, shown } of judged) {
      await report.check(`policies: ${what} get the same verdict in process and on an API server`, async () => {
        const comparison = await compareVerdicts(engine, requests, inForce, [exception]);
        const { judged: objects, skipped } = comparison;
        defaulted.push(...objects);
        // It takes as it is written what the server refuses.
        if (what === 'examples') commandLine.push(...objects, ...skipped);
        else commandLine.push(...objects.filter((_, i) => i % size.commandLineEvery === 0));
        return findingOf(comparison, least, shown);
      });
    }
    await report.check('policies: all of these get the same verdict from Gatekeeper', async () => {
      const rules = judgedOffline(inForce, 'gator');
      const gator = new GatorVerdicts(await setup.binaries.find(gatorProgram), rules);
      const shown = rules.filter((rule) => !isRefused(rule));
      return findingOf(await compareVerdicts(gator, defaulted, rules), defaulted.length, shown);
    });
    await checkKyvernoCli(report, setup, inForce, commandLine);
    await report.check('policies: an exception covers the same objects in process and on an API server', async () => {
      return exceptionFinding(await compareVerdicts(engine, maybeExcepted(), inForce, [exception]));
    });
    for (const [pack, level] of [
      [podSecurityBaseline, 'baseline'],
      [podSecurityRestricted, 'restricted'],
    ] as const) {
      await report.check(`policies: ${pack.id} is what PodSecurity admission finds`, () =>
        checkPodSecurity(api, pack, level, size.workloads),
      );
    }
  });
  await checkKyverno(
    report,
    { ...setup, crds },
    inForce,
    judged.flatMap(({ requests }) => requests),
  );
}

/** A sort of objects that is compared. */
interface Judged {
  readonly what: string;
  readonly requests: readonly PolicyRequest[];
  /** How many of them have to be valid. */
  readonly least: number;
  /** Rules that some of them have to break. */
  readonly shown?: readonly PolicyInForce[];
}

/** What is compared, and how many of it an API server has to take for valid objects. */
function judgedRequests(
  inForce: readonly PolicyInForce[],
  examples: readonly PolicyRequest[],
  { workloads, ephemeral }: PolicyCheckSize,
): Judged[] {
  const containers = fc.sample(ephemeralContainer, { numRuns: ephemeral, seed });
  return [
    {
      what: 'examples',
      requests: examples.map(numbered),
      least: examples.length - 1,
      shown: inForce.filter((rule) => !isRefused(rule)),
    },
    { what: 'random workloads', requests: randomWorkloads(workloads, seed).map(numbered), least: workloads / 2 },
    {
      what: 'ephemeral containers',
      requests: containers.map((each, i) => numbered({ object: podWith(each) }, i)),
      least: ephemeral / 2,
    },
    { what: 'requests of different users', requests: users.flatMap(asked).map(numbered), least: users.length * 2 },
  ];
}

/** Who may write workloads and who may not, and names that are alike. */
const users = [
  'system:serviceaccount:argocd:argocd-application-controller',
  'system:serviceaccount:argocd:argocd-application-controller-2',
  'system:serviceaccount:kube-system:deployment-controller',
  'system:serviceaccount:kube-systemx:deployment-controller',
  'system:kube-scheduler',
  'system:node:a',
  'jane',
];

function asked(username: string): PolicyRequest[] {
  const request = { userInfo: { username, groups: ['system:authenticated'] } };
  const service = object('v1', 'Service', { spec: { ports: [{ port: 80 }] } });
  return [deployment(), service].map((each) => ({ object: each as unknown as KubeObject, request }));
}

/** Every rule once, with the parameters of its examples. */
export function rulesInForce(): PolicyInForce[] {
  const rules = [...new Set(allPacks.flatMap(({ policies }) => policies))].map(withExampleValues);
  return rules.map((policy) => ({
    policy,
    enforcement: 'warn' as const,
    failClosed: true,
    excludedNamespaces: systemNamespaces,
  }));
}

function examplesOf({ examples: { passes, fails } }: AnyPolicy): PolicyRequest[] {
  return [...passes, ...fails].map((example) => judgedExample(example) as unknown as PolicyRequest);
}

/** Half of them break rules here and there; of the other half one in four breaks one. */
function randomWorkloads(count: number, from: number): PolicyRequest[] {
  const half = { numRuns: Math.ceil(count / 2), seed: from };
  return [...fc.sample(workload, half), ...fc.sample(soundWorkload, half)].map((object) => ({
    object: object as unknown as KubeObject,
  }));
}

function podWith(container: object): KubeObject {
  const spec = { containers: [{ name: 'app', image: 'ghcr.io/acme/app:1.2.3' }], ephemeralContainers: [container] };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'random', namespace: 'shop' }, spec };
}

/** Objects that are judged at the same time need names of their own. */
function numbered({ object, oldObject, request }: PolicyRequest, i: number): PolicyRequest {
  const named = (each: KubeObject) => ({ ...each, metadata: { ...each.metadata, name: `random-${i}` } });
  return { object: named(object), oldObject: oldObject && named(oldObject), request };
}

/** Compares a pack with the API server's own admission plugin, which warns of what a profile forbids. */
async function checkPodSecurity(api: ApiClient, pack: PolicyPack, level: string, count: number): Promise<Finding> {
  const namespace = `pod-security-${level}`;
  const labels = { 'pod-security.kubernetes.io/warn': level, 'pod-security.kubernetes.io/warn-version': 'latest' };
  await api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } });
  await api.ensure({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } });
  const inForce = pack.policies.map((policy) => ({
    policy,
    enforcement: 'warn' as const,
    failClosed: true,
    excludedNamespaces: [],
  }));
  const objects = [...pack.policies.flatMap(examplesOf), ...randomWorkloads(count, seed + 1)]
    .map((request, i) => numbered(request, i).object)
    .filter(({ spec }) => (spec as { ephemeralContainers?: unknown }).ephemeralContainers === undefined);
  const problems: string[] = [];
  let judged = 0;
  let broken = 0;
  await inParallel(objects, async (object) => {
    const placed = { ...object, metadata: { ...object.metadata, namespace } };
    const path = await api.collection(object.apiVersion, object.kind, namespace);
    const { status, warnings } = await api.ask('POST', path, { query: { dryRun: 'All' }, body: placed });
    if (status >= 400) return;
    judged += 1;
    const theirs = warnings.filter((warning) => warning.includes('would violate PodSecurity'));
    const ours = evaluatePolicies([{ object, path: '' }], inForce).map(({ policy }) => policy);
    if (theirs.length > 0) broken += 1;
    if (ours.length > 0 === theirs.length > 0) return;
    problems.push(
      `${theirs.join() || 'the server finds nothing'}; in process: ${ours.join()}: ${JSON.stringify(object)}`,
    );
  });
  const few =
    judged < count / 2 || broken < count / 20 ? [`only ${judged} objects were judged, ${broken} broke it`] : [];
  return { counted: `${judged} objects, ${broken} break it`, problems: [...few, ...problems] };
}

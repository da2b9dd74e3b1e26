import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from '../../../src/dev/binaries';
import type { PolicyCase } from './arbitraries';
import { differences, matrix, type Verdict } from './matrix';
import { policyTypes } from './network-policy';
import type { PolicyObject } from './policy-object';
import { type Endpoint, isPod, namespaceLabels, type PortProtocol, type World } from './world';

/** An evaluator of NetworkPolicies that others wrote. */
export const cyclonusProgram: Program = {
  name: 'cyclonus',
  module: 'cyclonus',
  package: 'github.com/mattfenwick/cyclonus/cmd/cyclonus',
};

/** What a comparison looked at and found. */
export interface Agreement {
  readonly verdicts: number;
  /** How many of these verdicts are "allowed"; far from none and all, else little was compared. */
  readonly allowed: number;
  /** One line for each case and pair with other verdicts; cyclonus' are the expected ones. */
  readonly problems: readonly string[];
}

/**
 * Compares the evaluator with cyclonus: for each case every pair and every port.
 *
 * cyclonus v0.5.6 is not right in these, so they are left out of what is compared or of what is generated:
 * 1. `NotIn` doesn't select what lacks the label. By "Labels and Selectors", and in apimachinery, it does.
 * 2. An empty string in `matchLabels` selects what lacks the label. In apimachinery it does not.
 * 3. A pod may be denied to reach itself. By "Network Policies" it can't be.
 * 4. Policies without `policyTypes` are refused, because a cluster never shows any: the API server writes them.
 * 5. Merging policies before evaluating them (`--simplify-policies`) appends to slices that rules share, so it is off.
 *
 * In all else it reads the specification as the evaluator does, an `ipBlock` that holds pods by their address included.
 * @param binary path of the program
 */
export async function agreesWithCyclonus(binary: string, cases: readonly PolicyCase[]): Promise<Agreement> {
  const problems: string[] = [];
  let verdicts = 0;
  let allowed = 0;
  for (const [i, { world, policies }] of cases.entries()) {
    const own = policies.filter(({ kind }) => kind === 'NetworkPolicy');
    const compared = matrix(world, own).filter(({ from, to }) => from !== to);
    const theirs = await ask(binary, world, own, compared);
    const expected = new Map(compared.map((verdict, n) => [verdict, theirs[n]]));
    const wrong = differences(compared, (verdict) => expected.get(verdict) === true);
    if (wrong !== '') problems.push(...wrong.split('\n').map((line) => `case ${i}: ${line}`));
    verdicts += compared.length;
    allowed += compared.filter((verdict) => verdict.allowed).length;
  }
  return { verdicts, allowed, problems };
}

/**
 * What cyclonus says of each connection, in the order of the questions.
 * @throws Error when it fails or doesn't answer each of them
 */
export async function ask(
  binary: string,
  world: World,
  policies: readonly PolicyObject[],
  questions: readonly Pick<Verdict, 'from' | 'to' | 'port' | 'protocol'>[],
): Promise<boolean[]> {
  const folder = mkdtempSync(join(tmpdir(), 'golden-cyclonus-'));
  try {
    const list = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyList', items: policies.map(withTypes) };
    const policyFile = join(folder, 'policies.json');
    const trafficFile = join(folder, 'traffic.json');
    writeFileSync(policyFile, JSON.stringify(list));
    writeFileSync(
      trafficFile,
      JSON.stringify(questions.map(({ from, to, ...port }) => traffic(world, from, to, port))),
    );
    const output = await run(binary, [
      'analyze',
      '--mode=query-traffic',
      '--simplify-policies=false',
      `--policy-path=${policyFile}`,
      `--traffic-path=${trafficFile}`,
    ]);
    const answers = [...output.matchAll(/^\| IS ALLOWED\? \|\s+(TRUE|FALSE)\s/gm)].map(
      ([, answer]) => answer === 'TRUE',
    );
    if (answers.length !== questions.length) {
      throw new Error(`cyclonus answered ${answers.length} of ${questions.length} questions`);
    }
    return answers;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A policy with what the API server writes where `policyTypes` is left out (difference 4). */
function withTypes(policy: PolicyObject): PolicyObject {
  const spec = (policy.spec ?? {}) as Parameters<typeof policyTypes>[0];
  return { ...policy, spec: { ...spec, policyTypes: policyTypes(spec) } };
}

/** A question in the format of cyclonus' traffic file (`Traffic` in pkg/matcher/traffic.go). */
function traffic(world: World, from: Endpoint, to: Endpoint, { port, protocol }: PortProtocol): object {
  const named = isPod(to)
    ? to.ports.find((own) => own.port === port && (own.protocol ?? 'TCP') === protocol)?.name
    : undefined;
  return {
    Source: peer(world, from),
    Destination: peer(world, to),
    ResolvedPort: port,
    ResolvedPortName: named ?? '',
    Protocol: protocol,
  };
}

function peer(world: World, endpoint: Endpoint): object {
  if (!isPod(endpoint)) return { IP: endpoint.ip };
  const { namespace, labels, ip } = endpoint;
  return {
    Internal: { PodLabels: labels, NamespaceLabels: namespaceLabels(world, namespace), Namespace: namespace },
    IP: ip,
  };
}

function run(binary: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(binary, args, { maxBuffer: 1024 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`cyclonus failed: ${stderr.trimEnd().split('\n').slice(-5).join('\n') || error.message}`));
    });
  });
}

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from '../../../src/dev/binaries';
import { inParallel } from '../../conformance/in-parallel';
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
 * Compares the evaluator with cyclonus: for each case every pair and every port. Policies of other kinds, which cyclonus
 * doesn't know, are left out on both sides.
 *
 * cyclonus v0.5.6 differs in these, which are therefore left out of what is compared or of what is generated:
 * 1. `NotIn` doesn't select what lacks the label. By "Labels and Selectors", and in apimachinery, it does.
 * 2. An empty string in `matchLabels` selects what lacks the label. In apimachinery it doesn't.
 * 3. A pod may be denied to reach itself. By "Network Policies" it can't be.
 * 4. Policies without `policyTypes` are refused, because a cluster never shows any: the API server writes them.
 * 5. With `--simplify-policies`, its default, peers of one rule share a list of port ranges, and merging appends to it: a
 *    range that is meant for one peer is given to another. It is off here.
 *
 * In all else it reads the specification as the evaluator does, an `ipBlock` that holds pods by their address included.
 * @param binary path of the program
 */
export async function agreesWithCyclonus(binary: string, cases: readonly PolicyCase[]): Promise<Agreement> {
  const compared = await inParallel(cases, (found) => compare(binary, found), availableParallelism());
  const sum = (count: (agreement: Agreement) => number) => compared.reduce((total, each) => total + count(each), 0);
  return {
    verdicts: sum(({ verdicts }) => verdicts),
    allowed: sum(({ allowed }) => allowed),
    problems: compared.flatMap(({ problems }, i) => problems.map((problem) => `case ${i}: ${problem}`)),
  };
}

async function compare(binary: string, { world, policies, ports }: PolicyCase): Promise<Agreement> {
  const known = policies.filter(({ kind }) => kind === 'NetworkPolicy');
  const ours = matrix(world, known, ports).filter(({ from, to }) => from !== to);
  const theirs = await ask(binary, world, known, ours);
  const expected = new Map(ours.map((verdict, i) => [verdict, theirs[i]]));
  return {
    verdicts: ours.length,
    allowed: theirs.filter(Boolean).length,
    problems: differences(ours, (verdict) => expected.get(verdict) === true)
      .split('\n')
      .filter(Boolean),
  };
}

type Question = Omit<Verdict, 'allowed'>;

/**
 * What cyclonus says of each connection, in the order of the questions.
 * @throws Error when it fails or doesn't answer each of them
 */
async function ask(
  binary: string,
  world: World,
  policies: readonly PolicyObject[],
  questions: readonly Question[],
): Promise<boolean[]> {
  const folder = mkdtempSync(join(tmpdir(), 'golden-cyclonus-'));
  try {
    const list = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyList', items: policies.map(withTypes) };
    const policyFile = join(folder, 'policies.json');
    const trafficFile = join(folder, 'traffic.json');
    writeFileSync(policyFile, JSON.stringify(list));
    writeFileSync(trafficFile, JSON.stringify(trafficOf(world, policies, questions)));
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

/** Questions in the format of cyclonus' traffic file (`Traffic` in pkg/matcher/traffic.go). */
function trafficOf(world: World, policies: readonly PolicyObject[], questions: readonly Question[]): object[] {
  const specs = JSON.stringify(policies.map(({ spec }) => spec));
  const ends = new Map([...world.pods, ...world.externals].map((end) => [end as Endpoint, peerOf(world, specs, end)]));
  return questions.map(({ from, to, port, protocol }) => ({
    Source: ends.get(from),
    Destination: ends.get(to),
    ResolvedPort: port,
    ResolvedPortName: nameOfPort(to, { port, protocol }),
    Protocol: protocol,
  }));
}

function peerOf(world: World, specs: string, endpoint: Endpoint): object {
  if (!isPod(endpoint)) return { IP: endpoint.ip };
  const { namespace, labels, ip } = endpoint;
  // Every answer shows all labels, which takes half of the time; those that no policy mentions stay out.
  const mentioned = Object.entries(labels).filter(([key]) => specs.includes(JSON.stringify(key)));
  return {
    Internal: {
      PodLabels: Object.fromEntries(mentioned),
      NamespaceLabels: namespaceLabels(world, namespace),
      Namespace: namespace,
    },
    IP: ip,
  };
}

function nameOfPort(to: Endpoint, { port, protocol }: PortProtocol): string {
  const declared = isPod(to) ? to.ports : [];
  return declared.find((own) => own.port === port && (own.protocol ?? 'TCP') === protocol)?.name ?? '';
}

function run(binary: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(binary, args, { maxBuffer: 1024 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`cyclonus failed: ${stderr.trimEnd().split('\n').slice(-5).join('\n') || error.message}`));
    });
  });
}

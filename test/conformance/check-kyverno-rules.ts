import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { untilEnforced } from '../../src/dev/kyverno';
import { type KyvernoApply, kyvernoApply, kyvernoOutput } from '../../src/dev/kyverno-cli';
import { toYaml } from '../../src/gitops/yaml';
import { container, pod } from '../../src/policy/example-objects';
import type {
  DeletionRule,
  GenerationRule,
  ImageVerification,
  KyvernoRule,
  MutationRule,
} from '../../src/policy/kyverno/kyverno-rule';
import { kyvernoRule } from '../../src/policy/kyverno/render-kyverno-rule';
import type { ExampleObject } from '../../src/policy/policy';
import { apply } from './apply';
import { differences } from './differences';
import type { Finding } from './report';

/** Rules that only Kyverno carries out do to their examples, in its command line, what the examples say. */
export async function checkKyvernoRules(binary: string, rules: readonly KyvernoRule[]): Promise<Finding> {
  let examples = 0;
  const problems: string[] = [];
  for (const rule of rules) {
    const outcomes = await outcomesOf(new RuleInCli(binary, rule), rule);
    examples += outcomes.length;
    problems.push(...outcomes.flatMap((outcome) => outcome.map((problem) => `${rule.id}: ${problem}`)));
  }
  return { counted: `${rules.length} rules, ${examples} examples`, problems };
}

/** Mutating rules do the same in its admission controller, which is running. */
export async function checkMutations(api: ApiClient, rules: readonly KyvernoRule[]): Promise<Finding> {
  const mutating = rules.filter((rule) => rule.kind === 'mutate');
  for (const rule of mutating) {
    const policy = kyvernoRule(rule) as unknown as KubeObject;
    await api.call('POST', await api.collection(policy.apiVersion, policy.kind), { body: policy });
  }
  await untilEnforced(
    api,
    mutating.map(({ id }) => id),
  );
  const examples = mutating.flatMap((rule) => rule.examples);
  // The API server hears of a webhook a moment after Kyverno has set it up.
  const deadline = Date.now() + 30_000;
  while ((await mutationProblems(api, examples[0])).length > 0 && Date.now() < deadline) await sleep(200);
  const problems: string[] = [];
  for (const example of examples) problems.push(...(await mutationProblems(api, example)));
  return { counted: `${mutating.length} rules, ${examples.length} examples`, problems };
}

/** How an object that is applied differs from what a rule should make of it. */
async function mutationProblems(
  api: ApiClient,
  { before, after }: MutationRule['examples'][number],
): Promise<string[]> {
  const object = before as unknown as KubeObject;
  const manifest = { file: JSON.stringify(before), bytes: Buffer.from(toYaml(object)), object };
  const [{ live, problems }] = await apply(api, [manifest], { dryRun: true });
  const { labels: found = {} } = live?.metadata ?? {};
  const { labels: expected = {} } = asServed(after).metadata as KubeObject['metadata'];
  return [...problems, ...differences(after, live), ...differences(found, expected)];
}

/** What is wrong, for each example. */
async function outcomesOf(cli: RuleInCli, rule: KyvernoRule): Promise<string[][]> {
  switch (rule.kind) {
    case 'generate':
      return inOrder(rule.examples, ({ of, makes }) => generated(cli, of, makes));
    case 'mutate':
      return inOrder(rule.examples, ({ before, after }) => mutated(cli, before, after));
    case 'delete':
      return deleted(cli, rule);
    case 'verify-images':
      return imagesVerified(cli, rule);
  }
}

/** One rule in Kyverno's command line. */
class RuleInCli {
  constructor(
    private readonly binary: string,
    private readonly rule: KyvernoRule,
  ) {}

  made(object: ExampleObject): Promise<KubeObject[]> {
    return kyvernoOutput(this.binary, this.request(object));
  }

  async results(object: ExampleObject): Promise<string[]> {
    const results = await kyvernoApply(this.binary, this.request(object));
    return results.map(({ result, message }) => `${result}: ${message}`);
  }

  private request(object: ExampleObject): KyvernoApply {
    const namespaces = ['shop', 'kube-system'].map((name) =>
      asServed({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
    );
    return { policies: [kyvernoRule(this.rule)], objects: [asServed(object)], namespaces: namespaces as KubeObject[] };
  }
}

async function generated(cli: RuleInCli, of: ExampleObject, makes: GenerationRule['examples'][number]['makes']) {
  return different(await cli.made(of), makes, `makes of ${JSON.stringify(of)}`);
}

async function mutated(cli: RuleInCli, before: MutationRule['examples'][number]['before'], after: ExampleObject) {
  return different(await cli.made(before), [asServed(after)], `makes of ${JSON.stringify(before)}`);
}

function different(found: readonly object[], expected: readonly object[], what: string): string[] {
  const missing = found.length === expected.length ? [] : [`${what} ${found.length} objects, not ${expected.length}`];
  const changed = expected.flatMap((object, i) => {
    const other = found[i] as KubeObject | undefined;
    return other ? [...differences(object as KubeObject, other), ...differences(other, object as KubeObject)] : [];
  });
  return [...missing, ...changed.map((difference) => `${what}: ${difference}`)];
}

function deleted(cli: RuleInCli, { examples: { deletes, keeps } }: DeletionRule): Promise<string[][]> {
  const all = [
    ...deletes.map((object) => ({ object, goes: true })),
    ...keeps.map((object) => ({ object, goes: false })),
  ];
  return inOrder(all, async ({ object, goes }) => {
    const results = await cli.results(object);
    const expected = goes ? 'pass: resource matched' : 'fail: resource did not match';
    return results.join() === expected ? [] : [`${results.join() || 'no result'} of ${JSON.stringify(object)}`];
  });
}

/** Signatures are in a registry, so that only what comes before they are looked up can be seen: which images are asked about, and digests. */
function imagesVerified(cli: RuleInCli, { images }: ImageVerification): Promise<string[][]> {
  const ours = images[0].replace('*', 'app:1.2.3');
  const cases = [
    { image: 'registry.example/other:1', expected: /^pass: / },
    { image: ours, expected: /^fail: .* does not have a digest$/ },
  ];
  return inOrder(cases, async ({ image, expected }) => {
    const results = await cli.results(pod({ containers: [container({ image })] }));
    return expected.test(results.join()) ? [] : [`${results.join() || 'no result'} for the image ${image}`];
  });
}

/** With the label that the API server gives every namespace. */
function asServed(object: ExampleObject): ExampleObject {
  if (object.kind !== 'Namespace') return object;
  const metadata = object.metadata as KubeObject['metadata'];
  const labels = { 'kubernetes.io/metadata.name': metadata.name, ...metadata.labels };
  return { ...object, metadata: { ...metadata, labels } };
}

async function inOrder<T>(items: readonly T[], work: (item: T) => Promise<string[]>): Promise<string[][]> {
  const outcomes: string[][] = [];
  for (const item of items) outcomes.push(await work(item));
  return outcomes;
}

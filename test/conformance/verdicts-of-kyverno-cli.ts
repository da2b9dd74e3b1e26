import type { KubeObject, User } from '../../src/dev/api-client';
import { kyvernoApply } from '../../src/dev/kyverno-cli';
import type { PolicyException } from '../../src/policy/policy-exception';
import { apiVersionOf, kindsOf } from '../../src/policy/policy-kinds';
import { kyvernoException, kyvernoPolicy } from '../../src/policy/render/kyverno';
import type { PolicyInForce } from '../../src/policy/rollout';
import { inParallel } from './in-parallel';
import { administrator, type PolicyEngineUnderTest, type PolicyRequest, type Verdict } from './policy-verdicts';

/** An object and its place among those that are judged. */
interface Numbered {
  readonly object: KubeObject;
  readonly userInfo: User;
  readonly index: number;
}

/**
 * Kyverno's command line with every rule as a ValidatingPolicy. On an update it compares an object with itself only, so updates are not
 * judged; that every rule gave a result on every object of its kinds is part of the verdict.
 */
export class KyvernoCliVerdicts implements PolicyEngineUnderTest {
  readonly name = 'Kyverno CLI';

  constructor(
    private readonly binary: string,
    private readonly inForce: readonly PolicyInForce[],
    private readonly exceptions: readonly PolicyException[] = [],
  ) {}

  async judge(requests: readonly PolicyRequest[]): Promise<Verdict[]> {
    const alike = new Map<string, Numbered[]>();
    requests.forEach(({ object, oldObject, request }, index) => {
      if (oldObject !== undefined) return;
      const { userInfo } = request ?? { userInfo: administrator };
      const key = `${object.apiVersion} ${object.kind} ${userInfo.username}`;
      alike.set(key, [...(alike.get(key) ?? []), { object, userInfo, index }]);
    });
    const verdicts = requests.map((): Verdict => ({ broken: [] }));
    // It compiles every policy again for every object, so each kind gets only those that look at it, and both cores have something to do.
    const portions = [...alike.values()].flatMap((group) => portionsOf(group, 40));
    await inParallel(
      portions,
      async (portion) => {
        for (const [index, verdict] of await this.judgePortion(portion)) verdicts[index] = verdict;
      },
      2,
    );
    return verdicts;
  }

  private async judgePortion(portion: readonly Numbered[]): Promise<Map<number, Verdict>> {
    const rules = this.inForce.filter((rule) => looksAt(rule, portion[0].object));
    const results =
      rules.length === 0
        ? []
        : await kyvernoApply(this.binary, {
            policies: rules.map((rule) =>
              kyvernoPolicy({ ...rule, enforcement: 'deny' }, { minor: '1.36', exceptions: this.exceptions }),
            ),
            objects: portion.map((each) => this.marked(each)),
            exceptions: this.exceptions.map((exception) => kyvernoException(exception, 'kyverno')),
            namespaces: namespacesOf(portion),
            userInfo: portion[0].userInfo,
          });
    const verdicts = portion.map(({ object, userInfo, index }): [number, Verdict] => {
      const own = results.filter((result) => result.uid === uidOf(index));
      const silent = rules
        .filter(({ excludedNamespaces }) => !excludedNamespaces.includes(object.metadata.namespace ?? ''))
        .filter(({ policy }) => own.every((result) => result.policy !== policy.id));
      const errors = own.filter(({ result }) => result === 'error' || result === 'warn');
      const problem = [
        ...silent.map(({ policy }) => `no result of ${policy.id}`),
        ...errors.map(({ policy, result, message }) => `${result} of ${policy}: ${message}`),
      ].join(', ');
      const broken = own.filter(({ result }) => result === 'fail' || result === 'error').map(({ policy }) => policy);
      return [index, { judged: object, request: { userInfo }, broken, problem }];
    });
    return new Map(verdicts);
  }

  /** With names of their own, since it refuses two of one name; only exceptions look at names, and whoever has some gives objects that differ. */
  private marked({ object, index }: Numbered): KubeObject {
    const uid = uidOf(index);
    const name = this.exceptions.length > 0 ? object.metadata.name : uid;
    return { ...object, metadata: { ...object.metadata, name, uid } };
  }
}

/** What tells which object a result is of. */
const uidOf = (index: number) => `judged-${index}`;

/** The rules that a create of the object is shown to. */
function looksAt({ policy }: PolicyInForce, { apiVersion, kind }: KubeObject): boolean {
  if (policy.match.operations && !policy.match.operations.includes('CREATE')) return false;
  const kinds = kindsOf(policy.match);
  return kinds === 'all' || kinds.some((each) => each.kind === kind && apiVersionOf(each) === apiVersion);
}

function portionsOf(group: readonly Numbered[], size: number): Numbered[][] {
  return Array.from({ length: Math.ceil(group.length / size) }, (_, i) => group.slice(i * size, (i + 1) * size));
}

function namespacesOf(portion: readonly Numbered[]): KubeObject[] {
  const names = new Set(portion.flatMap(({ object }) => object.metadata.namespace ?? []));
  return [...names].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  }));
}

import { identityOf } from '../diff/identity';
import { groupKindOf, namespaceOf, type PlainObject } from '../platform/placed-object';
import { isRecord } from '../platform/rule';
import { forbiddenIn } from './forbidden';
import { type Kubectl, short } from './kubectl';
import { batchesOf, itemsOf, listOf, refuseAccount } from './read-objects';

/** What the API server makes of an object that is applied, or why it does not. */
export type Attempt =
  | { readonly what: 'applied'; readonly object: PlainObject }
  | { readonly what: 'refused'; readonly message: string }
  /** A webhook can't judge what is not kept. */
  | { readonly what: 'untried'; readonly message: string }
  /** Its namespace is not there. */
  | { readonly what: 'homeless' };

/** How many objects one kubectl applies: where one of them is refused, it says nothing of the others. */
const batch = 50;

/**
 * Asks the API server what applying objects would make of them, by server-side apply as Argo CD and Flux do it, without keeping it.
 *
 * @param deliverer the name under which fields are applied: those that it set before and that are left out are taken back
 * @throws ClusterError when the account may not apply, which a try takes as well
 */
export async function tryApply(
  kubectl: Kubectl,
  objects: readonly PlainObject[],
  deliverer: string,
): Promise<ReadonlyMap<string, Attempt>> {
  const attempts = new Map<string, Attempt>();
  await Promise.all(batchesOf(objects, batch).map((members) => tryBatch(kubectl, members, deliverer, attempts)));
  return attempts;
}

async function tryBatch(
  kubectl: Kubectl,
  objects: readonly PlainObject[],
  deliverer: string,
  attempts: Map<string, Attempt>,
): Promise<void> {
  if (objects.length === 0) return;
  const words = ['apply', '--server-side', '--dry-run=server', '--force-conflicts', `--field-manager=${deliverer}`];
  const answer = await kubectl.ask([...words, '--filename=-', '--output=json'], listOf(objects));
  if (answer.code === 0) {
    for (const object of itemsOf(kubectl, answer)) attempts.set(identityOf(object), { what: 'applied', object });
    return;
  }
  const { said } = answer;
  if (forbiddenIn(said).length > 0) refuseAccount(kubectl, answer, 'try an apply');
  const gone = new Set([...said.matchAll(/namespaces "([^"]+)" not found/g)].map(([, name]) => name));
  const [homeless, rest] = parted(objects, (object) => gone.has(namespaceOf(object)));
  for (const object of homeless) attempts.set(identityOf(object), { what: 'homeless' });
  if (homeless.length > 0) return tryBatch(kubectl, rest, deliverer, attempts);
  if (objects.length === 1) {
    attempts.set(identityOf(objects[0]), refusalOf(objects[0], said));
    return;
  }
  // Which of them it was can't be told from words that may be those of a webhook.
  const half = Math.ceil(objects.length / 2);
  for (const part of [objects.slice(0, half), objects.slice(half)]) {
    await tryBatch(kubectl, part, deliverer, attempts);
  }
}

function refusalOf(object: PlainObject, said: string): Attempt {
  const words = said.replace(/^(?:Error from server(?: \(\w+\))?|The \S+ "[^"]*" is invalid|error): */, '');
  const message = short(withoutValues(object, words));
  return { what: /does not support dry[ -]?run/i.test(said) ? 'untried' : 'refused', message };
}

/** A message without the values of a Secret, which webhooks may repeat. */
function withoutValues(object: PlainObject, message: string): string {
  if (groupKindOf(object) !== 'Secret') return message;
  const plain = isRecord(object.stringData) ? Object.values(object.stringData).map(String) : [];
  const coded = isRecord(object.data) ? Object.values(object.data).map(String) : [];
  const values = [
    ...[...plain, ...coded],
    ...plain.map((value) => Buffer.from(value).toString('base64')),
    ...coded.map((value) => Buffer.from(value, 'base64').toString()),
  ];
  return values
    .filter((value) => value !== '')
    .sort((a, b) => b.length - a.length)
    .reduce((text, value) => text.replaceAll(value, '(hidden)'), message);
}

function parted<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

import { groupKindOf, namespaceOf, type PlainObject } from '../../platform/placed-object';
import { type Fields, fieldsOf, objectsOf, textOf, valueAt } from '../../references/fields';
import { podTemplateOf } from '../../references/pod-template';
import { fieldText } from '../field-change';
import { type ObjectChange, objectOf } from '../object-change';
import type { RiskRule } from './risk-rule';
import { wordsOf } from './words-of';

const kubernetes = 'networking.k8s.io/NetworkPolicy';
const others = [
  'cilium.io/CiliumNetworkPolicy',
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'networking.gke.io/FQDNNetworkPolicy',
];

/** Pods reach more, or are reached by more. */
export const networkWidened: RiskRule = {
  id: 'network-widened',
  what: 'a network policy is widened',
  why: 'traffic passes that was dropped',
  find(change, _, beside) {
    const groupKind = groupKindOf(objectOf(change));
    if (groupKind !== kubernetes && !others.includes(groupKind)) return [];
    switch (change.change) {
      case 'removed':
        return goesWithItsPods(change, beside) ? [] : ['is deleted, and bounds its pods no more'];
      case 'added':
        // Policies add up: one that is new bounds pods that are new, and lets more through for those that were bounded.
        return goesWithItsPods(change, beside) ? [] : newPolicy(change.after, groupKind);
      case 'changed':
        return groupKind === kubernetes ? newFlows(change.before, change.after) : newItems(change);
    }
  },
};

/** Peers and ports of one direction. */
interface Flow {
  readonly direction: 'ingress' | 'egress';
  /** Undefined for anybody. */
  readonly peer?: Fields;
  /** Undefined for any port. */
  readonly port?: Fields;
}

/** Whether a policy comes or goes together with a workload whose pods it means. */
function goesWithItsPods(policy: ObjectChange, beside: readonly ObjectChange[]): boolean {
  const spec = fieldsOf(objectOf(policy).spec);
  const asked = conditions(spec.podSelector ?? spec.endpointSelector).map((each) => each.replace(/^(?:k8s|any):/, ''));
  return beside.some((other) => {
    const object = objectOf(other);
    const isHere = other.change === policy.change && namespaceOf(object) === namespaceOf(objectOf(policy));
    const pod = isHere ? podTemplateOf(object, groupKindOf(object)) : undefined;
    return pod !== undefined && asked.every((each) => conditions({ matchLabels: pod.labels }).includes(each));
  });
}

function newPolicy(policy: PlainObject, groupKind: string): string[] {
  if (groupKind !== kubernetes) return ['may let more through than the policies that its pods have'];
  return [
    ...new Set(
      directions
        .filter((direction) => isBounded(policy, direction))
        .flatMap((each) => rulesOf(policy, each))
        .map(flowText),
    ),
  ];
}

/** What passes that did not. */
function newFlows(before: PlainObject, after: PlainObject): string[] {
  const known = flowsOf(before);
  const fresh = flowsOf(after).filter((flow) => !known.some((each) => covers(each, flow)));
  return [...new Set(fresh.map(flowText))];
}

const directions = ['ingress', 'egress'] as const;

function flowsOf(policy: PlainObject): Flow[] {
  return directions.flatMap((direction) =>
    isBounded(policy, direction) ? rulesOf(policy, direction) : [{ direction }],
  );
}

/** Whether a policy bounds a direction at all. */
function isBounded(policy: PlainObject, direction: Flow['direction']): boolean {
  const { policyTypes, egress } = fieldsOf(policy.spec);
  const isBoundByDefault = direction === 'ingress' || objectsOf(egress).length > 0;
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  return Array.isArray(policyTypes) ? policyTypes.includes(type) : isBoundByDefault;
}

function rulesOf(policy: PlainObject, direction: Flow['direction']): Flow[] {
  return objectsOf(fieldsOf(policy.spec)[direction]).flatMap((rule) => {
    const peers = objectsOf(direction === 'ingress' ? rule.from : rule.to);
    const ports = objectsOf(rule.ports);
    return (peers.length > 0 ? peers : [undefined]).flatMap((peer) =>
      (ports.length > 0 ? ports : [undefined]).map((port) => ({ direction, peer, port })),
    );
  });
}

function covers(known: Flow, flow: Flow): boolean {
  return known.direction === flow.direction && coversPeer(known.peer, flow.peer) && coversPort(known.port, flow.port);
}

function coversPeer(known: Fields | undefined, peer: Fields | undefined): boolean {
  if (!known) return true;
  if (!peer) return false;
  const [block, other] = [known.ipBlock, peer.ipBlock].map((value) => value && fieldsOf(value));
  if (block || other) {
    if (!block || !other || fieldsOf(block).cidr !== fieldsOf(other).cidr) return false;
    const except = wordsOf(fieldsOf(other).except);
    return wordsOf(fieldsOf(block).except).every((cidr) => except.includes(cidr));
  }
  // Without a selector of namespaces, pods of the policy's own are meant.
  if ((known.namespaceSelector === undefined) !== (peer.namespaceSelector === undefined)) return false;
  return (
    coversSelector(known.namespaceSelector, peer.namespaceSelector) &&
    coversSelector(known.podSelector, peer.podSelector)
  );
}

/** Whether a selector asks for nothing that the other does not. */
function coversSelector(known: unknown, selector: unknown): boolean {
  const [asked, other] = [conditions(known), conditions(selector)];
  return asked.every((condition) => other.includes(condition));
}

function conditions(selector: unknown): string[] {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  return [
    ...Object.entries(fieldsOf(matchLabels)).map(([key, value]) => `${key}=${value}`),
    ...objectsOf(matchExpressions).map(({ key, operator, values }) => {
      const words = wordsOf(values).sort();
      return operator === 'In' && words.length === 1 ? `${key}=${words[0]}` : `${key} ${operator} ${words.join('|')}`;
    }),
  ];
}

function coversPort(known: Fields | undefined, port: Fields | undefined): boolean {
  if (!known) return true;
  if (!port || (known.protocol ?? 'TCP') !== (port.protocol ?? 'TCP')) return false;
  if (known.port === undefined) return true;
  const isOne = known.endPort === undefined && port.endPort === undefined;
  return isOne ? known.port === port.port : isWithin(known, port);
}

function isWithin(known: Fields, port: Fields): boolean {
  const [first, last] = [Number(known.port), Number(known.endPort ?? known.port)];
  const [from, to] = [Number(port.port), Number(port.endPort ?? port.port)];
  return first <= from && to <= last;
}

function flowText({ direction, peer, port }: Flow): string {
  const number = textOf(port?.port) ?? (port?.port as number | undefined);
  const range = port?.endPort === undefined ? `${number}` : `${number} to ${port.endPort}`;
  const on =
    number === undefined
      ? 'any port'
      : `port ${range}${port?.protocol && port.protocol !== 'TCP' ? ` of ${port.protocol}` : ''}`;
  return direction === 'ingress'
    ? `lets ${peerText(peer)} in on ${on}`
    : `lets its pods out to ${peerText(peer)} on ${on}`;
}

function peerText(peer: Fields | undefined): string {
  if (!peer) return 'anybody';
  if (peer.ipBlock) return String(valueAt(peer, 'ipBlock', 'cidr'));
  const pods = conditions(peer.podSelector).join(', ');
  const namespaces = conditions(peer.namespaceSelector).join(', ');
  const where =
    peer.namespaceSelector === undefined
      ? ''
      : namespaces === ''
        ? ' of any namespace'
        : ` of namespaces with ${namespaces}`;
  return `${pods === '' ? 'all pods' : `pods with ${pods}`}${where}`;
}

/** Of policies that are not judged in detail, what is added to what they let through, or is not denied any more. */
function newItems({ fields }: ObjectChange): string[] {
  return fields.flatMap(({ path, before, after }) => {
    const [list] = path.slice(1);
    if (list === 'ingress' || list === 'egress')
      return after !== undefined ? [`lets more through: ${fieldText(path)}`] : [];
    if (list === 'ingressDeny' || list === 'egressDeny')
      return before !== undefined ? [`denies less: ${fieldText(path)}`] : [];
    return [];
  });
}

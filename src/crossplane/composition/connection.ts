import type { ConnectionLocation } from '../../platform/backend';
import { show, suggestion } from '../../platform/rule';
import { type Expression, expressionOf, type FieldValue, where } from './expression';
import { fieldPath } from './field-path';
import { flat } from './lower';
import type { ConnectionDetail } from './patch-and-transform';
import type { Ref } from './reference-types';
import type { Placeholders } from './target';

export type { ConnectionLocation };

/**
 * What a backend gives for a key: a field of a resource, a key of a managed resource's connection Secret, a constant, a key
 * of a Secret that something else writes, or a text of other keys.
 */
export type ConnectionSource = Ref<string> | Ref<number> | string | SecretKey | KeyIn | Joined;

/** A key of the connection Secret that a managed resource writes. */
export class SecretKey {
  readonly resource: object;
  readonly key: string;

  constructor(resource: object, key: string) {
    this.resource = resource;
    this.key = key;
  }
}

/** A key of a Secret that something other than Crossplane writes. */
export class KeyIn {
  readonly secret: Ref<string>;
  readonly key: string;

  constructor(secret: Ref<string>, key: string) {
    this.secret = secret;
    this.key = key;
  }
}

/** A text of other keys. */
export class Joined {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A key of a Secret that an operator writes, like CloudNativePG's. Its name may be made from the request's name only. */
export function keyIn(secret: Ref<string>, key: string): KeyIn {
  return new KeyIn(secret, key);
}

/** A text of other keys of the contract, each as `$(key)`: joined('https://$(host):$(port)'). */
export function joined(text: string): Joined {
  return new Joined(text);
}

/**
 * What a backend gives for a key that its users do without, like a password where they sign in as their account. Variables
 * that would hold it are left out.
 */
export const notNeeded = new Joined('');

/** What a composition's connection comes to. */
export interface Connection {
  readonly locations: Readonly<Record<string, ConnectionLocation>>;
  /** What each resource adds to the request's connection Secret. */
  readonly details: ReadonlyMap<string, readonly ConnectionDetail[]>;
}

/**
 * Turns what a backend gives into what resources add, and into where each key is found.
 *
 * @param secret name of the request's connection Secret, with `%s` for the request's name
 * @param placeholders what stands in the name of a Secret for a field of the request, by the path of the field
 * @param resolve what a reference comes to once other resources' bodies are known
 */
export function connectionOf(
  sources: Readonly<Record<string, ConnectionSource>>,
  secret: string,
  firstResource: string | undefined,
  placeholders: Placeholders,
  resolve: (reference: unknown) => unknown,
  report: (message: string) => void,
): Connection {
  const details = new Map<string, ConnectionDetail[]>();
  const locations: Record<string, ConnectionLocation> = {};
  const add = (resource: string, detail: ConnectionDetail): ConnectionLocation => {
    details.set(resource, [...(details.get(resource) ?? []), detail]);
    return { secret, key: detail.name };
  };
  const locate = (name: string, source: ConnectionSource): ConnectionLocation | string => {
    if (source === notNeeded) return { text: '' };
    if (source instanceof Joined) return joinedLocation(source.text, name, sources);
    if (source instanceof KeyIn) return secretLocation(source, placeholders, resolve);
    if (source instanceof SecretKey) {
      const type = 'FromConnectionSecretKey';
      return add(ownerOf(source.resource), { name, type, fromConnectionSecretKey: source.key });
    }
    if (typeof source === 'string') {
      if (firstResource === undefined) return 'a constant needs a composed resource that stands for it';
      return add(firstResource, { name, type: 'FromValue', value: source });
    }
    const expression = expressionOf(source);
    if (expression?.of !== 'field' || expression.origin.of !== 'resource' || expression.transforms.length > 0) {
      return (
        `${expression ? where(expression) : show(source)} is not a plain field of a composed resource, which is all that the ` +
        'function can read here; read the field that the value is put into, or use joined(...)'
      );
    }
    return add(expression.origin.resource, { name, type: 'FromFieldPath', fromFieldPath: fieldPath(expression.path) });
  };
  for (const [name, source] of Object.entries(sources)) {
    const location = locate(name, source);
    if (typeof location === 'string') report(`connection.${name}: ${location}`);
    else locations[name] = location;
  }
  return { locations, details };
}

function ownerOf(resource: object): string {
  const expression = expressionOf(resource);
  return expression?.of === 'field' && expression.origin.of === 'resource' ? expression.origin.resource : '';
}

function joinedLocation(
  text: string,
  name: string,
  sources: Readonly<Record<string, ConnectionSource>>,
): ConnectionLocation | string {
  const keys = Object.keys(sources).filter((key) => sources[key] !== notNeeded);
  const named = [...text.matchAll(/\$\(([^)]*)\)/g)].map(([, key]) => key);
  const unknown = named.find((key) => !keys.includes(key) || key === name);
  if (named.length === 0) return `joined(${show(text)}) names no key; write one as $(key), or give a plain string`;
  return unknown === undefined
    ? { text }
    : `joined(${show(text)}) names ${show(unknown)}, which is no other key that there is${suggestion(unknown, keys)}`;
}

function secretLocation(
  { secret, key }: KeyIn,
  placeholders: Placeholders,
  resolve: (reference: unknown) => unknown,
): ConnectionLocation | string {
  const known = resolve(secret);
  if (typeof known === 'string') return { secret: known.replaceAll('%', '%%'), key };
  const pattern = namePattern(expressionOf(known) as Expression, placeholders);
  return pattern === undefined
    ? 'the name of the Secret must be made from the name of the request only, so that it is known before anything exists'
    : { secret: pattern, key };
}

/** A name with placeholders for fields of the request, or undefined when it is made from anything else. */
export function namePattern(expression: Expression, placeholders: Placeholders): string | undefined {
  const placeholder = ({ origin, path, instead }: FieldValue) =>
    origin.of === 'request' && !instead ? placeholders[fieldPath(path)] : undefined;
  const value = flat(expression);
  if (value.of === 'text') {
    const parts = value.parts.map((part) =>
      typeof part === 'string'
        ? part.replaceAll('%', '%%')
        : part.transforms.length === 0
          ? placeholder(part)
          : undefined,
    );
    return value.transforms.length > 0 || parts.includes(undefined) ? undefined : parts.join('');
  }
  return value.transforms.reduce<string | undefined>(
    (pattern, transform) =>
      pattern !== undefined && transform.type === 'string' && transform.string.type === 'Format'
        ? transform.string.fmt.replace('%s', () => pattern)
        : undefined,
    placeholder(value),
  );
}

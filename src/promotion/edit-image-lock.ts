import { isAlias, isMap, isScalar, parse, parseDocument, Scalar, type YAMLMap } from 'yaml';
import { refuse } from '../platform/golden-error';
import { isRepository } from '../platform/image';
import { imageLockFile, type LockedImage, parseImageLock } from '../platform/image-lock';
import { isRecord, show } from '../platform/rule';

/** A pin that is written: an image of an environment. */
export interface PinEdit {
  readonly environment: string;
  /** The image's name in the lock. */
  readonly name: string;
  /** A repository that is left out stays as it is in the lock. */
  readonly image: LockedImage;
}

/**
 * The text of an image lock with other pins. Comments, order and quotes stay; where an entry has the fields already, no other
 * byte changes.
 *
 * @throws GoldenError when the lock is no YAML mapping, has markers of a merge or merge keys, or shares an entry by an anchor.
 */
export function editImageLock(text: string, edits: readonly PinEdit[]): string {
  return edits.reduce(editPin, text);
}

function editPin(text: string, edit: PinEdit): string {
  const { environment, name, image } = edit;
  // A file of comments only is a lock without pins.
  const lock = parseDocument(text).contents === null ? {} : parseImageLock(text);
  for (const [what, found] of [
    [environment, lock[environment]],
    [`${name} for ${environment}`, lock[environment]?.[name]],
  ] as const) {
    if (found !== undefined && found !== null && !isRecord(found)) {
      refuse(imageLockFile, `${what} is ${show(found)}, no mapping; write it like staging: { ${name}: { … } }`);
    }
  }
  const fields = { ...lock[environment]?.[name], ...withoutUndefined(image) };
  const edited = splice(text, edit) ?? rewrite(text, edit);
  const expected = { ...lock, [environment]: { ...lock[environment], [name]: fields } };
  // An anchor would carry the pin to another environment.
  if (canonical(parseImageLock(edited)) !== canonical(expected)) refuse(imageLockFile, sharedEntry(edit));
  return edited;
}

/** Replaces the values of an entry that has all of them; undefined when it has not. */
function splice(text: string, { environment, name, image }: PinEdit): string | undefined {
  const entry = parseDocument(text).getIn([environment, name], true);
  if (!isMap(entry)) return undefined;
  const places: { from: number; to: number; value: string }[] = [];
  for (const [key, value] of Object.entries(withoutUndefined(image))) {
    const scalar = entry.get(key, true);
    if (!isScalar(scalar) || !scalar.range || scalar.anchor || scalar.tag || scalar.type?.startsWith('BLOCK')) {
      return undefined;
    }
    if (scalar.value === value) continue;
    const [from, to] = scalar.range;
    places.push({ from, to, value: quoted(value, scalar) });
  }
  return places
    .sort((a, b) => b.from - a.from)
    .reduce((rest, { from, to, value }) => rest.slice(0, from) + value + rest.slice(to), text);
}

/** In the quotes that the value had; plain text that would be a number gets some. */
function quoted(value: string, { type }: Scalar): string {
  if (type === Scalar.QUOTE_SINGLE) return `'${value}'`;
  return type === Scalar.PLAIN && parse(`{ a: ${value} }`)?.a === value ? value : JSON.stringify(value);
}

/** Adds what is missing, by writing the document anew. */
function rewrite(text: string, { environment, name, image }: PinEdit): string {
  const document = parseDocument(text);
  if (document.contents === null || !isMap(document.contents)) document.contents = document.createNode({}) as never;
  const section = child(document.contents as unknown as YAMLMap, environment);
  const entry = child(section, name);
  entry.flow ||= entry.items.length === 0;
  for (const [key, value] of Object.entries(withoutUndefined(image))) {
    const scalar = document.createNode(value) as Scalar;
    scalar.type = Scalar.QUOTE_DOUBLE;
    if (isScalar(entry.get(key, true))) {
      const { comment, commentBefore } = entry.get(key, true) as Scalar;
      Object.assign(scalar, { comment, commentBefore });
    }
    entry.set(key, scalar);
  }
  const written = document.toString({ lineWidth: 0 });
  return text.includes('\r\n') ? written.replaceAll(/\r?\n/g, '\r\n') : written;

  function child(parent: YAMLMap, key: string): YAMLMap {
    const found = parent.get(key, true);
    if (isAlias(found)) refuse(imageLockFile, sharedEntry({ environment, name }));
    if (isMap(found)) return found;
    const made = document.createNode({}) as YAMLMap;
    made.flow = false;
    // What stood behind a key without a value stands before its first entry.
    if (isScalar(found)) made.commentBefore = [found.commentBefore, found.comment].filter((each) => each).join('\n');
    parent.set(key, made);
    return made;
  }
}

function sharedEntry({ environment, name }: Pick<PinEdit, 'environment' | 'name'>): string {
  return `${name} for ${environment} shares its text with another entry by an anchor; write the entry out, so that one environment can change without the other`;
}

function withoutUndefined(image: LockedImage): Record<string, string> {
  return Object.fromEntries(Object.entries(image).filter(([, value]) => value !== undefined));
}

/** The same text for the same data, whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each) =>
    isRecord(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}

/** What `[repository:]tag@digest` names, or a sentence that says why it names nothing. */
export function parsePin(text: string): LockedImage | string {
  const match = /^(?:(?<repository>.+):)?(?<tag>[^:@]*)@(?<digest>.*)$/s.exec(text);
  if (!match?.groups) return `${show(text)} is no pin; write tag@digest, like 1.4.2@sha256:…`;
  const { repository, tag, digest } = match.groups;
  if (repository !== undefined && !isRepository(repository)) {
    return `the repository ${show(repository)} is none; write registry and path, like ghcr.io/acme/orders-api`;
  }
  if (!/^\w[\w.-]{0,127}$/.test(tag)) {
    return `the tag ${show(tag)} is none; write up to 128 letters, digits and any of . _ -, the first no dot nor dash`;
  }
  if (!/^sha256:[a-f0-9]{64}$/.test(digest)) {
    return `the digest ${show(digest)} is none; write sha256: and 64 hexadecimal digits, as the registry names the image`;
  }
  return { ...(repository !== undefined && { repository }), tag, digest };
}

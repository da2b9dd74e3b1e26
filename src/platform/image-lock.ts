import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { findFile } from './find-file';
import { GoldenError } from './golden-error';
import { isRecord, show, suggestion } from './rule';

/** One pinned image. */
export interface LockedImage {
  /** The version that people read. */
  readonly tag: string;
  /** The content that runs: `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  /**
   * Registry and path.
   * @default - the image's name in the platform's first registry
   */
  readonly repository?: string;
}

/** Images by environment and name: what a build writes and a promotion moves. */
export type ImageLock = Readonly<Record<string, Readonly<Record<string, LockedImage>>>>;

/** The name of the lock file, looked for from the working folder upwards. */
export const imageLockFile = 'images.lock.yaml';

/**
 * Reads the image lock.
 *
 * @param file path of the lock file
 * @throws GoldenError when there is none or it is no YAML mapping.
 */
export function readImageLock(file: string | undefined = findFile(imageLockFile)): ImageLock {
  if (file === undefined)
    unreadable(`there is no ${imageLockFile} in this folder or above; create it with a line for each image`);
  return parseImageLock(imageLockText(file));
}

/**
 * The text of an image lock.
 *
 * @throws GoldenError when it can't be read, or is no UTF-8: written again, it would lose letters.
 */
export function imageLockText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return unreadable(
      code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'is no UTF-8; save it as that' : `can't be read: ${message}`,
    );
  }
}

/**
 * The image lock that a text holds.
 *
 * @throws GoldenError when a merge was not finished in it, it is no YAML mapping, or it has merge keys.
 */
export function parseImageLock(text: string): ImageLock {
  const marker = text.split('\n').findIndex((each) => /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/.test(each));
  if (marker >= 0) {
    unreadable(`line ${marker + 1} is a marker of a merge that was not finished; keep the pins of one side`);
  }
  let lock: unknown;
  try {
    lock = parse(text, { logLevel: 'error' });
  } catch (error) {
    unreadable(`can't be read as YAML: ${(error as Error).message.split(/:?\n/)[0]}`);
  }
  if (typeof lock !== 'object' || lock === null || Array.isArray(lock)) {
    unreadable(`${show(lock)} is no mapping; write environments, and under each its images`);
  }
  const merging = mergingPlaces(lock);
  if (merging.length > 0) {
    throw new GoldenError(
      merging.map((place) => ({
        path: imageLockFile,
        message: `${place} has the merge key "<<", which YAML 1.2 does not know, so that its pins would be left out; write them out there, each with its own tag and digest`,
        cause: 'lock',
      })),
    );
  }
  return lock as ImageLock;
}

/** Where a lock has merge keys: at its top, in environments, in entries. */
function mergingPlaces(lock: object): string[] {
  const places: [string, unknown][] = [['its top level', lock]];
  for (const [environment, images] of Object.entries(lock)) {
    places.push([environment, images]);
    if (isRecord(images))
      for (const [name, image] of Object.entries(images)) places.push([`${name} for ${environment}`, image]);
  }
  return places.flatMap(([place, found]) => (isRecord(found) && Object.hasOwn(found, '<<') ? [place] : []));
}

function unreadable(message: string): never {
  throw new GoldenError([{ path: imageLockFile, message, cause: 'lock' }]);
}

/** The line that a lock lacks, ready to be pasted. */
function line(environment: string, name: string, image?: Partial<LockedImage>): string {
  const digest = /^sha256:[a-f0-9]{64}$/.test(image?.digest ?? '') ? image?.digest : `sha256:${'0'.repeat(64)}`;
  return `${environment}: { ${name}: { tag: ${JSON.stringify(image?.tag ?? '1.0.0')}, digest: "${digest}" } }`;
}

/**
 * The reference of a locked image, or a sentence that says what is wrong with its entry and the line that would fix it.
 */
export function lockedImage(
  lock: ImageLock,
  environment: string,
  name: string,
  registry: string | undefined,
): { readonly image: string } | { readonly problem: string } {
  const images = lock[environment];
  const image = Object.hasOwn(images ?? {}, name) ? images[name] : undefined;
  if (image === undefined) {
    const near = suggestion(name, Object.keys(images ?? {}));
    return {
      problem: `${imageLockFile} has no image ${show(name)} for ${environment}${near}; add the line\n    ${line(environment, name)}`,
    };
  }
  const wrong = entryProblem(image, registry);
  if (wrong)
    return {
      problem: `${imageLockFile}: ${name} for ${environment} ${wrong}; write the line\n    ${line(environment, name, image)}`,
    };
  return { image: `${image.repository ?? `${registry}/${name}`}:${image.tag}@${image.digest}` };
}

function entryProblem(image: unknown, registry: string | undefined): string | undefined {
  if (typeof image !== 'object' || image === null) return `is ${show(image)}, not a tag and a digest`;
  const { tag, digest, repository } = image as Partial<Record<keyof LockedImage, unknown>>;
  if (typeof tag !== 'string' || !/^[\w][\w.-]{0,127}$/.test(tag)) {
    return `has the tag ${show(tag)}, which is no tag (a number needs quotes)`;
  }
  if (typeof digest !== 'string' || !/^sha256:[a-f0-9]{64}$/.test(digest)) {
    return `has the digest ${show(digest)}, which is not sha256: and 64 hexadecimal digits`;
  }
  if (repository !== undefined && typeof repository !== 'string')
    return `has the repository ${show(repository)}, which is no text`;
  if (repository === undefined && registry === undefined)
    return 'names no repository, and the platform has no registry to look in';
  return undefined;
}

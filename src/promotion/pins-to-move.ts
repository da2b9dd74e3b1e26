import type { ImageLock } from '../platform/image-lock';
import type { PinEdit } from './edit-image-lock';
import { contentOf } from './images-of';

/** The pins of an environment as those of another one. A repository stays that of the environment: its mirror may be another. */
export function promotedPins(lock: ImageLock, from: string, to: string): PinEdit[] {
  return Object.entries(lock[from] ?? {}).map(([name, { tag, digest, repository }]) => {
    const image = {
      tag,
      digest,
      ...(repository !== undefined && lock[to]?.[name] === undefined ? { repository } : {}),
    };
    return { environment: to, name, image };
  });
}

/** Those pins whose images something runs. */
export function pinsThatRun(pins: readonly PinEdit[], images: readonly string[]): PinEdit[] {
  const contents = new Set(images.map(contentOf));
  return pins.filter(({ image }) => contents.has(image.digest));
}

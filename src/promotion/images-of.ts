import { parse } from 'yaml';
import { parseImage } from '../platform/image';
import { isRecord } from '../platform/rule';

/** The images that the containers of some manifests run, sorted. Whatever has `containers` is taken for a pod. */
export function imagesOf(manifests: Iterable<string>): string[] {
  const images = new Set<string>();
  // What is rendered has no aliases, and those of others could fill the memory.
  for (const text of manifests) {
    try {
      collect(parse(text, { maxAliasCount: 0 }), images);
    } catch {
      // What is no YAML runs nothing; who looks for edited files names it.
    }
  }
  return [...images].sort();
}

function collect(value: unknown, images: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) collect(each, images);
  if (!isRecord(value)) return;
  for (const [key, each] of Object.entries(value)) {
    if (/^(?:init|ephemeral)?containers$/i.test(key) && Array.isArray(each)) {
      for (const container of each) {
        if (isRecord(container) && typeof container.image === 'string') images.add(container.image);
      }
    }
    collect(each, images);
  }
}

/** What an image runs: its digest, wherever it is pulled from, or all of its name where it has none. */
export function contentOf(image: string): string {
  return parseImage(image)?.digest ?? image;
}

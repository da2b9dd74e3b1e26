import { oneOf, show } from './rule';

/** The parts of an image reference, as the OCI distribution specification names them. */
export interface ImageReference {
  /** Registry and path: `ghcr.io/acme/orders-api`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const reference =
  /^(?<repository>(?:[a-zA-Z0-9]+(?:(?:\.|-+)[a-zA-Z0-9]+)*(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}))?$/;

/** The parts of an image reference, or undefined when the text is none. */
export function parseImage(image: unknown): ImageReference | undefined {
  const groups = typeof image === 'string' ? reference.exec(image)?.groups : undefined;
  return groups && { repository: groups.repository, tag: groups.tag, digest: groups.digest };
}

/** Whether a text is a repository alone, without tag and digest. */
export function isRepository(text: string): boolean {
  const parsed = parseImage(text);
  return parsed !== undefined && parsed.tag === undefined && parsed.digest === undefined;
}

/** What is wrong with an image, or undefined: it needs a tag or digest, never `latest` alone, from a known registry. */
export function imageProblem(image: unknown, registries: readonly string[]): string | undefined {
  const parsed = parseImage(image);
  if (!parsed)
    return `image ${show(image)} is no image reference; write registry/name:tag@sha256:digest, or use env.image(name)`;
  if (!parsed.tag && !parsed.digest) {
    return `image ${show(image)} has neither tag nor digest, so what runs would change without a commit; add one, or use env.image(name)`;
  }
  if (parsed.tag === 'latest' && !parsed.digest) {
    return `image ${show(image)} is pinned to "latest", which moves without a commit; name a version, or use env.image(name)`;
  }
  if (registries.length > 0 && !registries.some((registry) => parsed.repository.startsWith(`${registry}/`))) {
    return `image ${show(image)} comes from a registry that the platform does not know; use ${oneOf(registries)}`;
  }
  return undefined;
}

/** What an image is called as a version: its tag, else the first twelve characters of its digest. */
export function imageVersion(image: string): string {
  const parsed = parseImage(image);
  return parsed?.tag ?? parsed?.digest?.slice('sha256:'.length, 'sha256:'.length + 12) ?? '';
}

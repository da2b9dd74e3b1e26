import { define, FunctionError, type Library } from './library';

/** An image reference taken apart as Docker does: a missing registry is Docker Hub's, a missing tag is `latest`. */
class Image {
  constructor(
    readonly registry: string,
    readonly repository: string,
    readonly tag: string,
    readonly digest: string,
  ) {}
}

const path = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const shape = new RegExp(
  `^(?:((?:[A-Za-z0-9-]+\\.)*[A-Za-z0-9-]+(?::\\d+)?)/)?(${path}(?:/${path})*)(?::([\\w][\\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`,
);

function parseImage(text: string): Image | undefined {
  const match = shape.exec(text);
  if (!match) return undefined;
  let [, registry, repository, tag = '', digest = ''] = match;
  // Only a name with a dot, a port or `localhost` is a registry; `library/nginx` is a path.
  if (registry !== undefined && !/[.:]|^localhost$/.test(registry)) {
    if (registry !== registry.toLowerCase()) return undefined;
    repository = `${registry}/${repository}`;
    registry = 'index.docker.io';
  }
  registry ??= 'index.docker.io';
  if (registry === 'docker.io') registry = 'index.docker.io';
  if (registry === 'index.docker.io' && !repository.includes('/')) repository = `library/${repository}`;
  return new Image(registry, repository, digest === '' && tag === '' ? 'latest' : tag, digest);
}

/** Kyverno's image references: `image(s).registry()`. */
export const imageLibrary: Library = (env) => {
  env.registerType('Image', Image);
  define(env, {
    'image(string): Image': (text: string) => {
      const image = parseImage(text);
      if (!image) throw new FunctionError(`${JSON.stringify(text)} is no image reference`);
      return image;
    },
    'isImage(string): bool': (text: string) => parseImage(text) !== undefined,
    'Image.registry(): string': (image: Image) => image.registry,
    'Image.repository(): string': (image: Image) => image.repository,
    'Image.tag(): string': (image: Image) => image.tag,
    'Image.digest(): string': (image: Image) => image.digest,
    'Image.identifier(): string': (image: Image) => image.digest || image.tag,
    'Image.containsDigest(): bool': (image: Image) => image.digest !== '',
  });
};

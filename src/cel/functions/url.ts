import { define, FunctionError, type Library } from './library';

/** A URL taken apart as Go's net/url does for requests: absolute, or a path; a fragment is part of the path. */
class Url {
  constructor(
    readonly scheme: string,
    readonly host: string,
    readonly path: string,
    readonly query: string,
  ) {}
}

function parseUrl(text: string): Url | undefined {
  if (/\s|\p{Cc}/u.test(text) || /%(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?]*))?)?(\/[^?]*)?(?:\?(.*))?$/.exec(text);
  if (!match) return undefined;
  const [, scheme = '', authority = '', path = '', query = ''] = match;
  if (scheme === '' && path === '') return undefined;
  if (scheme !== '' && match[2] === undefined && path === '') return undefined;
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (!/^(\[[0-9A-Fa-f:.%]+\]|[^:[\]]*)(:\d*)?$/.test(host)) return undefined;
  return new Url(scheme.toLowerCase(), host, path, query);
}

/** Kubernetes' URLs: `isURL(s)`, `url(s).getHost()`. */
export const urlLibrary: Library = (env) => {
  env.registerType('URL', Url);
  env.registerOperator(
    'URL == URL',
    (a: Url, b: Url) => a.scheme === b.scheme && a.host === b.host && a.path === b.path && a.query === b.query,
  );
  define(env, {
    'url(string): URL': (text: string) => {
      const url = parseUrl(text);
      if (!url) throw new FunctionError(`${JSON.stringify(text)} is no URL`);
      return url;
    },
    'isURL(string): bool': (text: string) => parseUrl(text) !== undefined,
    'URL.getScheme(): string': (url: Url) => url.scheme,
    'URL.getHost(): string': (url: Url) => url.host,
    'URL.getHostname(): string': (url: Url) => url.host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1'),
    'URL.getPort(): string': (url: Url) => /:(\d*)$/.exec(url.host)?.[1] ?? '',
    'URL.getEscapedPath(): string': (url: Url) => url.path,
    'URL.getQuery(): map<string, list<string>>': (url: Url) => {
      const query: Record<string, string[]> = {};
      for (const [key, value] of new URLSearchParams(url.query)) {
        query[key] ??= [];
        query[key].push(value);
      }
      return query;
    },
  });
};

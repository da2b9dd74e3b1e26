import { Agent, request } from 'node:https';

/** A Kubernetes object, as far as every kind has it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** What the API server answered. */
export interface ApiAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the answer may be of any kind, or a Status
  readonly body: any;
  /** Texts of the `Warning` headers. */
  readonly warnings: readonly string[];
}

/** A request beyond its method and path. */
export interface ApiRequest {
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as it is when it is a string or bytes, otherwise as JSON. */
  readonly body?: unknown;
  /** @default 'application/json' */
  readonly contentType?: string;
  /**
   * Who it is said to come from; the client's own user has to be allowed to say so.
   * @default - the client's own user
   */
  readonly as?: User;
}

/** A user, as the API server knows it. */
export interface User {
  readonly username: string;
  readonly groups: readonly string[];
}

/** An answer other than the one asked for. */
export class ApiError extends Error {
  constructor(
    readonly answer: ApiAnswer,
    what: string,
  ) {
    super(`${what}: ${answer.status} ${answer.body?.message ?? JSON.stringify(answer.body)}`);
  }
}

/** Who asks and where. */
export interface ApiClientOptions {
  readonly url: string;
  /** Bearer token. */
  readonly token: string;
  /** The authority that signed the serving certificate, PEM. */
  readonly ca: string;
}

/** A small client of one API server: JSON over kept-alive HTTPS, paths found by discovery, warnings kept. */
export class ApiClient {
  private readonly agent: Agent;
  private readonly kinds = new Map<string, { path: string; namespaced: boolean }>();

  constructor(private readonly options: ApiClientOptions) {
    this.agent = new Agent({ keepAlive: true, maxSockets: 8, ca: options.ca });
  }

  /** Asks and returns any answer, also a refusal. */
  ask(method: string, path: string, { query, body, contentType, as }: ApiRequest = {}): Promise<ApiAnswer> {
    const url = new URL(path, this.options.url);
    url.search = new URLSearchParams(query).toString();
    const payload =
      body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.options.token}`,
      accept: 'application/json',
      ...(as && { 'impersonate-user': as.username, 'impersonate-group': [...as.groups] }),
      ...(payload === undefined
        ? {}
        : { 'content-type': contentType ?? 'application/json', 'content-length': Buffer.byteLength(payload) }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({
            status: response.statusCode ?? 0,
            body: /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(text) : text,
            warnings: warningsOf(response.rawHeaders),
          });
        });
      });
      sent.once('error', reject);
      sent.end(payload);
    });
  }

  /**
   * Asks and returns what the answer holds.
   * @throws ApiError for any status from 400 on
   */
  async call(method: string, path: string, request: ApiRequest = {}): Promise<ApiAnswer['body']> {
    const answer = await this.ask(method, path, request);
    if (answer.status >= 400) {
      throw new ApiError(answer, `${method} ${path}`);
    }
    return answer.body;
  }

  /**
   * The path of an object.
   * @throws Error when the server doesn't serve its kind, or when the kind needs a namespace and the object has none
   */
  async pathOf(object: KubeObject, subresource?: string): Promise<string> {
    const { name, namespace } = object.metadata;
    const collection = await this.collection(object.apiVersion, object.kind, namespace);
    if (namespace === undefined && this.kinds.get(`${object.apiVersion} ${object.kind}`)?.namespaced) {
      throw new Error(`${object.kind} ${name} has no namespace; its kind needs one`);
    }
    return [collection, encodeURIComponent(name), subresource].filter((part) => part !== undefined).join('/');
  }

  /** The path of all objects of a kind: in one namespace when it is given and the kind has namespaces. */
  async collection(apiVersion: string, kind: string, namespace?: string): Promise<string> {
    const key = `${apiVersion} ${kind}`;
    const found = this.kinds.get(key) ?? (await this.discover(apiVersion)).get(key);
    if (found === undefined) {
      throw new Error(`the API server does not serve ${kind} of ${apiVersion}`);
    }
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    return found.namespaced && namespace !== undefined
      ? `${root}/namespaces/${namespace}/${found.path}`
      : `${root}/${found.path}`;
  }

  /** All objects of a kind. */
  async list(apiVersion: string, kind: string, namespace?: string): Promise<KubeObject[]> {
    const { items } = await this.call('GET', await this.collection(apiVersion, kind, namespace));
    return items.map((item: KubeObject) => ({ ...item, apiVersion, kind }));
  }

  /** The object as it is in the cluster, or undefined. */
  async get(object: KubeObject): Promise<KubeObject | undefined> {
    const path = await this.pathOf(object);
    const answer = await this.ask('GET', path);
    if (answer.status >= 400 && answer.status !== 404) {
      throw new ApiError(answer, `GET ${path}`);
    }
    return answer.status === 404 ? undefined : answer.body;
  }

  /** Creates an object; one that is already there is left as it is. */
  async ensure(object: KubeObject): Promise<void> {
    const path = await this.collection(object.apiVersion, object.kind, object.metadata.namespace);
    const answer = await this.ask('POST', path, { body: object });
    if (answer.status >= 400 && answer.status !== 409) {
      throw new ApiError(answer, `POST ${path}`);
    }
  }

  /** Closes the kept connections. */
  close(): void {
    this.agent.destroy();
  }

  private async discover(apiVersion: string): Promise<ReadonlyMap<string, { path: string; namespaced: boolean }>> {
    const answer = await this.ask('GET', apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);
    for (const { name, kind, namespaced } of answer.body?.resources ?? []) {
      if (!name.includes('/')) {
        this.kinds.set(`${apiVersion} ${kind}`, { path: name, namespaced });
      }
    }
    return this.kinds;
  }
}

/** Texts of `Warning: 299 - "text"` headers (RFC 7234, section 5.5). */
function warningsOf(rawHeaders: readonly string[]): string[] {
  return rawHeaders
    .filter((_, index) => index % 2 === 1 && rawHeaders[index - 1].toLowerCase() === 'warning')
    .map((value) => /^\d{3} \S+ "(.*)"$/.exec(value)?.[1].replaceAll('\\"', '"') ?? value);
}

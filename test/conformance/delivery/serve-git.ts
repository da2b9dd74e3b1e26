import { execFile, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

/** A web server of git repositories on loopback. */
export interface GitServer {
  /** Address of a repository, by the name of its folder. */
  readonly urlOf: (name: string) => string;
  readonly close: () => Promise<void>;
}

/** Who may read. */
export interface GitReader {
  readonly username: string;
  readonly password: string;
}

/** Serves the bare repositories in a folder for reading, to one user, with git's own program for web servers. */
export async function serveGit(folder: string, reader: GitReader): Promise<GitServer> {
  const { stdout } = await promisify(execFile)('git', ['--exec-path']);
  const program = `${stdout.trim()}/git-http-backend`;
  const authorization = `Basic ${Buffer.from(`${reader.username}:${reader.password}`).toString('base64')}`;
  const server = createServer((request, response) => {
    if (request.headers.authorization !== authorization) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    answer(program, folder, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (name) => `http://127.0.0.1:${port}/${name}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** One request, as RFC 3875 hands it to a program: variables and standard input, headers and a body on standard output. */
function answer(program: string, folder: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { 'content-type': type, 'content-length': length, 'git-protocol': protocol } = request.headers;
  const child = spawn(program, {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      REQUEST_METHOD: request.method,
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      ...(type !== undefined && { CONTENT_TYPE: type }),
      ...(length !== undefined && { CONTENT_LENGTH: length }),
      ...(protocol !== undefined && { GIT_PROTOCOL: String(protocol) }),
      ...(request.headers['content-encoding'] && { HTTP_CONTENT_ENCODING: request.headers['content-encoding'] }),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.once('error', () => response.writeHead(500).end());
  // A program that ends early leaves its input unread.
  child.stdin.on('error', () => {});
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.once('close', () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf('\r\n\r\n');
    if (end < 0 || response.headersSent) {
      response.destroy();
      return;
    }
    const headers = all
      .subarray(0, end)
      .toString('latin1')
      .split('\r\n')
      .map((line) => /^([^:]+):\s*(.*)$/.exec(line)?.slice(1) as [string, string]);
    const { Status = '200', ...rest } = Object.fromEntries(headers);
    response.writeHead(Number.parseInt(Status, 10), rest).end(all.subarray(end + 4));
  });
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';

/** Something that was told to somebody. */
export interface Message {
  /** Who told it. */
  readonly by: 'slack' | 'webhook' | 'mail';
  /** A channel, a path, or an address. */
  readonly to: string;
  readonly text: string;
  /** The header `Authorization`, where there is one. */
  readonly credential?: string;
}

/** Plays Slack, a webhook and a mail server on loopback, and keeps what they are given. */
export class Inbox {
  readonly messages: Message[] = [];
  private readonly http: Server = createServer((request, response) => this.receive(request, response));
  private readonly smtp: TcpServer = createTcpServer((socket) => this.converse(socket));
  private readonly sockets = new Set<Socket>();

  /** Opens it on two free ports. */
  static async open(): Promise<Inbox> {
    const inbox = new Inbox();
    for (const server of [inbox.http, inbox.smtp]) {
      server.on('connection', (socket: Socket) => inbox.sockets.add(socket));
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
      });
    }
    return inbox;
  }

  /** Where Slack and the webhook are. */
  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  /** Where mail is taken. */
  get mailPort(): number {
    return (this.smtp.address() as AddressInfo).port;
  }

  /** Closes it, with every connection that is kept. */
  async close(): Promise<void> {
    const closed = [this.http, this.smtp].map((server) => new Promise((resolve) => server.close(resolve)));
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(closed);
  }

  private receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { authorization: credential } = request.headers;
      if (request.url === '/api/chat.postMessage') {
        const form = new URLSearchParams(body);
        const to = form.get('channel') ?? '';
        this.messages.push({
          ...{ by: 'slack', to, text: form.get('text') ?? '' },
          credential: credential ?? `Bearer ${form.get('token')}`,
        });
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ ok: true, channel: to, ts: '1.1' }));
        return;
      }
      this.messages.push({ by: 'webhook', to: `${request.method} ${request.url}`, text: body, credential });
      response.end();
    });
  }

  /** The part of SMTP that a client needs which neither encrypts nor logs in (RFC 5321, section 4.1). */
  private converse(socket: Socket): void {
    let to = '';
    let unread = '';
    let isData = false;
    socket.on('error', () => socket.destroy());
    socket.write('220 inbox\r\n');
    socket.on('data', (chunk: Buffer) => {
      unread += chunk.toString();
      for (;;) {
        const end = unread.indexOf(isData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const line = unread.slice(0, end);
        unread = unread.slice(end + (isData ? 5 : 2));
        if (isData) {
          this.messages.push({ by: 'mail', to, text: line });
          isData = false;
          socket.write('250 kept\r\n');
        } else if (/^DATA/i.test(line)) {
          isData = true;
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) {
          socket.end('221 bye\r\n');
        } else {
          to = /^RCPT TO:<(.*)>/i.exec(line)?.[1] ?? to;
          socket.write('250 fine\r\n');
        }
      }
    });
  }
}

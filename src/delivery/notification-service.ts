import { nameProblem } from '../platform/names';
import { isRecord, oneOf, show, suggestion, unknownSettingProblems } from '../platform/rule';

/** Messages to the channel that the topology names for each team. */
export interface SlackService {
  readonly kind: 'slack';
  /**
   * The token of the app in Slack, as `$key` of `argocd-notifications-secret`.
   * @default '$slack-token'
   */
  readonly token?: string;
  /**
   * Where its API is, for what only speaks like Slack.
   * @default - at Slack
   */
  readonly apiUrl?: string;
}

/** A JSON object about each message of every team, posted to one address. */
export interface WebhookService {
  readonly kind: 'webhook';
  /** The address; what is secret of it as `$key` of `argocd-notifications-secret`. */
  readonly url: string;
  /**
   * Headers beside `Content-Type`; what is secret of them as `$key`: `{ Authorization: 'Bearer $pager-token' }`.
   * @default - none
   */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Mail to an address of each team. */
export interface EmailService {
  readonly kind: 'email';
  /** The SMTP server. */
  readonly host: string;
  /** @default 587 */
  readonly port?: number;
  /** The address that it comes from. */
  readonly from: string;
  /** Addresses, by team. */
  readonly to: Readonly<Record<string, string>>;
  /**
   * Who logs in at the server.
   * @default - nobody
   */
  readonly username?: string;
  /**
   * The password, as `$key` of `argocd-notifications-secret`.
   * @default - none
   */
  readonly password?: string;
}

/** What brings messages. */
export type NotificationService = SlackService | WebhookService | EmailService;

const keys = {
  slack: ['kind', 'token', 'apiUrl'],
  webhook: ['kind', 'url', 'headers'],
  email: ['kind', 'host', 'port', 'from', 'to', 'username', 'password'],
} as const;

/** A service as Argo CD's ConfigMap has it. */
export function notificationServiceSettings(service: NotificationService): object {
  if (service.kind === 'slack') {
    const { token = '$slack-token', apiUrl } = service;
    // Names of methods are put behind it as they are.
    return { token, ...(apiUrl !== undefined && { apiURL: `${apiUrl.replace(/\/+$/, '')}/` }) };
  }
  if (service.kind === 'webhook') {
    const headers = { 'Content-Type': 'application/json', ...service.headers };
    return { url: service.url, headers: Object.entries(headers).map(([name, value]) => ({ name, value })) };
  }
  const { host, port = 587, from, username, password } = service;
  return { host, port, from, ...(username !== undefined && { username }), ...(password !== undefined && { password }) };
}

/** Everything that is wrong with a service. A value that may be secret is never shown. */
export function notificationServiceProblems(name: string, service: unknown, teams?: readonly string[]): string[] {
  const what = `notifications.services.${name}`;
  const named = nameProblem('service of notifications', name, 20);
  if (named) return [named];
  if (!isRecord(service)) return [`${what} ${show(service)} is no service; write it like { kind: "slack" }`];
  const { kind } = service;
  if (typeof kind !== 'string' || !Object.hasOwn(keys, kind)) {
    const known = Object.keys(keys);
    return [
      `${what}.kind ${show(kind)} is unknown${typeof kind === 'string' ? suggestion(kind, known) : ''}; use ${oneOf(known)}`,
    ];
  }
  return [
    ...unknownSettingProblems(what, service, keys[kind as keyof typeof keys]),
    ...problemsOf[kind as keyof typeof keys](what, service, teams),
  ];
}

type Problems = (what: string, service: Record<string, unknown>, teams?: readonly string[]) => string[];

const problemsOf: Readonly<Record<keyof typeof keys, Problems>> = {
  slack: (what, { token, apiUrl }) => [
    ...secretProblems(`${what}.token`, token, '$slack-token'),
    ...(apiUrl === undefined ? [] : addressProblems(`${what}.apiUrl`, apiUrl)),
  ],
  webhook: (what, { url, headers }) => [...addressProblems(`${what}.url`, url), ...headersProblems(what, headers)],
  email: (what, { host, port, from, to, username, password }, teams) => [
    ...(isText(host, /^[\w.-]+$/) ? [] : [`${what}.host ${show(host)} is no host; write it like "smtp.acme.io"`]),
    ...(port === undefined || (Number.isInteger(port) && (port as number) > 0 && (port as number) < 65_536)
      ? []
      : [`${what}.port ${show(port)} is no port; use 1 to 65535`]),
    ...mailProblems(`${what}.from`, from),
    ...recipientsProblems(what, to, teams),
    ...(username === undefined || isText(username, /^\S+$/)
      ? []
      : [`${what}.username ${show(username)} is no name; write one word`]),
    ...secretProblems(`${what}.password`, password, '$smtp-password'),
  ],
};

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

const reference = /\$[A-Za-z0-9_-]+/;

function secretProblems(what: string, value: unknown, example: string): string[] {
  return value === undefined || isText(value, new RegExp(`^${reference.source}$`))
    ? []
    : [`${what} is no reference; write the key that argocd-notifications-secret holds it under, like "${example}"`];
}

function addressProblems(what: string, value: unknown): string[] {
  if (isText(value, new RegExp(`^${reference.source}$`))) return [];
  if (!isText(value, /^https?:\/\/\S+$/) || !URL.canParse(value as string)) {
    return [`${what} is no address; write it like "https://hooks.acme.io/argocd"`];
  }
  const { password } = new URL(value as string);
  return password === '' || reference.test(password)
    ? []
    : [
        `${what} holds a password; write the key that argocd-notifications-secret holds it under, like "$hook-password"`,
      ];
}

function headersProblems(what: string, headers: unknown): string[] {
  if (headers === undefined) return [];
  if (!isRecord(headers)) return [`${what}.headers is no record; write { Authorization: "Bearer $token" }`];
  return Object.entries(headers).flatMap(([header, value]) => {
    if (!/^[A-Za-z0-9-]+$/.test(header) || !isText(value, /^[^\r\n]+$/)) {
      return [`${what}.headers ${show(header)} is no header; write its name and one line of text`];
    }
    return /auth|token|key|secret|cookie|signature/i.test(header) && !reference.test(value as string)
      ? [
          `${what}.headers ${show(header)} says what may be secret; write the key that argocd-notifications-secret holds it under, like "Bearer $hook-token"`,
        ]
      : [];
  });
}

function mailProblems(what: string, address: unknown): string[] {
  return isText(address, /^[^\s@,;<>]+@[^\s@,;<>]+$/)
    ? []
    : [`${what} ${show(address)} is no mail address; write it like "orders@acme.io"`];
}

function recipientsProblems(what: string, to: unknown, teams: readonly string[] | undefined): string[] {
  if (!isRecord(to) || Object.keys(to).length === 0) {
    return [`${what}.to ${show(to)} names no team; write addresses by team: { orders: "orders@acme.io" }`];
  }
  return Object.entries(to).flatMap(([team, address]) => [
    ...(teams === undefined || teams.includes(team)
      ? []
      : [`${what}.to names the team ${show(team)}, which is not there${suggestion(team, teams)}`]),
    ...mailProblems(`${what}.to.${team}`, address),
  ]);
}

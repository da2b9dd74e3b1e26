import { isRecord, oneOf, show, suggestion, unknownSettingProblems } from '../platform/rule';
import { type NotificationService, notificationServiceProblems } from './notification-service';
import { type NotificationTrigger, notificationTriggers } from './notification-triggers';

/**
 * What tells people how deliveries go: settings of Argo CD's notifications. No credential is in them: tokens and passwords are read
 * from the Secret `argocd-notifications-secret` beside Argo CD, as `$key`.
 */
export interface Notifications {
  /** Where people see Argo CD, for links in messages: `https://argocd.acme.io`. */
  readonly argoCdUrl: string;
  /**
   * What brings messages, by name.
   * @default - `slack`, with the token `$slack-token`
   */
  readonly services?: Readonly<Record<string, NotificationService>>;
  /**
   * What teams, and the team of the platform's own app, hear of. A sync that fails is told once for each reason, after Argo CD has tried it
   * again for some five minutes; one that somebody starts by hand, at once. An Application that can't be compared is told after five minutes.
   * @default - `on-sync-failed`, `on-health-degraded` and `on-sync-status-unknown`
   */
  readonly subscriptions?: readonly NotificationTrigger[];
}

/** The services where none are said. */
export const defaultServices: Readonly<Record<string, NotificationService>> = { slack: { kind: 'slack' } };

/** What is heard of where nothing is said. */
export const defaultSubscriptions: readonly NotificationTrigger[] = [
  'on-sync-failed',
  'on-health-degraded',
  'on-sync-status-unknown',
];

const settings: readonly (keyof Notifications)[] = ['argoCdUrl', 'services', 'subscriptions'];

/**
 * Everything that is wrong with settings of notifications.
 *
 * @param teams that messages may be sent to. @default - any team
 */
export function notificationProblems(notifications: unknown, teams?: readonly string[]): string[] {
  if (notifications === undefined) return [];
  if (!isRecord(notifications)) {
    return [`notifications ${show(notifications)} is no record; write it like { argoCdUrl: "https://argocd.acme.io" }`];
  }
  const { argoCdUrl, services, subscriptions } = notifications;
  return [
    ...unknownSettingProblems('notifications', notifications, settings),
    ...(typeof argoCdUrl === 'string' && /^https?:\/\/[^\s/?#@"|<>]+(\/[^\s?#"|<>]*)?$/.test(argoCdUrl)
      ? []
      : [`notifications.argoCdUrl ${show(argoCdUrl)} is no address; write it like "https://argocd.acme.io"`]),
    ...servicesProblems(services, teams),
    ...subscriptionsProblems(subscriptions),
  ];
}

function servicesProblems(services: unknown, teams: readonly string[] | undefined): string[] {
  if (services === undefined) return [];
  if (!isRecord(services) || Object.keys(services).length === 0) {
    return ['notifications.services names no service; write them by name: { slack: { kind: "slack" } }'];
  }
  return Object.entries(services).flatMap(([name, service]) => notificationServiceProblems(name, service, teams));
}

function subscriptionsProblems(subscriptions: unknown): string[] {
  if (subscriptions === undefined) return [];
  const known = Object.keys(notificationTriggers);
  if (!Array.isArray(subscriptions)) {
    return [`notifications.subscriptions ${show(subscriptions)} is no list; write ["${known[0]}"]`];
  }
  const problems = subscriptions
    .filter((trigger) => !known.includes(trigger))
    .map(
      (trigger) =>
        `notifications.subscriptions names the trigger ${show(trigger)}, which is not there${typeof trigger === 'string' ? suggestion(trigger, known) : ''}; use ${oneOf(known)}`,
    );
  if (new Set(subscriptions).size < subscriptions.length) {
    problems.push('notifications.subscriptions names a trigger twice; name each once');
  }
  return problems;
}

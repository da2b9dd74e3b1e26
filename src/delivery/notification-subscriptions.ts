import type { DeliveryPlace } from './delivery-place';
import type { NotificationService } from './notification-service';
import { defaultServices, defaultSubscriptions, type Notifications } from './notifications';

/** What the catalog that comes with Argo CD has as well, for an installation that brings its own. */
const ofCatalog: Notifications = { argoCdUrl: '', subscriptions: ['on-sync-failed', 'on-health-degraded'] };

/**
 * Annotations that have a team hear of the Applications of a project: in its channel, at its address, and wherever everything is posted
 * to. Without Argo CD's notifications nobody reads them.
 */
export function notificationSubscriptions(
  { platform }: Pick<DeliveryPlace, 'platform'>,
  team: string,
  { services = defaultServices, subscriptions = defaultSubscriptions }: Notifications = ofCatalog,
): Record<string, string> {
  const channel = platform.topology.owners?.[team]?.slack?.replace(/^#/, '');
  return Object.fromEntries(
    Object.entries(services).flatMap(([name, service]) => {
      const recipient = recipientOf(service, team, channel);
      if (recipient === undefined) return [];
      return subscriptions.map((trigger) => [`notifications.argoproj.io/subscribe.${trigger}.${name}`, recipient]);
    }),
  );
}

/** Undefined where the service has no place for the team; a webhook needs none. */
function recipientOf(service: NotificationService, team: string, channel: string | undefined): string | undefined {
  if (service.kind === 'slack') return channel || undefined;
  if (service.kind === 'email') return Object.hasOwn(service.to, team) ? service.to[team] : undefined;
  return '';
}

/** Labels that say whose an Application is, beside those that say who renders it. */
export function ownerLabels({ platform }: Pick<DeliveryPlace, 'platform'>, team: string): Record<string, string> {
  return { [`${platform.labelPrefix}/owner`]: team };
}

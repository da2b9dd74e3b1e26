import { stringify } from 'yaml';
import { GoldenError } from '../platform/golden-error';
import type { Platform } from '../platform/platform';
import { notificationServiceSettings } from './notification-service';
import { notificationTemplate } from './notification-template';
import { notificationTriggers } from './notification-triggers';
import { defaultServices, type Notifications, notificationProblems } from './notifications';

/**
 * What Argo CD has to know to tell people, as data of its ConfigMap `argocd-notifications-cm`: every trigger that subscriptions may name,
 * what each says, and what brings it.
 *
 * @param platform whose apps are delivered
 * @throws GoldenError with everything that is wrong with the settings.
 */
export function argoCdNotifications(platform: Platform, notifications: Notifications): Record<string, string> {
  const problems = notificationProblems(notifications);
  if (problems.length > 0) throw new GoldenError(problems.map((message) => ({ path: '', message })));
  const { argoCdUrl, services = defaultServices } = notifications;
  const all = Object.entries(services).sort(([a], [b]) => (a < b ? -1 : 1));
  const webhooks = all.filter(([, { kind }]) => kind === 'webhook').map(([name]) => name);
  const told = Object.entries(notificationTriggers).flatMap(([trigger, rule]): [string, object][] => {
    const { when, oncePer, says } = rule;
    const template = trigger.replace(/^on-/, 'app-');
    const text = notificationTemplate({
      ...{ trigger, rule, webhooks },
      labelPrefix: platform.labelPrefix,
      repoUrl: platform.gitops?.repoUrl ?? '',
      email: all.some(([, { kind }]) => kind === 'email'),
    });
    const condition = { description: `The Application ${says}.`, when, ...(oncePer && { oncePer }), send: [template] };
    return [
      [`template.${template}`, text],
      [`trigger.${trigger}`, [condition]],
    ];
  });
  const brought = all.map(([name, service]): [string, object] => [
    name === service.kind ? `service.${name}` : `service.${service.kind}.${name}`,
    notificationServiceSettings(service),
  ]);
  const data: [string, object][] = [
    ['context', { argocdUrl: argoCdUrl.replace(/\/+$/, '') }],
    ...brought,
    ...told.sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
  return Object.fromEntries(
    data.map(([key, value]) => [key, stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })]),
  );
}

import type { Construct, IConstruct } from 'constructs';
import type { ConfigMap } from '../../imports/kubernetes';
import { pathOf, refuse } from '../platform/golden-error';
import { show } from '../platform/rule';
import { takeOnce } from '../team/once-per-cluster';
import { argoCdConfigMap } from './argo-cd-config-map';
import { argoCdNotifications } from './argo-cd-notifications';
import type { DeliveryPlace } from './delivery-place';
import type { Notifications } from './notifications';

/** What Argo CD is told below which construct, as text. */
const told = new WeakMap<IConstruct, string>();

/**
 * Tells a cluster's Argo CD its triggers and services. It has one set of them, so environments that share it have to agree, and the
 * first of them renders it.
 */
export function notificationConfigMap(
  scope: Construct,
  place: DeliveryPlace,
  notifications: Notifications | undefined,
): ConfigMap | undefined {
  if (notifications === undefined) return undefined;
  const data = argoCdNotifications(place.platform, notifications);
  const text = JSON.stringify(data);
  const before = takeOnce(scope, 'notifications of Argo CD');
  if (before === undefined) {
    told.set(scope, text);
    return argoCdConfigMap(scope, place, 'notifications', 'argocd-notifications-cm', data);
  }
  if (told.get(before) !== text) {
    refuse(
      scope,
      `notifications differ from those of ${pathOf(before)}, in the same cluster ${show(place.environment.cluster)}; give both the same argoCdUrl and services`,
    );
  }
  return undefined;
}

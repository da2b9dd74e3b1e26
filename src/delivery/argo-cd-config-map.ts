import type { Construct } from 'constructs';
import { ConfigMap } from '../../imports/kubernetes';
import { type DeliveryPlace, deliveryMetadata, waves } from './delivery-place';

/** A ConfigMap that Argo CD reads settings from, there before everything that they are about. */
export function argoCdConfigMap(
  scope: Construct,
  place: DeliveryPlace,
  id: string,
  name: string,
  data: Readonly<Record<string, string>>,
): ConfigMap {
  const { namespace, annotations } = deliveryMetadata(place, name, waves.settings);
  return new ConfigMap(scope, id, {
    metadata: {
      ...{ name, namespace },
      // Argo CD finds its settings by this label; the installation owns the object, so it is never pruned.
      labels: { 'app.kubernetes.io/part-of': 'argocd' },
      annotations: { ...annotations, 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
    },
    data: { ...data },
  });
}

export type { TeamDelivery } from './argo-cd-delivery';
export { argoCdSettings } from './argo-cd-settings';
export { type CodeownersOptions, codeowners } from './codeowners';
export { Delivery } from './delivery';
export type { DeliveryEngine, DeliveryProps, HealthApi } from './delivery-props';
export type { FluxDelivery } from './flux-delivery';
export type { SyncWindow } from './sync-window';

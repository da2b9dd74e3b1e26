export { argoCdSettings } from './argo-cd-settings';
export { type CodeownersOptions, codeowners } from './codeowners';
export { Delivery, type TeamDelivery } from './delivery';
export type { DeliveryProps, HealthApi } from './delivery-props';
export type { SyncWindow } from './sync-window';

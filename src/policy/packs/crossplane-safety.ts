import type { PolicyPack } from '../policy-pack';
import { cloudRegions } from '../rules/cloud-regions';
import { dataDeletion } from '../rules/data-deletion';
import { directManagedResources } from '../rules/direct-managed-resources';

/** Cloud resources come from the APIs of the platform, stay in its regions, and keep their data. */
export const crossplaneSafety: PolicyPack = {
  id: 'crossplane-safety',
  title: 'Crossplane safety',
  failClosed: true,
  policies: [directManagedResources, cloudRegions, dataDeletion],
};

import type { PolicyPack } from '../policy-pack';
import { imageDigest } from '../rules/image-digest';
import { trustedRegistries } from '../rules/trusted-registries';

/** What runs is what was built and checked. */
export const supplyChain: PolicyPack = {
  id: 'supply-chain',
  title: 'Supply chain',
  failClosed: true,
  policies: [trustedRegistries, imageDigest],
};

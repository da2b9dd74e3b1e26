import { definePolicy } from '../define-policy';
import { container, deployment, podWith } from '../example-objects';
import { strings } from '../parameter';

export const trustedRegistries = definePolicy({
  id: 'trusted-registries',
  title: "Images come from the platform's registries",
  why: 'Whoever can push to a registry can run code in the cluster; images of others are neither scanned nor kept.',
  fix: 'mirror the image into one of the registries of the platform',
  severity: 'high',
  category: 'supply chain',
  standards: { cis: '5.5.1' },
  match: { kinds: 'pods' },
  parameters: {
    registries: strings({ says: 'the registries and folders that images may come from', example: ['ghcr.io/acme'] }),
  },
  checks: [
    {
      on: 'container',
      field: 'image',
      holds: "variables.registries.exists(registry, container.image.startsWith(registry + '/'))",
      says: 'is of a registry that is not trusted',
    },
  ],
  examples: {
    passes: [podWith({ image: 'ghcr.io/acme/app:1' }), podWith({ image: 'ghcr.io/acme/tools/app:1' })],
    fails: [
      podWith({ image: 'ghcr.io/acme-evil/app:1' }),
      podWith({ image: 'nginx:1' }),
      deployment({ initContainers: [container({ name: 'init', image: 'docker.io/library/busybox:1' })] }),
    ],
  },
});

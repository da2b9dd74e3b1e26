import { definePolicy } from '../define-policy';
import { deployment, podWith } from '../example-objects';

const digest = `sha256:${'0'.repeat(64)}`;

export const imageDigest = definePolicy({
  id: 'image-digest',
  title: 'Images are pinned by digest',
  why: 'A tag can be moved to another image after it was tested, scanned and signed; a digest cannot.',
  fix: 'add the digest to the image: name:tag@sha256:…',
  severity: 'high',
  category: 'supply chain',
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'container',
      field: 'image',
      holds: "container.image.matches('@sha256:[0-9a-f]{64}$')",
      says: 'has no digest',
    },
  ],
  examples: {
    passes: [podWith({ image: `ghcr.io/acme/app:1@${digest}` }), podWith({ image: `ghcr.io/acme/app@${digest}` })],
    fails: [podWith({ image: 'ghcr.io/acme/app:1' }), deployment(), podWith({ image: `ghcr.io/acme/app@${digest}0` })],
  },
});

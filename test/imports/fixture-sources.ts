import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sources } from '../../tools/imports/sources';

/** The folder of the CRDs that these tests generate from. */
export const fixtures = join(__dirname, 'fixtures');

/** A list of sources that pins the fixture as it is. */
export function fixtureSources(): Sources {
  const sha256 = createHash('sha256')
    .update(readFileSync(join(fixtures, 'widgets.yaml')))
    .digest('hex');
  return {
    crds: [
      {
        source: 'example',
        repository: 'example.dev/widgets',
        version: 'v1.0.0',
        files: [
          {
            file: 'widgets.yaml',
            address: 'https://example.dev/widgets.yaml',
            sha256,
            kinds: [
              { group: 'example.dev', kind: 'Widget', version: 'v1' },
              { group: 'example.dev', kind: 'Object', version: 'v1' },
            ],
          },
        ],
      },
    ],
  };
}

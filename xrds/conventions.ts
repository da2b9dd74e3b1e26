import { s } from '../src/crossplane/api/schema-builder';

/** The API group of the APIs that this package brings. */
export const group = 'platform.golden-path.local';

/** The sizes of data resources, named like those of workloads. A backend says what each is made of. */
export const sizes = ['xs', 'small', 'medium', 'large', 'xl'] as const;

/** Names of cloud resources hold the namespace as well, and few may be longer than 63 characters. */
export const maxNameLength = 40;

/** A region as AWS, Google Cloud and most others write it: `eu-west-1`, `europe-west4`. */
export const region = s
  .string({
    pattern: '^[a-z]+(-[a-z]+)*-?[a-z]*[0-9]+$',
    maxLength: 32,
    immutable: true,
    description: 'Region of the cloud; the region of the cluster when it is left out.',
  })
  .optional();

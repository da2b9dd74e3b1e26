import { defineApi } from '../../../src/crossplane/api/define-api';
import { s } from '../../../src/crossplane/api/schema-builder';

const spec = {
  /** How much the instance can do. */
  size: s.string({ enum: ['small', 'medium', 'large'], default: 'small', description: 'How much.', column: 'Size' }),
  storageGb: s.integer({ min: 10, max: 1000, growOnly: true, default: 20, column: { name: 'Storage', priority: 1 } }),
  region: s.string({ pattern: '^[a-z]{2}-[a-z]+-[0-9]$', maxLength: 20, immutable: true }).optional(),
  name: s.string({ minLength: 3, maxLength: 10, immutable: true, default: 'main' }),
  quota: s.integer({ format: 'int32', growOnly: true }).optional(),
  ratio: s.number({ min: 0, max: 1 }).optional(),
  port: s.intOrString().optional(),
  until: s.string({ format: 'date-time' }).optional(),
  tier: s.string({ enum: ['hot', 'cold'], deprecated: 'use size' }).optional(),
  labels: s.map(s.string({ maxLength: 5 }), { maxProperties: 3 }).optional(),
  zones: s.array(s.string({ enum: ['a', 'b', 'c'] }), { unique: true, maxItems: 3, immutable: true }).optional(),
  free: s.anything().optional(),
  opaque: s.object({ any: s.array(s.anything(), { maxItems: 2 }) }).optional(),
  fixed: s
    .object(
      { a: s.array(s.integer({ min: 0, max: 2 }), { maxItems: 2 }), b: s.map(s.boolean()).optional() },
      { immutable: true },
    )
    .optional(),
  users: s
    .array(
      s.object({
        name: s.string({ maxLength: 8 }),
        admin: s.boolean({ default: false }),
        quota: s.integer({
          min: 0,
          rules: [{ cel: 'self >= oldSelf', message: 'the quota of a user cannot be lowered' }],
          default: 1,
        }),
      }),
      { unique: ['name'], maxItems: 4, minItems: 1 },
    )
    .optional(),
  network: s
    .object({
      namespace: s.string({ maxLength: 12, immutable: true }),
      cidr: s.string({ maxLength: 12, immutable: true }).optional(),
      note: s.string({ maxLength: 12 }).optional(),
    })
    .optional(),
  backup: s.object(
    { days: s.integer({ min: 0, max: 35, default: 7 }), point: s.string({ maxLength: 9, immutable: true }).optional() },
    { default: {} },
  ),
};

const rules = [
  {
    cel: "self.size != 'small' || self.storageGb <= 100",
    message: 'a small instance has at most 100 GB; choose a larger size',
    fieldPath: '.storageGb',
  },
  {
    cel: 'self.backup.days > 0 || !has(self.region)',
    message: 'a region of its own needs backups',
  },
];

const status = {
  host: s.string({ column: 'Host' }),
  network: s.object({ id: s.string(), ports: s.array(s.integer()) }),
};

/** An API that uses every word of the builder. */
export const everyFeature = defineApi({
  group: 'platform.acme.io',
  kind: 'Everything',
  description: 'Everything that the builder has a word for.',
  shortNames: ['ev'],
  categories: ['platform'],
  maxNameLength: 40,
  versions: {
    v1beta1: { deprecated: 'use v1', spec: { ...spec, size: s.string({ enum: ['small'] }) }, rules, status },
    v1: { referenceable: true, spec, rules, status },
  },
  connection: { host: 'Name of the host', password: 'Password of the user' },
});

/** The request construct of {@link everyFeature}. */
export class Everything extends everyFeature.Request {}

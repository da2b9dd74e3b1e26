import { defineApi } from '../../../src/crossplane/api/define-api';
import { s } from '../../../src/crossplane/api/schema-builder';

/** A text; outside of the call of defineApi its type is inferred as a string. */
const name = s.string();

/** A small API that the tests fulfil in many ways. */
export const postgres = defineApi({
  group: 'platform.acme.io',
  kind: 'Postgres',
  plural: 'postgreses',
  description: 'A PostgreSQL database.',
  versions: {
    v1: {
      spec: {
        size: s.string({ enum: ['small', 'large'], default: 'small' }),
        storageGb: s.integer({ min: 20, max: 1000, default: 20 }),
        highlyAvailable: s.boolean({ default: false }),
        version: s.string({ enum: ['15', '16'] }),
        load: s.number({ default: 0.5 }),
        region: s.string().optional(),
        maintenance: s.string().optional(),
        subnets: s.array(s.string(), { default: [] }),
        labels: s.map(s.string(), { default: {} }),
      },
      status: {
        host: s.string().optional(),
        port: s.integer().optional(),
        engine: s.string().optional(),
        address: s.string().optional(),
      },
    },
  },
  connection: { host: 'Name of the host', port: 'Port', username: 'User', password: 'Password', uri: 'All of it' },
});

/** The same without anything to report. */
export const silent = defineApi({
  group: 'platform.acme.io',
  kind: 'Silent',
  description: 'Reports nothing.',
  versions: {
    v1: {
      spec: {
        size: s.string({ enum: ['small', 'large'], default: 'small' }),
        storageGb: s.integer({ min: 1, default: 20 }),
        enabled: s.boolean({ default: false }),
        load: s.number({ default: 0.5 }),
        note: s.string().optional(),
        rules: s
          .array(s.object({ name: s.string(), days: s.integer().optional(), prefix: s.string({ default: '' }) }), {
            maxItems: 3,
          })
          .optional(),
        ports: s.array(s.integer(), { default: [] }),
        labels: s.map(s.string(), { default: {} }),
        name,
        zones: s.array(s.string(), { default: [] }),
      },
      status: {
        arn: s.string().optional(),
        port: s.integer().optional(),
        both: s.string().optional(),
        ready: s.boolean().optional(),
      },
    },
  },
});

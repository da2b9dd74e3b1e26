import { definePolicy } from '../define-policy';
import { object } from '../example-objects';

const service = (spec: object) => object('v1', 'Service', { spec: { ports: [{ port: 80 }], ...spec } });

export const externalIps = definePolicy({
  id: 'external-ips',
  title: 'No Service takes an address that it does not own',
  why: 'With externalIPs a Service receives the traffic of any address it names, whosever it is (CVE-2020-8554).',
  fix: 'remove externalIPs',
  severity: 'high',
  category: 'network',
  match: { kinds: ['v1/Service'] },
  checks: [
    { field: 'spec.externalIPs', holds: 'object.spec.?externalIPs.orValue([]).size() == 0', says: 'must be empty' },
  ],
  examples: {
    passes: [service({}), service({ externalIPs: [] })],
    fails: [service({ externalIPs: ['198.51.100.7'] })],
  },
});

import { definePolicy } from '../define-policy';
import { object } from '../example-objects';

const service = (spec: object) => object('v1', 'Service', { spec: { ports: [{ port: 80 }], ...spec } });

export const nodePortServices = definePolicy({
  id: 'node-port-services',
  title: 'No Service takes a port of every node',
  why: 'A node port is open on every node, beside the gateway and its rules.',
  fix: 'use a Service of type ClusterIP behind the gateway',
  severity: 'medium',
  category: 'network',
  match: { kinds: ['v1/Service'] },
  checks: [
    { field: 'spec.type', holds: "object.spec.?type.orValue('ClusterIP') != 'NodePort'", says: 'must not be NodePort' },
  ],
  examples: { passes: [service({}), service({ type: 'ClusterIP' })], fails: [service({ type: 'NodePort' })] },
});

import { portOf } from '../../../compositions/onprem/port-of';

test.each([
  ['https://s3.acme.internal', 443],
  ['http://s3.acme.internal', 80],
  ['https://s3.acme.internal:8443', 8443],
])('%s is reached on %d', (endpoint, port) => {
  expect(portOf(endpoint)).toBe(port);
});

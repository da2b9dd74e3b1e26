import { dataDeleted } from '../../../src/diff/risks/data-deleted';
import { objectDeleted } from '../../../src/diff/risks/object-deleted';
import { found, holdsFor, object } from './risk-cases';

const claim = object('PersistentVolumeClaim');
const request = object('platform.acme.io/v1 PostgresInstance', {}, { name: 'db' });

holdsFor(dataDeleted, [
  {
    name: 'a claim that goes',
    risk: [claim, undefined],
    says: ['is deleted, with its volume, unless its class retains it'],
    twin: [object('Service'), undefined],
  },
  {
    name: 'a resource of a cloud',
    risk: [object('rds.aws.m.upbound.io/v1beta1 Instance'), undefined],
    says: ['is deleted, with what it stands for in the cloud, unless its policy orphans it'],
    twin: [undefined, object('rds.aws.m.upbound.io/v1beta1 Instance')],
  },
]);

holdsFor(objectDeleted, [
  { name: 'a Service that goes', risk: [object('Service'), undefined], says: ['is deleted'], twin: [claim, undefined] },
]);

test('a request for data is known to the platform alone', () => {
  const isDataRequest = () => true;
  expect(found(dataDeleted, request, undefined)).toEqual([]);
  expect(found(dataDeleted, request, undefined, { isDataRequest })).toEqual([
    'is deleted, which leaves its data behind in a cloud, and deletes what lives in the cluster',
  ]);
});

test('what another request takes over is not deleted', () => {
  const known = { isDataRequest: () => true, takenOverBy: () => 'main-db' };
  expect(found(dataDeleted, request, undefined, known)).toEqual([]);
  expect(found(objectDeleted, request, undefined, known)).toEqual([]);
});

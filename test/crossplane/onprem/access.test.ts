import { composeRole } from '../../../src/crossplane/composition/access';
import { bucketAccessOnprem, queueAccessOnprem } from './access-cases';
import { bucketOnprem, postgresOnprem, queueOnprem } from './onprem-cases';

test('Crossplane is allowed the kinds of operators, and no others', () => {
  const kinds = [postgresOnprem, queueOnprem, bucketOnprem, queueAccessOnprem, bucketAccessOnprem].flatMap(
    (made) => made.kinds,
  );
  const role = composeRole('composes', kinds) as { rules: { apiGroups: string[]; resources: string[] }[] };
  expect(role.rules.map(({ apiGroups: [group], resources }) => `${group}: ${resources.join(' ')}`)).toEqual([
    'networking.k8s.io: networkpolicies',
    'objectbucket.io: objectbucketclaims',
    'postgresql.cnpg.io: clusters databases scheduledbackups',
    'rabbitmq.com: bindings exchanges permissions policies queues users vhosts',
  ]);
});

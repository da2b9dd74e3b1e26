import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTopology } from 'cdk8s-golden-path';
import { topologyProblems } from '../../src/platform/topology';

const environments = { dev: { clusters: ['a'] } };

test.each<[unknown, string]>([
  [[], 'topology [] is no mapping'],
  [{ environments: { dev: {} } }, 'topology.environments.dev.clusters is empty; name at least one cluster'],
  [{ environments: { dev: 'a' } }, 'topology.environments.dev "a" is no mapping'],
  [{ environments: { Dev: { clusters: ['a'] } } }, 'environment "Dev" is no DNS label'],
  [{ environments: { dev: { clusters: ['a', 'a'] } } }, 'names a cluster twice'],
  [{ environments: { dev: { clusters: ['a'], home: 'b' } } }, 'home "b" is none of its clusters a'],
  [
    { environments: { dev: { clusters: ['a'], promotion: 'never' } } },
    'promotion "never" is unknown; use auto or manual',
  ],
  [{ environments: { dev: { clusters: ['a'], tier: 'gold' } } }, 'tier "gold" is unknown; use standard or critical'],
  [{ environments: { dev: { clusters: ['a'], domain: 'A' } } }, 'domain "A" is no domain name'],
  [{ environments: { dev: { cluster: ['a'] } } }, 'has the unknown key "cluster" (did you mean "clusters"?)'],
  [{ environments, enviroments: {} }, 'has the unknown key "enviroments" (did you mean "environments"?)'],
  [{ environments: { dev: { clusters: ['eu-dve'] } }, clusters: { 'eu-dev': {} } }, '(did you mean "eu-dev"?)'],
  [{ environments, clusters: { a: { kubernetes: 1.3 } } }, 'kubernetes 1.3 is not supported; write "1.30"'],
  [{ environments, clusters: { a: { kubernetes: '1.29' } } }, 'kubernetes "1.29" is not supported'],
  [{ environments, clusters: { a: { gateway: 'public' } } }, 'gateway "public" is no gateway; write namespace/name'],
  [{ environments, prices: { currency: 'EUR' } }, 'topology.prices.cpuPerMonth undefined is no price'],
  [{ environments, owners: { 'Team A': {} } }, 'owner "Team A" is no DNS label'],
])('the topology %j is refused: %s', (topology, message) => {
  expect(topologyProblems(topology).join('\n')).toContain(message);
});

describe('a lock file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'topology-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const read = (text: string) => {
    const file = join(folder, 'platform.lock.yaml');
    writeFileSync(file, text);
    return readTopology(file);
  };

  test('is read', () => {
    expect(read('environments: { dev: { clusters: [a] } }')).toEqual({ environments });
  });
  test('that is missing is refused with what to do', () => {
    expect(() => readTopology(join(folder, 'none.yaml'))).toThrow('fetch it from the GitOps repository');
  });
  test('that is no YAML is refused', () => {
    expect(() => read('a: [')).toThrow('is no YAML');
  });
  test('that is empty is refused', () => {
    expect(() => read('')).toThrow('is no mapping');
  });
});

import { Instance, SubnetGroup } from '../../../imports/rds.aws.m.upbound.io';
import { Queue, QueueRedrivePolicy } from '../../../imports/sqs.aws.m.upbound.io';
import { text } from '../../../src/crossplane/composition/text';
import { renderComposition } from '../../../src/crossplane/testing/render-composition';
import { build, inputOf, patchOf, templateOf } from './build';
import { database, inCluster, observed, queue, renderCases, request } from './cases';
import { postgres } from './test-apis';

const region = 'eu-west-1';
const sqs = 'sqs.aws.m.upbound.io/v1beta1';
const to = (field: string) => `spec.forProvider.${field}`;

function rendered(name: (typeof renderCases)[number]['name']) {
  const {
    made,
    request: asked,
    observed: seen,
  } = renderCases.find((one) => one.name === name) as (typeof renderCases)[number];
  return renderComposition(made.manifest, JSON.parse(JSON.stringify(asked)), seen);
}

function composed(result: ReturnType<typeof rendered>, name: string) {
  return result.resources.find(
    ({ metadata }) => metadata.annotations['crossplane.io/composition-resource-name'] === name,
  );
}

describe('a value of the request', () => {
  test('is patched in, and the rest of the object is its base', () => {
    expect(templateOf(database, 'instance').base).toMatchObject({ spec: { forProvider: { engine: 'postgres' } } });
    expect(patchOf(database, 'instance', to('engineVersion'))).toEqual({
      type: 'FromCompositeFieldPath',
      fromFieldPath: 'spec.version',
      toFieldPath: to('engineVersion'),
    });
  });

  test('goes through a table, arithmetic and limits', () => {
    const { forProvider } = composed(rendered('database, second'), 'instance')?.spec ?? {};
    expect(forProvider).toMatchObject({
      instanceClass: 'db.m7g.large',
      allocatedStorage: 700,
      maxAllocatedStorage: 1000,
    });
  });

  test('gives way to its default while it is not there', () => {
    expect(composed(rendered('database, second'), 'instance')?.spec.forProvider.region).toBe('us-east-1');
    expect(composed(rendered('database, ready'), 'instance')?.spec.forProvider.region).toBe('eu-west-1');
  });

  test('of a boolean becomes a string before the table, which knows no other keys', () => {
    expect(patchOf(inCluster, 'cluster', 'spec.instances')?.transforms).toEqual([
      { type: 'convert', convert: { toType: 'string' } },
      { type: 'map', map: { true: 3, false: 1 } },
    ]);
  });

  test('can stand for a constant that is there whenever it is', () => {
    const made = build((c) => {
      c.add('q', Queue, { spec: { forProvider: { region, policy: c.xr.spec.note.toConstant('{}') } } });
    });
    const policyOf = (spec: object) =>
      composed(renderComposition(made.manifest, request(made, spec)), 'q')?.spec.forProvider.policy;
    expect(policyOf({ note: '' })).toBe('{}');
    expect(policyOf({})).toBeUndefined();
  });

  test('that is a number is written out in full within a text', () => {
    const redrive = composed(rendered('queue, ready'), 'redrive');
    expect(JSON.parse(redrive?.spec.forProvider.redrivePolicy)).toEqual({
      deadLetterTargetArn: 'arn:dlq',
      maxReceiveCount: 1_000_000,
    });
  });

  test('that is a number is rounded down where an integer belongs, and only there', () => {
    const made = build((c) => {
      c.add('db', Instance, {
        spec: { forProvider: { region, instanceClass: 'x', allocatedStorage: c.xr.spec.load } },
      });
      return c.report({ status: { port: c.xr.spec.load } });
    });
    expect(patchOf(made, 'db', to('allocatedStorage'))?.transforms).toBeUndefined();
    expect(JSON.stringify(inputOf(made).environment)).toContain('"toType":"int64"');
  });
});

describe('a list', () => {
  const full = rendered('lists, full');
  const forProvider = (result: typeof full, name: string) => composed(result, name)?.spec.forProvider;

  test('is made from another, item by item, with what is known in each', () => {
    expect(forProvider(full, 'lifecycle').rule).toEqual([
      { id: 'a', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days: 3 }] },
      { id: 'b', status: 'Enabled', filter: [{ prefix: 'tmp/' }] },
    ]);
    expect(forProvider(rendered('lists, empty'), 'lifecycle')).not.toHaveProperty('rule');
  });

  test('has an item more when the request gives its value', () => {
    const always = { name: 'rds.force_ssl', value: '1', applyMethod: 'immediate' };
    expect(forProvider(rendered('lists, empty'), 'parameters').parameter).toEqual([always]);
    expect(forProvider(full, 'parameters').parameter).toEqual([
      always,
      { name: '100%', value: 'say "hi"', applyMethod: 'pending-reboot' },
      { name: 'x"', value: 'say "hi"' },
    ]);
  });

  test('may come out of a text of JSON', () => {
    const made = build((c) => {
      const names = c.xr.spec.name.toJson().trimPrefix('""').format('[%s]').fromJsonList<string>();
      c.add('subnets', SubnetGroup, { spec: { forProvider: { region, subnetIds: names } } });
    });
    const subnetsOf = (name: string) => {
      const result = renderComposition(made.manifest, request(made, { name }));
      return composed(result, 'subnets')?.spec.forProvider.subnetIds;
    };
    expect(subnetsOf('a"b')).toEqual(['a"b']);
    expect(subnetsOf('')).toEqual([]);
  });

  test('of digits may have leading zeros', () => {
    expect(forProvider(full, 'parameters').description).toBe('00000042');
  });
});

describe('an object', () => {
  test('may come out of a text of JSON, whole or not at all', () => {
    const made = build((c) => {
      const { note, storageGb } = c.xr.spec;
      const json = text`{"size":"${storageGb}","note":${note.toJson()}}`;
      const tags = json.fromJsonObject<Record<string, string>>().orLeaveOut();
      c.add('subnets', SubnetGroup, { spec: { forProvider: { region, tags } } });
    });
    const tagsOf = (spec: object) =>
      composed(renderComposition(made.manifest, request(made, spec)), 'subnets')?.spec.forProvider.tags;
    expect(tagsOf({ storageGb: 20, note: 'say "hi"' })).toEqual({ size: '20', note: 'say "hi"' });
    expect(tagsOf({ storageGb: 20 })).toBeUndefined();
  });
});

describe('a value that may be left out', () => {
  test('holds nothing up', () => {
    expect(composed(rendered('lists, empty'), 'queue')?.spec.forProvider).not.toHaveProperty('name');
    expect(composed(rendered('lists, full'), 'queue')?.spec.forProvider.name).toBe('id-say "hi"');
  });
});

describe('a value of another resource', () => {
  test('travels through the environment, from a resource that stands before', () => {
    const names = inputOf(queue).resources.map(({ name }) => name);
    expect(names.indexOf('dead-letters')).toBeLessThan(names.indexOf('redrive'));
    const place = 'handover[queue.status.atProvider.url]';
    expect(patchOf(queue, 'queue', place)).toMatchObject({
      type: 'ToEnvironmentFieldPath',
      fromFieldPath: 'status.atProvider.url',
    });
    expect(patchOf(queue, 'redrive', to('queueUrl'))).toMatchObject({
      type: 'FromEnvironmentFieldPath',
      fromFieldPath: place,
    });
  });

  test('is waited for, and arrives in the run that first sees it', () => {
    expect(composed(rendered('queue, dead letters only'), 'redrive')).toBeUndefined();
    expect(composed(rendered('queue, ready'), 'redrive')?.spec.forProvider.queueUrl).toBe('https://q');
  });

  test('is not waited for where it has a default', () => {
    const made = build((c) => {
      const first = c.add('first', Queue, { spec: { forProvider: { region } } });
      c.add('second', Queue, { spec: { forProvider: { region, name: first.status.atProvider.arn.orElse('none') } } });
    });
    expect(patchOf(made, 'second', to('name'))?.policy).toBeUndefined();
    expect(templateOf(made, 'second').base).toMatchObject({ spec: { forProvider: { name: 'none' } } });
  });

  test('that the composition itself sets is taken from where it was set', () => {
    const made = build((c) => {
      const first = c.add('first', Queue, {
        metadata: { name: text`${c.xr.metadata.name}-q` },
        spec: { forProvider: { region, name: c.xr.spec.name.toLower() } },
      });
      c.add('second', QueueRedrivePolicy, {
        spec: {
          forProvider: {
            region: first.spec.forProvider.region,
            queueUrl: first.spec.forProvider.name.toUpper(),
            queueUrlRef: { name: first.metadata.name },
            redrivePolicy: '{}',
          },
        },
      });
    });
    expect(templateOf(made, 'second').base).toMatchObject({ spec: { forProvider: { region } } });
    expect(patchOf(made, 'second', to('queueUrl'))).toMatchObject({
      type: 'FromCompositeFieldPath',
      fromFieldPath: 'spec.name',
      transforms: [{ string: { convert: 'ToLower' } }, { string: { convert: 'ToUpper' } }],
    });
    expect(patchOf(made, 'second', to('queueUrlRef.name'))).toMatchObject({ fromFieldPath: 'metadata.name' });
  });

  test('is handed over once, however many take it', () => {
    const made = build((c) => {
      const first = c.add('first', Queue, { spec: { forProvider: { region } } });
      for (const name of ['second', 'third']) {
        c.add(name, Queue, { spec: { forProvider: { region, name: first.status.atProvider.arn } } });
      }
    });
    const handed = templateOf(made, 'first').patches?.filter(({ type }) => type === 'ToEnvironmentFieldPath');
    expect(handed).toHaveLength(1);
  });
});

describe('a text', () => {
  test('of strings of the request is combined where they are', () => {
    expect(patchOf(queue, 'queue', to('name'))).toEqual({
      type: 'CombineFromComposite',
      combine: {
        strategy: 'string',
        string: { fmt: '%s-%s' },
        variables: [{ fromFieldPath: 'metadata.namespace' }, { fromFieldPath: 'metadata.name' }],
      },
      toFieldPath: to('name'),
    });
  });

  test('of the request writes its numbers in full too', () => {
    const made = build((c) => {
      c.add('q', Queue, { spec: { forProvider: { region, name: text`${c.xr.spec.name}-${c.xr.spec.storageGb}` } } });
    });
    const result = renderComposition(made.manifest, { ...request(made, { name: 'x', storageGb: 1_000_000 }) });
    expect(result.resources[0].spec.forProvider.name).toBe('x-1000000');
  });

  test('keeps its percent signs', () => {
    const made = build((c) => {
      c.add('q', Queue, { spec: { forProvider: { region, name: text`100%${c.xr.spec.name}%s` } } });
    });
    const result = renderComposition(made.manifest, { ...request(made, { name: 'x' }) });
    expect(result.resources[0].spec.forProvider.name).toBe('100%x%s');
  });

  test('without values is the text', () => {
    const made = build((c) => {
      c.add('q', Queue, { spec: { forProvider: { region, name: text`plain` } } });
    });
    expect(templateOf(made, 'q').base).toMatchObject({ spec: { forProvider: { name: 'plain' } } });
  });
});

describe('status', () => {
  test('is reported by the resource that it is read from', () => {
    expect(patchOf(queue, 'queue', 'status.arn')).toEqual({
      type: 'ToCompositeFieldPath',
      fromFieldPath: 'status.atProvider.arn',
      toFieldPath: 'status.arn',
    });
    expect(patchOf(queue, 'queue', 'status.both')).toMatchObject({ type: 'CombineToComposite' });
  });

  test('of several origins is put together after all of them were read', () => {
    expect(rendered('database, ready').composite.status).toMatchObject({
      engine: 'postgres',
      host: 'db.aws',
      port: 5432,
      address: 'db.aws:5432 of 20',
    });
  });

  test('that does not depend on the cloud is there at once', () => {
    expect(rendered('in cluster, first').composite.status).toMatchObject({ host: 'orders-pg-rw.shop', port: 5432 });
  });
});

describe('the connection', () => {
  test('collects what resources report and what they keep secret', () => {
    const { made, request: asked, observed: seen } = renderCases[2];
    const connectionDetails = { instance: { password: 'secret' } };
    const result = renderComposition(made.manifest, JSON.parse(JSON.stringify(asked)), seen, { connectionDetails });
    expect(result.connectionDetails).toEqual({ host: 'db.aws', port: '5432', username: 'app', password: 'secret' });
    expect(result.resources.map(({ metadata }) => metadata.name)).toContain('orders-postgres-connection');
    expect(templateOf(database, 'instance').patches).toContainEqual(
      expect.objectContaining({ toFieldPath: 'spec.writeConnectionSecretToRef.name' }),
    );
  });

  test('says where each key is, before anything exists', () => {
    expect(database.connection).toEqual({
      host: { secret: '%s-postgres-connection', key: 'host' },
      port: { secret: '%s-postgres-connection', key: 'port' },
      username: { secret: '%s-postgres-connection', key: 'username' },
      password: { secret: '%s-postgres-connection', key: 'password' },
      uri: { text: 'postgresql://$(username):$(password)@$(host):$(port)/app' },
    });
    expect(inCluster.connection.password).toEqual({ secret: '%s-pg-app', key: 'password' });
  });
});

describe('the pipeline', () => {
  test('needs two functions and no more', () => {
    for (const made of [database, queue, inCluster]) {
      expect(made.functions).toEqual(['function-patch-and-transform', 'function-auto-ready']);
    }
  });

  test('takes steps of the author before and after the resources', () => {
    const step = (name: string) => ({ step: name, functionRef: { name: 'function-kcl' } });
    const made = build((c) => {
      c.step(step('first'), 'before');
      c.step(step('last'), 'after');
    });
    expect(made.manifest.spec.pipeline.map((one) => one.step)).toEqual(['first', 'resources', 'last', 'ready']);
  });

  test('takes resources and patches in the words of the function', () => {
    const patch = {
      type: 'FromCompositeFieldPath',
      fromFieldPath: 'spec.name',
      toFieldPath: 'anything.at.all',
    } as const;
    const made = build((c) => {
      c.addRaw({ name: 'raw', base: { apiVersion: 'v1', kind: 'ConfigMap' }, patches: [patch] });
      c.add('q', Queue, { spec: { forProvider: { region } } }, { patches: [patch] });
    });
    expect(templateOf(made, 'raw').patches).toEqual([patch]);
    expect(templateOf(made, 'q').patches).toContainEqual(patch);
  });

  test('reads environment data, which is there before the resources', () => {
    const made = build((c) => {
      const network = c.environment<{ region: string; zones: string[] }>({
        configs: ['network'],
        schema: {
          type: 'object',
          properties: { region: { type: 'string' }, zones: { type: 'array', items: { type: 'string' } } },
        },
      });
      c.add('q', Queue, {
        spec: { forProvider: { region: network.region, name: text`${network.region}-${c.xr.spec.name}` } },
      });
    });
    expect(made.functions[0]).toBe('function-environment-configs');
    expect(patchOf(made, 'q', to('region'))).toEqual({
      type: 'FromEnvironmentFieldPath',
      fromFieldPath: 'region',
      toFieldPath: to('region'),
      policy: { fromFieldPath: 'Required' },
    });
    expect(patchOf(made, 'q', to('name'))?.combine?.variables).toEqual([
      { fromFieldPath: 'region' },
      { fromFieldPath: 'handover[request.spec.name]' },
    ]);
  });
});

test('the same description gives the same bytes', () => {
  const describe = () =>
    build((c) => {
      const first = c.add('first', Queue, { spec: { forProvider: { region } } });
      c.add('second', Queue, {
        spec: { forProvider: { region, name: text`${first.status.atProvider.arn}-${c.xr.spec.name}` } },
      });
    });
  expect(JSON.stringify(describe().manifest)).toBe(JSON.stringify(describe().manifest));
  expect(observed('q', sqs, 'Queue', {}).metadata.name).toBe('orders-q');
});

describe('a request of another API', () => {
  const made = build((c) => {
    const db = c.addRequest('database', postgres, {
      metadata: { name: text`${c.xr.metadata.name}-db` },
      spec: { version: '16', size: c.xr.spec.size, storageGb: c.xr.spec.storageGb },
    });
    c.add('q', Queue, { spec: { forProvider: { region, name: db.status.host } } });
    return c.report({ status: { port: db.status.port } });
  });

  test('is composed with the defaults of its API left to the cluster', () => {
    expect(templateOf(made, 'database').base).toMatchObject({
      apiVersion: 'platform.acme.io/v1',
      kind: 'Postgres',
      spec: { version: '16' },
    });
    expect(patchOf(made, 'database', 'spec.size')).toMatchObject({ fromFieldPath: 'spec.size' });
    expect(templateOf(made, 'database').readinessChecks).toBeUndefined();
  });

  test('reports to others as any resource does', () => {
    expect(patchOf(made, 'q', to('name'))).toMatchObject({ fromFieldPath: 'handover[database.status.host]' });
    expect(patchOf(made, 'database', 'status.port')).toMatchObject({ fromFieldPath: 'status.port' });
  });

  test('needs no right that Crossplane lacks', () => {
    expect(made.kinds.map(({ kind }) => kind)).toEqual(['Queue']);
  });
});

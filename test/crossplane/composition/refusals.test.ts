import { ClusterProviderConfig } from '../../../imports/aws.m.upbound.io';
import { Deployment, PodDisruptionBudget } from '../../../imports/kubernetes';
import { Database } from '../../../imports/postgresql.cnpg.io';
import { Instance, ParameterGroup } from '../../../imports/rds.aws.m.upbound.io';
import { BucketLifecycleConfiguration } from '../../../imports/s3.aws.m.upbound.io';
import { Queue } from '../../../imports/sqs.aws.m.upbound.io';
import { composition } from '../../../src/crossplane/composition/composition';
import { joined, keyIn } from '../../../src/crossplane/composition/connection';
import { isTrue } from '../../../src/crossplane/composition/readiness';
import { text } from '../../../src/crossplane/composition/text';
import { problemsOf } from './build';
import { postgres } from './test-apis';

const region = 'eu-west-1';

/** What the compiler would refuse, from JavaScript or a cast. */
// biome-ignore lint/suspicious/noExplicitAny: these tests do what the types forbid
type Anything = any;

/** What is wrong with a queue of these fields. */
function ofQueue(fields: (xr: Anything) => Anything): string[] {
  return problemsOf((c) => {
    c.add('q', Queue, { spec: { forProvider: { region, ...fields(c.xr) } } });
  });
}

describe('a path', () => {
  test.each([
    [
      'a field that the kind lacks',
      () => ({ nme: 'x' }),
      /^q: spec.forProvider.nme is not a known field \(did you mean "name"\?\)$/,
    ],
    [
      'a reference into such a field',
      (xr: Anything) => ({ nme: xr.spec.name }),
      /^q: spec.forProvider.nme is not a known field/,
    ],
    [
      'a field that the request lacks',
      (xr: Anything) => ({ name: xr.spec.nam }),
      /^xr.spec.nam is not a known field \(did you mean "name"\?\)$/,
    ],
    [
      'an index from the end',
      (xr: Anything) => ({ name: xr.spec.zones.at(-1) }),
      /^xr.spec.zones: index -1 must be a whole number from 0 up/,
    ],
  ])('that does not exist is refused: %s', (_, fields, says) => {
    expect(ofQueue(fields)).toEqual([expect.stringMatching(says)]);
  });

  test('is named field by field, because nothing of a reference can be spread', () => {
    expect(ofQueue((xr) => ({ tags: { ...xr.spec.labels } }))).toEqual([
      'xr.spec.labels cannot be spread or listed; name its fields one by one',
    ]);
  });

  test('that does not exist in a status is refused', () => {
    const problems = problemsOf((c) => {
      const q: Anything = c.add('q', Queue, { spec: { forProvider: { region } } });
      return c.report({ status: { arn: q.status.atProvider.address } });
    });
    expect(problems).toEqual([expect.stringMatching(/^q.status.atProvider.address is not a known field/)]);
  });
});

describe('a value', () => {
  test.each([
    [
      'a number for a string',
      (xr: Anything) => ({ name: xr.spec.storageGb }),
      /name is a string, not an integer \(from xr.spec.storageGb\)/,
    ],
    [
      'a string for a number',
      (xr: Anything) => ({ delaySeconds: xr.spec.name }),
      /delaySeconds is a number, not a string/,
    ],
    ['a list for a string', (xr: Anything) => ({ name: xr.spec.zones }), /name is a string, not an array/],
    [
      'a result of a table',
      (xr: Anything) => ({ delaySeconds: xr.spec.size.map({ small: 1, large: '2' }) }),
      /can become "2"/,
    ],
    ['a literal', () => ({ fifoQueue: 'yes' }), /^q: spec.forProvider.fifoQueue "yes" must be a boolean$/],
    ['a map of other values', (xr: Anything) => ({ tags: xr.spec }), /^q: spec.forProvider.tags /],
  ])('that does not fit is refused: %s', (_, fields, says) => {
    expect(ofQueue(fields)).toEqual([expect.stringMatching(says)]);
  });

  test('of any string is refused where only a few are allowed', () => {
    const problems = problemsOf((c) => {
      const name: Anything = c.xr.spec.name;
      c.add('q', Queue, { spec: { forProvider: { region }, managementPolicies: [name] } });
    });
    expect(problems[0]).toMatch(/managementPolicies\[0\] is "Observe", .* or "\*", not any string/);
  });

  test.each([
    ['a template string', (xr: Anything) => `${xr.spec.name}`],
    ['a sum', (xr: Anything) => xr.spec.storageGb + 1],
    ['JSON', (xr: Anything) => JSON.stringify({ name: xr.spec.name })],
    ['JSON of an object', (xr: Anything) => JSON.stringify(xr.spec)],
  ])('that is read at synthesis is refused: %s', (_, read) => {
    expect(ofQueue((xr) => ({ name: String(read(xr)) }))).toEqual([expect.stringMatching(/has no value at synthesis/)]);
  });
});

describe('a transform', () => {
  test.each([
    ['a table that lacks a key', (xr: Anything) => xr.spec.size.map({ small: 'a' }), /the map lacks "large"/],
    [
      'a table with a key too many',
      (xr: Anything) => xr.spec.size.map({ small: 'a', large: 'b', huge: 'c' }),
      /the map has "huge"/,
    ],
    ['a table of any string', (xr: Anything) => xr.spec.name.map({ x: 'a' }), /use match instead/],
    ['a fraction', (xr: Anything) => xr.spec.storageGb.multiply(1.5).convert('string'), /1.5 must be a whole number/],
    [
      'limits the wrong way round',
      (xr: Anything) => xr.spec.storageGb.clamp(5, 1).convert('string'),
      /clamp from 5 to 1 allows nothing/,
    ],
    ['a format of two values', (xr: Anything) => xr.spec.name.format('%s-%s'), /must hold %s once/],
    ['a format of a text as a number', (xr: Anything) => xr.spec.name.format('%d'), /must hold %s once/],
    [
      'a list that may have any number of items',
      (xr: Anything) => xr.spec.zones.each((zone: Anything) => zone),
      /any number of items/,
    ],
    ['no case', (xr: Anything) => xr.spec.name.match([], 'x'), /needs one case/],
    ['an expression that looks ahead', (xr: Anything) => xr.spec.name.capture('(?=x)'), /RE2 cannot/],
    [
      'an expression that is none',
      (xr: Anything) => xr.spec.name.capture('('),
      /pattern "\(" is refused: .*Unterminated group/,
    ],
    ['one after a default', (xr: Anything) => xr.spec.note.orElse('x').toLower(), /call orElse last/],
  ])('that the function cannot do is refused: %s', (_, make, says) => {
    expect(ofQueue((xr) => ({ name: make(xr) }))).toContainEqual(expect.stringMatching(says));
  });
});

describe('a required field', () => {
  test('is asked for, also where only a rule requires it', () => {
    const problems = problemsOf((c) => {
      const spec: Anything = { forProvider: {} };
      c.add('db', Instance, { spec });
    });
    expect(problems).toEqual([
      'db: spec.forProvider.region is missing; it is required',
      'db: spec.forProvider.instanceClass is missing; a rule of Instance requires it',
    ]);
  });

  test('that a rule requires may be set for the creation only, or not at all where a resource is only looked at', () => {
    const problems = problemsOf((c) => {
      c.add('db', Instance, { spec: { forProvider: { region }, initProvider: { instanceClass: 'db.t4g.small' } } });
      c.add('seen', Instance, { spec: { forProvider: { region }, managementPolicies: ['Observe'] } });
    });
    expect(problems).toEqual([]);
  });

  test.each([
    [
      'by the schema',
      (note: Anything) => ({ region: note, instanceClass: 'x' }),
      /region is required, but xr.spec.note may be missing/,
    ],
    [
      'by a rule',
      (note: Anything) => ({ region, instanceClass: note }),
      /instanceClass is required by a rule of Instance, but xr.spec.note may be missing/,
    ],
  ])('takes nothing that a request may leave out: %s', (_, fields, says) => {
    const of = (pick: (c: Anything) => Anything) =>
      problemsOf((c) => {
        c.add('db', Instance, { spec: { forProvider: fields(pick(c)) } });
      });
    expect(of((c) => c.xr.spec.note)).toEqual([expect.stringMatching(says)]);
    expect(of((c) => c.xr.spec.note.orElse('x'))).toEqual([]);
    expect(of((c) => c.xr.spec.name)).toEqual([]);
  });

  test('of an item that may be missing as a whole is not missing by itself', () => {
    const of = (item: (xr: Anything) => object) =>
      problemsOf((c) => {
        const parameter = [item(c.xr)];
        c.add('group', ParameterGroup, { spec: { forProvider: { region, family: 'postgres16', parameter } } });
      });
    expect(of((xr) => ({ name: xr.spec.name, value: xr.spec.note }))).toEqual([]);
    expect(of((xr) => ({ name: xr.spec.note.orElse('x'), value: xr.spec.note }))).toEqual([
      expect.stringMatching(
        /parameter has an item that may be missing as a whole, so its name cannot be missing by itself/,
      ),
    ]);
  });

  test('is not waited for with what a request may leave out', () => {
    const of = (finish: (value: Anything) => Anything) =>
      problemsOf((c) => {
        const first = c.add('first', Queue, { spec: { forProvider: { region } } });
        const name = finish(text`${first.status.atProvider.arn}-${c.xr.spec.note}`);
        c.add('second', Queue, { spec: { forProvider: { region, name } } });
      });
    expect(of((value) => value)).toEqual([
      expect.stringMatching(
        /name would wait for ever when a request leaves out xr.spec.note; call orLeaveOut or orElse/,
      ),
    ]);
    expect(of((value) => value.orLeaveOut())).toEqual([]);
    expect(of((value) => value.orElse('x'))).toEqual([]);
  });

  test('is not left out', () => {
    const problems = problemsOf((c) => {
      c.add('db', Instance, { spec: { forProvider: { region: c.xr.spec.note.orLeaveOut(), instanceClass: 'x' } } });
    });
    expect(problems).toEqual([expect.stringMatching(/region is required, but xr.spec.note may be missing/)]);
  });
});

describe('a composed resource', () => {
  test('is of a namespace, as its request is', () => {
    const problems = problemsOf((c) => {
      const kind: Anything = ClusterProviderConfig;
      c.add('config', kind, { spec: { credentials: { source: 'IRSA' } } }, { ready: () => ({ type: 'None' }) });
    });
    expect(problems).toEqual([expect.stringMatching(/belongs to the whole cluster, but a request of one namespace/)]);
  });

  test('of a kind that is not known is refused with the way to make it known', () => {
    const GVK = { apiVersion: 'acme.io/v1', kind: 'Cache', namespaced: true } as const;
    const problems = problemsOf((c) => {
      c.add('cache', { GVK }, {} as Anything);
    });
    expect(problems).toEqual([
      expect.stringMatching(/Cache of acme.io\/v1 is unknown; pass its CustomResourceDefinition as crds/),
    ]);
  });

  test('has a name of its own', () => {
    const problems = problemsOf((c) => {
      c.add('q', Queue, { spec: { forProvider: { region } } });
      c.add('q', Queue, { spec: { forProvider: { region } } });
      c.add('Not A Name', Queue, { spec: { forProvider: { region } } });
    });
    expect(problems).toEqual([
      'q: two resources have this name; give one another',
      expect.stringMatching(/"Not A Name" must be/),
    ]);
  });

  test('says when it is ready where its kind does not', () => {
    const budget = { spec: { maxUnavailable: 1, selector: {} } };
    const add = (options: Anything) =>
      problemsOf(
        (c) => {
          c.add('known', PodDisruptionBudget, budget);
          c.add('set', BucketLifecycleConfiguration, { spec: { forProvider: { region, bucket: 'b', rule: [] } } });
          c.add('unknown', UnknownReadiness as Anything, { spec: {} }, options);
        },
        { crds: [unknownReadinessCrd] },
      );
    expect(add({})).toEqual([expect.stringMatching(/^unknown: nothing says when a Cache is ready; pass ready/)]);
    expect(add({ ready: () => ({ type: 'None' }) })).toEqual([]);
  });

  test('is not judged ready by a field that has another type', () => {
    const problems = problemsOf((c) => {
      c.add(
        'db',
        Database,
        { spec: { name: 'app', owner: 'app', cluster: { name: 'pg' } } },
        { ready: (self) => isTrue(self.status.message as Anything) },
      );
    });
    expect(problems).toEqual(['db: readiness reads status.message, which is no boolean']);
  });

  test('sets of its metadata what Crossplane leaves to it', () => {
    const problems = problemsOf((c) => {
      const body: Anything = { metadata: { namespace: 'other' }, spec: { forProvider: { region } }, status: {} };
      c.add('q', Queue, body);
    });
    expect(problems).toEqual([
      'q: status is what the cluster reports; leave it out',
      'q: metadata.namespace is set by Crossplane; a composition sets name, labels and annotations',
    ]);
  });

  test('takes no references of another composition', () => {
    let foreign: Anything;
    problemsOf((c) => {
      foreign = c.xr.spec.name;
    });
    expect(ofQueue(() => ({ name: foreign }))).toEqual([
      'q: xr.spec.name belongs to another composition; use the references of this one',
    ]);
  });

  test('has an external name from the start', () => {
    const problems = problemsOf((c) => {
      const first = c.add('first', Queue, { spec: { forProvider: { region } } }, { externalName: c.xr.spec.note });
      c.add('second', Queue, { spec: { forProvider: { region } } }, { externalName: first.status.atProvider.id });
      c.add('third', Queue, { spec: { forProvider: { region } } }, { externalName: c.xr.metadata.name });
    });
    expect(problems).toEqual([
      expect.stringMatching(/^first: externalName may be missing/),
      expect.stringMatching(/^second: externalName/),
    ]);
  });

  test('that Kubernetes owns cannot outlive its request', () => {
    const problems = problemsOf((c) => {
      const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'a' }] } };
      const body = { spec: { selector: { matchLabels: { a: 'b' } }, template } };
      c.add('api', Deployment, body, { onDelete: 'orphan' });
    });
    expect(problems).toEqual([expect.stringMatching(/^api: onDelete is for managed resources/)]);
  });
});

describe('a report', () => {
  test('that the API does not declare is refused', () => {
    const problems = problemsOf((c) => c.report({ status: { hostname: 'x' } as Anything }));
    expect(problems).toEqual([
      expect.stringMatching(/^status.hostname is not in the API's status, where the API server would drop it/),
    ]);
  });

  test('of the wrong type is refused', () => {
    const problems = problemsOf((c) => c.report({ status: { port: c.xr.spec.name, ready: 'yes' } as Anything }));
    expect(problems).toEqual([
      expect.stringMatching(/^status.port is an integer, not a string/),
      expect.stringMatching(/^status.ready can become "yes"/),
    ]);
  });

  test.each([
    [
      'a value of the request',
      (c: Anything) => c.xr.spec.version,
      /xr.spec.version is not a plain field of a composed resource/,
    ],
    [
      'a transformed value',
      (_: Anything, db: Anything) => db.status.atProvider.address.toUpper(),
      /is not a plain field/,
    ],
    ['a key that is none', () => joined('$(nme)'), /names "nme", which is no other key/],
    ['itself', () => joined('x$(uri)'), /names "uri", which is no other key/],
    ['no key at all', () => joined('plain'), /names no key/],
    [
      'a Secret of an unknown name',
      (_: Anything, db: Anything) => keyIn(db.status.atProvider.id, 'x'),
      /must be made from the name of the request only/,
    ],
    [
      'a Secret named by the spec',
      (c: Anything) => keyIn(text`${c.xr.spec.version}-x`, 'x'),
      /must be made from the name of the request only/,
    ],
  ])('of a connection key that cannot be found is refused: %s', (_, source, says) => {
    const make = () =>
      composition(postgres, { name: 'p' }, (c) => {
        const db = c.add('db', Instance, { spec: { forProvider: { region, instanceClass: 'x' } } });
        const connection = { host: 'h', port: '1', username: 'u', password: 'p', uri: source(c, db) };
        return c.report({ connection });
      });
    expect(make).toThrow(says);
  });
});

test('everything that is wrong is said at once, with the name of the composition', () => {
  const make = () =>
    composition(postgres, { name: 'broken' }, (c) => {
      const xr: Anything = c.xr;
      c.add('q', Queue, { spec: { forProvider: { region: 5, name: xr.spec.nope } } } as Anything);
      return c.report({ connection: {} } as Anything);
    });
  expect(make).toThrow(
    /^\[composition broken\] xr.spec.nope(.|\n)*\[composition broken\] q: spec.forProvider.region 5 must be a string/,
  );
});

const UnknownReadiness = { GVK: { apiVersion: 'acme.io/v1', kind: 'Cache', namespaced: true } } as const;

const unknownReadinessCrd = {
  spec: {
    group: 'acme.io',
    names: { kind: 'Cache', plural: 'caches' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } },
      },
    ],
  },
};

import { demandOf } from '../../src/team/demand';
import { fitProblems } from '../../src/team/fits';
import { limitRangeProblems, limitRangeSpec } from '../../src/team/limit-range';
import { claim, deployment, podsOf } from './team-objects';

test('a container that names nothing gets the smallest size, and no CPU limit', () => {
  expect(limitRangeSpec()).toEqual({
    limits: [
      {
        type: 'Container',
        default: { memory: '256Mi' },
        defaultRequest: { cpu: '100m', memory: '128Mi' },
        max: { memory: '16Gi' },
        min: { cpu: '10m', memory: '16Mi' },
      },
      { type: 'PersistentVolumeClaim', max: { storage: '1Ti' } },
    ],
  });
});

test('naming one amount leaves the others', () => {
  const [container] = limitRangeSpec({ defaultRequest: { memory: '1Gi' }, max: { memory: undefined } }).limits;
  expect(container).toMatchObject({
    default: { memory: '2Gi' },
    defaultRequest: { cpu: '100m', memory: '1Gi' },
    max: { memory: '16Gi' },
  });
});

test('a maximum of CPU is the limit of containers that name none, as the API server makes it', () => {
  const [container] = limitRangeSpec({ max: { cpu: 4 } }).limits;
  expect(container.default).toEqual({ cpu: '4', memory: '256Mi' });
});

test.each<[unknown, string]>([
  ['none', 'limits "none" is no record'],
  [{ maximum: {} }, 'limits has no setting "maximum"'],
  [{ max: { memory: '16' + 'GB' } }, 'limits.max.memory "16GB" is no quantity'],
  [{ max: { gpu: 1 } }, 'limits.max has no setting "gpu"; it has cpu, memory'],
  [{ max: 4 }, 'limits.max 4 is no record'],
  [
    { defaultRequest: { memory: '1Gi' }, defaultLimit: { memory: '512Mi' } },
    'limits.defaultRequest.memory 1Gi is above limits.defaultLimit.memory 512Mi',
  ],
  [{ max: { memory: '64Mi' } }, 'limits.defaultLimit.memory 256Mi is above limits.max.memory 64Mi'],
  [{ min: { cpu: 1 } }, 'limits.min.cpu 1 is above limits.defaultRequest.cpu 100m'],
  [{ max: { cpu: '50m' } }, 'limits.defaultRequest.cpu 100m is above limits.defaultLimit.cpu 50m'],
  [{ maxClaim: 'much' }, 'limits.maxClaim "much" is no quantity'],
  [{ maxRatio: { memory: 0.5 } }, 'limits.maxRatio.memory 0.5 is no ratio'],
  [{ maxRatio: { memory: 1 } }, 'limits.defaultLimit.memory 256Mi is more than limits.maxRatio.memory times'],
  [{ maxRatio: { cpu: 2 } }, 'limits.maxRatio.cpu needs a limit on every container'],
  [{ maxRatio: 2 }, 'limits.maxRatio 2 is no record'],
])('the limits %j are refused: %s', (limits, message) => {
  expect(limitRangeProblems(limits).join('\n')).toContain(message);
});

test.each([undefined, {}, { maxRatio: { memory: 2 } }, { max: { cpu: 2, memory: '64Gi' } }])(
  '%j are limits',
  (limits) => {
    expect(limitRangeProblems(limits)).toEqual([]);
  },
);

/** What the LimitRange says of one container. */
function said(resources: object, limits = {}): string {
  const limitRange = limitRangeSpec(limits);
  const template = podsOf(resources as never);
  return fitProblems(demandOf([deployment('api', { template })], { limitRange }), { limitRange }).join('\n');
}

const at = 'Deployment "api": spec.template.spec.containers[main]';

test.each<[string, object, object, string]>([
  [
    'a limit above the maximum',
    { limits: { memory: '17Gi' } },
    {},
    `${at} asks for up to 17Gi memory, and the LimitRange allows 16Gi`,
  ],
  [
    'a request below the minimum',
    { requests: { cpu: '9m' } },
    {},
    `${at} asks for 9m cpu, and the LimitRange wants at least 10m`,
  ],
  [
    'a request above the default limit',
    { requests: { memory: '1Gi' } },
    {},
    `${at} requests 1Gi memory, above its limit 256Mi; set resources.limits.memory`,
  ],
  [
    'a limit too far above its request',
    { requests: { memory: '64Mi' }, limits: { memory: '512Mi' } },
    { maxRatio: { memory: 4 } },
    `${at} has a memory limit 512Mi that is more than 4 times its request 64Mi`,
  ],
])('%s does not fit', (_, resources, limits, message) => {
  expect(said(resources, limits)).toContain(message);
});

test.each([{ limits: { memory: '16Gi' } }, { requests: { cpu: '10m' } }, { requests: { memory: '256Mi' } }, {}])(
  '%j just fits',
  (resources) => {
    expect(said(resources)).toBe('');
  },
);

test('a claim above the largest does not fit', () => {
  const limitRange = limitRangeSpec({ maxClaim: '100Gi' });
  const problems = (size: string) => fitProblems(demandOf([claim('files', size)], { limitRange }), { limitRange });
  expect(problems('100Gi')).toEqual([]);
  expect(problems('101Gi')).toEqual([
    'PersistentVolumeClaim "files": spec asks for up to 101Gi storage, and the LimitRange allows 100Gi; lower it, or raise the team\'s maxClaim',
  ]);
});

test('bounds of whole pods are held against their sum', () => {
  const limitRange = { limits: [{ type: 'Pod', max: { memory: '512Mi' } }] };
  const two = { containers: ['a', 'b'].map((name) => ({ name, resources: { limits: { memory: '300Mi' } } })) };
  const demand = demandOf([deployment('api', { template: { spec: two } })], { limitRange });
  expect(fitProblems(demand, { limitRange })).toEqual([
    expect.stringContaining('Deployment "api": its pod asks for up to 600Mi memory, and the LimitRange allows 512Mi'),
  ]);
});

/** What a LimitRange of whole pods or of containers says of containers with these resources. */
function saidBy(item: object, ...resources: object[]): string[] {
  const limitRange = { limits: [{ type: 'Pod', ...item }] };
  const containers = resources.map((each, i) => ({ name: `c${i}`, resources: each }));
  const demand = demandOf([deployment('api', { template: { spec: { containers } } })], { limitRange });
  return fitProblems(demand, { limitRange });
}

test('a container without a limit may make the requests of its pod larger than the limits', () => {
  const [limited, open] = [{ limits: { memory: '128Mi' } }, { requests: { memory: '1Gi' } }];
  expect(saidBy({ max: { memory: '512Mi' } }, limited, open)).toEqual([
    expect.stringContaining('its pod asks for up to 1152Mi memory, and the LimitRange allows 512Mi'),
  ]);
});

test.each<[string, object, object, string]>([
  [
    'a limit where there is a maximum',
    { max: { cpu: 1 } },
    {},
    'its pod has no cpu limit, and the LimitRange allows 1 at most; set a limit',
  ],
  [
    'a request where there is a minimum',
    { min: { cpu: 1 } },
    {},
    'its pod requests no cpu, and the LimitRange wants at least 1; set it',
  ],
  [
    'both where there is a ratio',
    { maxLimitRequestRatio: { cpu: 2 } },
    { requests: { cpu: 1 } },
    'its pod needs a cpu request and limit above zero',
  ],
])('a pod needs %s', (_, item, resources, message) => {
  expect(saidBy(item, resources)).toEqual([expect.stringContaining(message)]);
});

test('a container without a limit may make the limits of its pod smaller than the minimum', () => {
  const [limited, open] = [{ limits: { memory: '16Mi' } }, { requests: { memory: '1Gi' } }];
  expect(saidBy({ min: { memory: '128Mi' } }, limited, open)).toEqual([
    expect.stringContaining('its pod asks for 16Mi memory, and the LimitRange wants at least 128Mi'),
  ]);
});

test('a limit of exactly the ratio fits', () => {
  expect(saidBy({ maxLimitRequestRatio: { cpu: 2 } }, { requests: { cpu: 1 }, limits: { cpu: 2 } })).toEqual([]);
});

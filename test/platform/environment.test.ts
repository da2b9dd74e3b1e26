import { GoldenApp, type ImageLock, type Platform, Platform as PlatformClass } from 'cdk8s-golden-path';
import { testEnvironment, testPlatform } from 'cdk8s-golden-path/testing';
import { isSecretReference } from '../../src/platform/secret-reference';

const digest = `sha256:${'a'.repeat(64)}`;
const withImages = (images: ImageLock) => testEnvironment({ images });

test('the facts of an environment', () => {
  const env = testEnvironment({ environment: 'production' });
  expect(env).toMatchObject({
    name: 'production',
    cluster: 'eu-prod',
    isHome: true,
    tier: 'critical',
    promotion: 'manual',
    domain: 'production.acme.io',
    kubernetes: '1.36',
    gateway: 'gateway/public',
    namespace: 'team-production',
  });
});

test('each cluster of each environment is called for once, in the topology’s order', () => {
  const app = new GoldenApp({ platform: testPlatform, team: 'team', system: 'system' });
  const called: string[] = [];
  app.forEachEnvironment((env) => called.push(`${env.name}/${env.cluster}/${env.isHome}`));
  expect(called).toEqual(['dev/eu-dev/true', 'production/eu-prod/true', 'production/us-prod/false']);
});

test('a second round finds the same environments', () => {
  const app = new GoldenApp({ platform: testPlatform, team: 'team', system: 'system' });
  const rounds: object[][] = [[], []];
  for (const round of rounds) app.forEachEnvironment((env) => round.push(env));
  expect(rounds[1].map((env, i) => env === rounds[0][i])).toEqual([true, true, true]);
});

test('the namespace follows the platform’s rule', () => {
  const platform = new PlatformClass({ domain: 'acme.io', namespace: (team, env) => `${env}--${team}` });
  expect(testEnvironment({ platform }).namespace).toBe('default--team');
});

test('a namespace that is no DNS label is refused', () => {
  const platform: Platform = new PlatformClass({ domain: 'acme.io', namespace: () => 'No_Label' });
  expect(() => testEnvironment({ platform })).toThrow('namespace "No_Label" is no DNS label');
});

describe('select', () => {
  test.each([
    ['its own value', { dev: 1, default: 2 }, 1],
    ['the default', { production: 1, default: 2 }, 2],
    ['an undefined value of its own', { dev: undefined, default: 2 }, undefined],
  ])('gives %s', (_, values, expected) => {
    expect(testEnvironment().select<number | undefined>(values)).toBe(expected);
  });
  test('without a value for the environment is refused', () => {
    expect(() => testEnvironment().select({ production: 1 })).toThrow(
      'select has no value for "dev" and no default; add one of the two',
    );
  });
  test('of an environment that is unknown is refused', () => {
    expect(() => testEnvironment().select({ prod: 1, default: 2 })).toThrow(
      'select names "prod", which is no environment; use dev, production or default',
    );
  });
});

describe('image', () => {
  test('is pinned by tag and digest in the platform’s registry', () => {
    expect(withImages({ dev: { api: { tag: '1.2.3', digest } } }).image('api')).toBe(
      `ghcr.io/acme/api:1.2.3@${digest}`,
    );
  });
  test('may have a repository of its own', () => {
    const repository = 'ghcr.io/acme/shared/api';
    expect(withImages({ dev: { api: { tag: '1', digest, repository } } }).image('api')).toBe(
      `${repository}:1@${digest}`,
    );
  });
  test('that is missing is refused with the line to paste', () => {
    expect(() => withImages({ dev: { 'orders-api': { tag: '1', digest } } }).image('order-api')).toThrow(
      `has no image "order-api" for dev (did you mean "orders-api"?); add the line\n    dev: { order-api: { tag: "1.0.0", digest: "sha256:${'0'.repeat(64)}" } }`,
    );
  });
  test.each<[object, string]>([
    [{ tag: '', digest }, `has the tag "", which is no tag (a number needs quotes); write the line\n    dev: { api:`],
    [{ tag: 1.1, digest }, 'has the tag 1.1, which is no tag (a number needs quotes)'],
    [{ tag: '1', digest: 'sha256:abc' }, 'has the digest "sha256:abc", which is not sha256: and 64'],
    [{ tag: '1', digest, repository: 1 }, 'has the repository 1, which is no text'],
  ])('with the entry %j is refused: %s', (entry, message) => {
    expect(() => withImages({ dev: { api: entry } } as never).image('api')).toThrow(message);
  });
  test('of a lock file that is nowhere is refused', () => {
    expect(() => testEnvironment({ images: '/nowhere/images.lock.yaml' }).image('api')).toThrow('images.lock.yaml');
  });
});

describe('secret', () => {
  test('is a reference and holds no value', () => {
    const reference = testEnvironment().secret('orders/stripe', 'key');
    expect(isSecretReference(reference)).toBe(true);
    expect(reference).toEqual({ path: 'orders/stripe', key: 'key' });
  });
  test('without a path is refused', () => {
    expect(() => testEnvironment().secret('')).toThrow('secret path "" is empty; write its path in the store');
  });
});

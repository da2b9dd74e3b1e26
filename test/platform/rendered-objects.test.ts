import { ApiObject, App, Chart, Lazy, Testing } from 'cdk8s';
import { synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';
import type { Construct } from 'constructs';
import { oncePerRender, renderedAround } from '../../src/platform/rendered-objects';

const config = (scope: Construct, name: string, data: object, namespace?: string) =>
  new ApiObject(scope, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data });

/** An object that says which others it sees. */
function census(scope: Construct, name: string, namespace: string): ApiObject {
  const around = () => renderedAround(object, namespace, [object]).map(({ metadata }) => metadata.name);
  const data = { seen: Lazy.any({ produce: () => around().join(' ') }) };
  const object: ApiObject = config(scope, name, data, namespace);
  return object;
}

test('an object sees what others in its namespace render to, also those that are made after it', () => {
  const env = testEnvironment();
  census(env, 'census', env.namespace);
  config(env, 'a', { a: 'a' });
  config(env, 'elsewhere', {}, 'other');
  const [object] = synthObjects(env);
  expect(object.data).toEqual({ seen: 'a' });
});

test('each object is rendered once, however many ask for it', () => {
  const env = testEnvironment();
  let renders = 0;
  const data = { n: Lazy.any({ produce: () => String(++renders) }) };
  const counted = config(env, 'counted', data);
  for (let i = 0; i < 20; i++) {
    new ApiObject(env, `census-${i}`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `census-${i}` },
      data: { seen: Lazy.any({ produce: () => String(renderedAround(env, env.namespace, [counted]).length) }) },
    });
  }
  synthObjects(env);
  expect(renders).toBe(1);
});

test('two objects that depend on each other see everything but each other', () => {
  const env = testEnvironment();
  census(env, 'one', env.namespace);
  census(env, 'two', env.namespace);
  config(env, 'a', {});
  const [one, two] = synthObjects(env);
  expect([one.data.seen, two.data.seen]).toEqual(['two a', 'a']);
});

test('what does not render is reported once, and not by who asks for it', () => {
  const env = testEnvironment();
  census(env, 'census', env.namespace);
  const fails = () => {
    throw new Error('no such thing');
  };
  config(env, 'broken', { a: Lazy.any({ produce: fails }) });
  expect(() => synthObjects(env)).toThrow(/^\[[^\]]*broken\] can't be rendered: [^\n]*no such thing$/);
});

test('a plain cdk8s chart shows its objects too', () => {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  census(chart, 'census', 'shop');
  config(chart, 'a', {});
  expect(Testing.synth(chart)[0].data).toEqual({ seen: 'a' });
});

test('a result is worked out once per render, and again in the next one', () => {
  const env = testEnvironment();
  let worked = 0;
  const work = () => oncePerRender(env, () => ++worked);
  for (const name of ['a', 'b']) config(env, name, { n: Lazy.any({ produce: () => String(work()) }) });
  expect(synthObjects(env).map(({ data }) => data.n)).toEqual(['1', '1']);
  expect(synthObjects(env).map(({ data }) => data.n)).toEqual(['2', '2']);
});

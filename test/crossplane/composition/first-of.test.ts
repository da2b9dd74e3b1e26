import { Queue } from '../../../imports/sqs.aws.m.upbound.io';
import { firstOf } from '../../../src/crossplane/composition/first-of';
import { text } from '../../../src/crossplane/composition/text';
import { renderComposition } from '../../../src/crossplane/testing';
import { build } from './build';
import { request } from './cases';

const made = build((c) => {
  const name = firstOf(c.xr.metadata.annotations['acme.io/name'], c.xr.metadata.name);
  c.add('direct', Queue, { spec: { forProvider: { region: 'eu-west-1', name } } });
  c.add('joined', Queue, { spec: { forProvider: { region: 'eu-west-1', name: text`q-${name.toUpper()}-${name}` } } });
});

function names(annotations?: Record<string, string>): string[] {
  const asked = request(made, { name: 'x' });
  const metadata = { ...asked.metadata, ...(annotations && { annotations }) };
  const { resources } = renderComposition(made.manifest, JSON.parse(JSON.stringify({ ...asked, metadata })));
  return resources.map(({ spec }) => spec.forProvider.name);
}

test('the first is taken where it is there, and the other where it is not', () => {
  expect(names({ 'acme.io/name': 'before' })).toEqual(['before', 'q-BEFORE-before']);
  expect(names({ other: 'x' })).toEqual(['orders', 'q-ORDERS-orders']);
  expect(names()).toEqual(['orders', 'q-ORDERS-orders']);
});

test('a constant stands in for what a request may leave out, also beside other values', () => {
  const { manifest } = build((c) => {
    const size = firstOf(c.xr.metadata.annotations['acme.io/name'], 'none');
    c.add('direct', Queue, { spec: { forProvider: { region: 'eu-west-1', name: size } } });
    c.add('joined', Queue, {
      spec: { forProvider: { region: 'eu-west-1', name: text`${c.xr.metadata.name}-${size}` } },
    });
  });
  const asked = request(made, { name: 'x' });
  const named = (annotations?: Record<string, string>) =>
    renderComposition(manifest, {
      ...asked,
      metadata: { ...asked.metadata, ...(annotations && { annotations }) },
    }).resources.map(({ spec }) => spec.forProvider.name);
  expect(named()).toEqual(['none', 'orders-none']);
  expect(named({ 'acme.io/name': 'before' })).toEqual(['before', 'orders-before']);
});

test('a transformed value is refused with what to do instead', () => {
  expect(() => build((c) => firstOf(c.xr.metadata.name.toUpper(), c.xr.metadata.name))).toThrow(
    'firstOf takes two plain fields of the request',
  );
});

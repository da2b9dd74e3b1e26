import { App, Chart } from 'cdk8s';
import { GoldenError, GoldenWorker } from 'cdk8s-golden-path';

const image = 'registry.acme.io/mailer:1';

test('a workload without a chart around it says where it belongs', () => {
  const make = () => new GoldenWorker(new App(), 'mailer', { image });
  expect(make).toThrow(GoldenError);
  expect(make).toThrow('make it with env of forEachEnvironment, or in a cdk8s chart');
});

test('a second workload of one name is refused by that name', () => {
  const chart = new Chart(new App(), 'chart');
  new GoldenWorker(chart, 'mailer', { image });
  expect(() => new GoldenWorker(chart, 'mailer', { image })).toThrow(GoldenError);
  expect(() => new GoldenWorker(chart, 'mailer', { image })).toThrow('name "mailer" is taken by another GoldenWorker');
});

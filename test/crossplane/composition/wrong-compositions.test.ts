import { typeCheck } from '../../imports/type-check';
import { type WrongComposition, wrongCompositions } from './wrong-compositions';

const folder = 'test/crossplane/composition';

const header = `
import { ClusterProviderConfig, ProviderConfig } from '../../../imports/aws.m.upbound.io';
import { Cluster, Database } from '../../../imports/postgresql.cnpg.io';
import { Instance } from '../../../imports/rds.aws.m.upbound.io';
import { Bucket } from '../../../imports/s3.aws.m.upbound.io';
import { Queue } from '../../../imports/sqs.aws.m.upbound.io';
import { Queue as ClassicQueue } from '../../../imports/sqs.aws.crossplane.io';
import { claimComposition, composition } from '../../../src/crossplane/composition/composition';
import { secretKey } from '../../../src/crossplane/composition/connection-keys';
import { isTrue } from '../../../src/crossplane/composition/readiness';
import { text } from '../../../src/crossplane/composition/text';
import { postgres, silent } from './test-apis';

void [ClusterProviderConfig, ProviderConfig, Cluster, Database, Instance, Bucket, isTrue, text, postgres, secretKey, ClassicQueue, claimComposition];
export const make = (props: { size: string; storageGb: number }) => composition(silent, { name: 'silent' }, (c) => {
  const { xr } = c;
  const region = 'eu-west-1';
  const dlq = c.add('dlq', Queue, { spec: { forProvider: { region } } });
  void [props, xr, dlq];`;

function program(code: string): string {
  return `${header}\n${code}\n  return c.report({});\n});\n`;
}

/** The line, from 1, that the twins differ in. */
function lineOf(code: string): number {
  return program(code.slice(0, code.indexOf('@'))).split('\n').length - 3;
}

/** What the compiler says of each twin, by line. */
function compiled(cases: readonly WrongComposition[]): { wrong: string[]; right: string[] }[] {
  const file = (i: number, twin: 'wrong' | 'right') => `${folder}/${i}-${twin}.ts`;
  const programs = cases.flatMap(({ code, wrong, right }, i) => [
    [file(i, 'wrong'), program(code.replace('@', () => wrong))],
    [file(i, 'right'), program(code.replace('@', () => right))],
  ]);
  const errors = typeCheck(Object.fromEntries(programs));
  const of = (path: string) =>
    errors.filter((error) => error.startsWith(`${path}:`)).map((error) => error.slice(path.length + 1));
  return cases.map((_, i) => ({ wrong: of(file(i, 'wrong')), right: of(file(i, 'right')) }));
}

describe('a wrong composition does not compile, and its twin does:', () => {
  const results = compiled(wrongCompositions);

  test.each(wrongCompositions.map((one, i) => [one.fault, one, results[i]] as const))(
    '%s',
    (_, one, { wrong, right }) => {
      expect(right).toEqual([]);
      expect(wrong.length).toBeGreaterThan(0);
      for (const error of wrong) expect(error).toMatch(new RegExp(`^${lineOf(one.code)} `));
      expect(wrong.join('\n')).toMatch(one.says);
    },
  );
});

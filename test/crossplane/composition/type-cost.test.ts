import { join } from 'node:path';
import * as ts from 'typescript';

const folder = __dirname;

const header = `
import { Instance, SubnetGroup } from '../../../imports/rds.aws.m.upbound.io';
import { composition } from '../../../src/crossplane/composition/composition';
import { text } from '../../../src/crossplane/composition/text';
import { silent } from './test-apis';
void [Instance, SubnetGroup, text, composition, silent];
`;

const one = (name: string) => `
export const ${name} = composition(silent, { name: '${name}' }, (c) => {
  const { xr } = c;
  const region = 'eu-west-1';
  const subnets = c.add('subnets', SubnetGroup, { spec: { forProvider: { region, subnetIds: xr.spec.zones } } });
  const db = c.add('db', Instance, {
    spec: {
      forProvider: {
        region: xr.spec.note.orElse(region),
        instanceClass: xr.spec.size.map({ small: 'db.t4g.small', large: 'db.m7g.large' }),
        allocatedStorage: xr.spec.storageGb.multiply(2).clampMax(1000),
        multiAz: xr.spec.enabled,
        passwordSecretRef: { name: text\`\${xr.metadata.name}-password\`, key: 'password' },
        dbSubnetGroupName: subnets.metadata.name,
      },
    },
  });
  return c.report({ status: { arn: db.status.atProvider.arn, both: text\`\${db.status.atProvider.arn}/\${xr.spec.name}\` } });
});
`;

/** How many times the compiler puts arguments into a generic type: its work, counted without a clock. */
function instantiations(code: string): number {
  const file = join(folder, 'type-cost-program.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.getSourceFile = (path, language) =>
    path === file ? ts.createSourceFile(path, header + code, language) : getSourceFile(path, language);
  const program = ts.createProgram([file], options, host);
  expect(program.getSemanticDiagnostics(program.getSourceFile(file))).toEqual([]);
  return (program as ts.Program & { getInstantiationCount(): number }).getInstantiationCount();
}

test('the types of a composition cost what its fields cost, not what its kinds could have', () => {
  const first = instantiations(one('a'));
  const each = (instantiations(Array.from('abcdefghijk', one).join('')) - first) / 10;
  // The database alone has some 250 fields in three places; a composition must not make the compiler go through them all.
  expect(first).toBeLessThan(10_000);
  expect(each).toBeLessThan(200);
}, 60_000);

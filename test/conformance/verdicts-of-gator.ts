import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeObject } from '../../src/dev/api-client';
import type { Program } from '../../src/dev/binaries';
import { toYaml } from '../../src/gitops/yaml';
import { gatekeeperPolicy } from '../../src/policy/render/gatekeeper';
import type { PolicyInForce } from '../../src/policy/rollout';
import type { PolicyEngineUnderTest, PolicyRequest, Verdict } from './policy-verdicts';

/** Gatekeeper's evaluator for files. */
export const gatorProgram: Program = {
  name: 'gator',
  module: 'gatekeeper',
  package: 'github.com/open-policy-agent/gatekeeper/v3/cmd/gator',
};

/** A violation as gator prints it. */
interface GatorResult {
  readonly constraint: { readonly metadata: { readonly name: string } };
  readonly violatingObject: KubeObject;
}

/** Gatekeeper with every rule as a ConstraintTemplate and its Constraint. It knows no updates, so those are not judged. */
export class GatorVerdicts implements PolicyEngineUnderTest {
  readonly name = 'Gatekeeper';

  constructor(
    private readonly binary: string,
    private readonly inForce: readonly PolicyInForce[],
  ) {}

  async judge(requests: readonly PolicyRequest[]): Promise<Verdict[]> {
    // A name tells which object a violation is of; no rule looks at it.
    const named = requests.map(({ object }, i) => ({
      ...object,
      metadata: { ...object.metadata, name: `judged-${i}` },
    }));
    const rules = this.inForce.flatMap((rule) => gatekeeperPolicy({ ...rule, enforcement: 'deny' }, { minor: '1.36' }));
    const broken = requests.map(() => new Set<string>());
    for (const { constraint, violatingObject } of await this.run([...rules, ...named])) {
      broken[Number(violatingObject.metadata.name.replace('judged-', ''))].add(constraint.metadata.name);
    }
    return requests.map(({ object, oldObject }, i) => ({
      judged: oldObject === undefined ? object : undefined,
      broken: [...broken[i]],
    }));
  }

  private async run(documents: readonly object[]): Promise<GatorResult[]> {
    const folder = mkdtempSync(join(tmpdir(), 'golden-gator-'));
    try {
      const file = join(folder, 'all.yaml');
      writeFileSync(file, documents.map((document) => `---\n${toYaml(document)}`).join(''));
      return JSON.parse((await output(this.binary, ['test', `--filename=${file}`, '--output=json'])) || '[]') ?? [];
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

/** What a program prints. It ends with 1 when it found violations, which is no failure of it. */
function output(binary: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const program = execFile(binary, args, { maxBuffer: 1 << 30 }, (error, stdout, stderr) => {
      if (error && stdout === '') reject(new Error(stderr || error.message));
      else resolve(stdout);
    });
    // It also reads what it is sent, and would wait for the end of it.
    program.stdin?.end();
  });
}

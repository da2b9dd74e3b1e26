import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binarySources } from '../src/dev/binaries';
import { kyvernoCliProgram } from '../src/dev/kyverno-cli';
import { compiled } from './compiled';
import { deployments, podSecurityRules } from './policies';

/** Kyverno's command line, when it is ready or conformance has built it; a benchmark builds nothing. */
export function builtKyverno(): string | undefined {
  const { ready, cache } = binarySources(join(__dirname, '..'));
  const { name } = kyvernoCliProgram;
  if (ready && existsSync(join(ready, name))) return join(ready, name);
  const file = existsSync(cache) && readdirSync(cache).find((each) => new RegExp(`^${name}-[0-9a-f]+$`).test(each));
  return file ? join(cache, file) : undefined;
}

/** Processor time, in milliseconds, that `kyverno apply` takes for the rules and objects that `judgeDeployments` judges. */
export function kyvernoApplyTime(binary: string, count: number): number {
  const { kyvernoPolicy } = compiled(
    '../lib/src/policy/render/kyverno',
  ) as typeof import('../src/policy/render/kyverno');
  const { toYaml } = compiled('../lib/src/gitops/yaml') as typeof import('../src/gitops/yaml');
  const rules = podSecurityRules();
  const folder = mkdtempSync(join(tmpdir(), 'golden-bench-'));
  const write = (name: string, documents: readonly object[]) => {
    writeFileSync(join(folder, name), documents.map((document) => `---\n${toYaml(document)}`).join(''));
    return join(folder, name);
  };
  try {
    const labels = { 'kubernetes.io/metadata.name': 'bench' };
    const namespaces = [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bench', labels } }];
    const args = [
      'apply',
      write(
        'policies.yaml',
        rules.map((rule) => kyvernoPolicy(rule)),
      ),
      `--resource=${write('objects.yaml', deployments(count))}`,
      `--values-file=${write('values.yaml', [{ apiVersion: 'cli.kyverno.io/v1alpha1', kind: 'Values', namespaces }])}`,
    ];
    // The shell says what its children took of the processors.
    const { stdout } = spawnSync('sh', ['-c', '"$0" "$@"; times', binary, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (!stdout.includes(`pass: ${rules.length * count}, fail: 0`)) throw new Error(`kyverno printed:\n${stdout}`);
    return childrenTime(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The last line of `times`: user and system time of the children, `1m2.5s 0m0.3s`, in milliseconds. */
function childrenTime(printed: string): number {
  const parts = [
    ...printed
      .trimEnd()
      .split('\n')
      .slice(-1)[0]
      .matchAll(/(\d+)m([\d.]+)s/g),
  ];
  return parts.reduce((sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000, 0);
}

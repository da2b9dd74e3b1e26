import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { toYaml } from '../gitops/yaml';
import type { KubeObject } from './api-client';
import type { Program } from './binaries';

/** Kyverno's evaluator for files. */
export const kyvernoCliProgram: Program = {
  name: 'kubectl-kyverno',
  module: 'kyverno',
  package: 'github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno',
};

/** What is applied to what. */
export interface KyvernoApply {
  readonly policies: readonly object[];
  /** Each has a name of its own among those of its kind. */
  readonly objects: readonly object[];
  /** @default - none */
  readonly exceptions?: readonly object[];
  /**
   * Namespaces as selectors see them. To a selector, one that is not among them has no labels: `In` leaves its objects out, `NotIn` does not.
   * @default - none
   */
  readonly namespaces?: readonly KubeObject[];
  /**
   * The operation that it plays; on an update the object replaces itself.
   * @default 'CREATE'
   */
  readonly operation?: 'CREATE' | 'UPDATE' | 'DELETE';
  /**
   * Who asks, as `request.userInfo` says it.
   * @default - nobody
   */
  readonly userInfo?: object;
}

/** What one policy says of one object. */
export interface KyvernoResult {
  readonly policy: string;
  /** `metadata.uid` of the object, empty when it has none. */
  readonly uid: string;
  readonly result: 'pass' | 'fail' | 'warn' | 'error' | 'skip';
  readonly message: string;
}

/**
 * What `kyverno apply` reports: a result for each policy and each object that it matches.
 *
 * @throws Error with what it printed when it gives no report
 */
export async function kyvernoApply(binary: string, what: KyvernoApply): Promise<KyvernoResult[]> {
  return inFolder(async (folder) => {
    const printed = await run(binary, [...argumentsFor(folder, what), '--policy-report', '--output-format=json']);
    return resultsOf(printed);
  });
}

/**
 * What `kyverno apply` makes of objects: each object as mutating policies leave it, and what generating policies add.
 *
 * @throws Error with what it printed when it fails
 */
export async function kyvernoOutput(binary: string, what: KyvernoApply): Promise<KubeObject[]> {
  return inFolder(async (folder) => {
    const made = join(folder, 'made');
    mkdirSync(made);
    await run(binary, [...argumentsFor(folder, what), `--output=${made}`]);
    const texts = readdirSync(made)
      .sort()
      .map((file) => readFileSync(join(made, file), 'utf8'));
    return texts.flatMap((text) => parseAllDocuments(text).flatMap((document) => document.toJSON() ?? []));
  });
}

function argumentsFor(folder: string, what: KyvernoApply): string[] {
  const { policies, objects, exceptions = [], namespaces = [], operation = 'CREATE', userInfo } = what;
  const write = (name: string, documents: readonly object[]) => {
    const file = join(folder, name);
    writeFileSync(file, documents.map((document) => `---\n${toYaml(document)}`).join(''));
    return file;
  };
  const values = {
    apiVersion: 'cli.kyverno.io/v1alpha1',
    kind: 'Values',
    globalValues: { 'request.operation': operation },
    namespaces,
  };
  const user = { apiVersion: 'cli.kyverno.io/v1alpha1', kind: 'UserInfo', userInfo };
  return [
    'apply',
    write('policies.yaml', policies),
    `--resource=${write('objects.yaml', objects)}`,
    `--values-file=${write('values.yaml', [values])}`,
    ...(exceptions.length > 0 ? [`--exception=${write('exceptions.yaml', exceptions)}`] : []),
    ...(userInfo ? [`--userinfo=${write('user.yaml', [user])}`] : []),
    '--remove-color',
  ];
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'golden-kyverno-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What it prints. It ends with 1 when something fails a policy, which is no failure of it. */
function run(binary: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const program = execFile(binary, args, { maxBuffer: 1 << 30 }, (error, stdout, stderr) => {
      if (error && (error.code !== 1 || /^Error: /m.test(stderr))) reject(new Error(stderr || stdout || error.message));
      else resolve(stdout);
    });
    program.stdin?.end();
  });
}

interface PrintedReport {
  readonly results: readonly {
    readonly policy: string;
    readonly result: KyvernoResult['result'];
    readonly message?: string;
    readonly resources: readonly { readonly uid?: string }[];
  }[];
}

/** The report among other lines; there is none when no policy matches any object. */
function resultsOf(printed: string): KyvernoResult[] {
  const reports = printed.split('\n').filter((line) => line.startsWith('{'));
  return reports.flatMap((line) =>
    (JSON.parse(line) as PrintedReport).results.flatMap(({ policy, result, message = '', resources }) =>
      resources.map(({ uid = '' }) => ({ policy, uid, result, message })),
    ),
  );
}

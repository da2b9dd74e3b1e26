import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Finding } from '../report';

type Env = Readonly<Record<string, string>>;

/** Runs `golden diff --against live` as a person does, with a kubectl and contexts of its own. */
export class GoldenDiff {
  private readonly kubeconfig: string;

  /**
   * @param programs a folder with kubectl
   * @param kubeconfig of an administrator, whose context is `golden`
   * @param folder where a kubeconfig with more contexts is written
   */
  constructor(
    private readonly root: string,
    private readonly programs: string,
    kubeconfig: string,
    folder: string,
  ) {
    this.kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(this.kubeconfig, stringify(withContexts(parse(readFileSync(kubeconfig, 'utf8')))), { mode: 0o600 });
  }

  /** @param args files and flags; the context is the administrator's unless one is named */
  run(args: readonly string[], env: Env, context = 'golden') {
    const words = [join(this.root, 'bin/golden'), 'diff', ...args, '--against', 'live', `--context=${context}`];
    const all = {
      ...process.env,
      ...env,
      KUBECONFIG: this.kubeconfig,
      PATH: this.programs + delimiter + process.env.PATH,
    };
    return new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
      execFile(process.execPath, words, { cwd: this.root, env: all }, (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      });
    });
  }

  /** It shows exactly these changes, as `change Kind name: fields`, what is refused of them, and no value of a Secret. */
  async shows(
    args: readonly string[],
    env: Env,
    changes: readonly string[],
    refusals: readonly RegExp[],
  ): Promise<Finding> {
    const { code, stdout, stderr } = await this.run([...args, '--json', '--exit-code'], env);
    const text = await this.run(args, env);
    const problems = [
      ...(code === 1 && stderr === '' ? [] : [`exit code ${code}: ${stderr}`]),
      ...[stdout, text.stdout].filter((each) => /(?:first|second)-value|Zmlyc3Q|c2Vjb25k/.test(each)),
    ];
    if (code !== 1) return { counted: '', problems: [...problems, stdout] };
    const found = JSON.parse(stdout).places.flatMap(({ changes: all }: { changes: Change[] }) => all) as Change[];
    const shown = found.map(asText).sort();
    if (JSON.stringify(shown) !== JSON.stringify([...changes].sort())) problems.push(`it shows ${shown.join('\n')}`);
    const refused = found.flatMap(({ risks }) => risks).filter(({ id }) => id === 'refused');
    const isExpected = refused.length === refusals.length && refused.every(({ detail }, n) => refusals[n].test(detail));
    if (!isExpected) problems.push(`it refuses ${JSON.stringify(refused)}`);
    return { counted: `${found.length} changes`, problems };
  }

  /** It ends with a code and a message, and prints no stack. */
  async ends(args: readonly string[], env: Env, context: string, code: number, message: RegExp): Promise<Finding> {
    const ended = await this.run(args, env, context);
    const said = ended.stderr;
    const isExpected = ended.code === code && message.test(said) && !/\n +at /.test(said) && ended.stdout === '';
    return { counted: `exit code ${ended.code}`, problems: isExpected ? [] : [`${ended.stdout}${said}`] };
  }
}

interface Change {
  readonly change: string;
  readonly kind: string;
  readonly name: string;
  readonly fields: readonly { readonly path: string; readonly isHidden?: boolean }[];
  readonly risks: readonly { readonly id: string; readonly detail: string }[];
}

function asText({ change, kind, name, fields }: Change): string {
  return `${change} ${kind} ${name}: ${fields.map(({ path, isHidden }) => path + (isHidden ? ' (hidden)' : '')).join(', ')}`.trim();
}

// biome-ignore lint/suspicious/noExplicitAny: a kubeconfig
function withContexts(config: any): object {
  const [{ cluster }] = config.clusters;
  const [{ user }] = config.users;
  const as = (name: string) => ({ name, user: { ...user, as: name, 'as-groups': ['system:authenticated'] } });
  const context = (name: string, of: string, who = name) => ({ name, context: { cluster: of, user: who } });
  return {
    ...config,
    clusters: [...config.clusters, { name: 'down', cluster: { ...cluster, server: 'https://127.0.0.1:1' } }],
    users: [...config.users, as('reader'), as('stranger'), { name: 'unknown', user: { token: 'unknown' } }],
    contexts: [
      ...config.contexts,
      ...['reader', 'stranger', 'unknown'].map((name) => context(name, 'golden')),
      context('down', 'down', 'golden'),
    ],
  };
}

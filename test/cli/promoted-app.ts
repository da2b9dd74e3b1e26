import * as fs from 'node:fs';
import * as path from 'node:path';
import { filesOf, git, newRepository } from '../gitops/repositories';
import { newFolder } from '../gitops/trees';
import type { GoldenPackage } from './golden-process';

export const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

/** A repository of an app that is published to staging, and promoted to production in two clusters. */
export class PromotedApp {
  readonly bare = newRepository({ 'README.md': 'hello\n' });
  /** Where people work: below the package under test, which the app finds there. */
  readonly folder: string;
  /** What the app's repository is cloned from. */
  readonly origin = path.join(newFolder(), 'orders.git');
  private readonly golden: GoldenPackage;

  constructor(golden: GoldenPackage) {
    this.golden = golden;
    this.folder = golden.folder;
    for (const name of fs.readdirSync(this.folder)) fs.rmSync(path.join(this.folder, name), { recursive: true });
    git(this.folder, 'init', '--quiet');
    git(path.dirname(this.origin), 'init', '--quiet', '--bare', this.origin);
    git(this.folder, 'remote', 'add', 'origin', this.origin);
    // As if it was installed: a work tree of the source finds the package as the app does.
    fs.mkdirSync(path.join(this.folder, 'node_modules'));
    fs.symlinkSync(path.dirname(this.folder), path.join(this.folder, 'node_modules/cdk8s-golden-path'));
    this.write('.gitignore', 'node_modules\n');
  }

  write(file: string, text: string): void {
    fs.mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
    fs.writeFileSync(path.join(this.folder, file), text);
  }

  read(file: string): string {
    return fs.readFileSync(path.join(this.folder, file), 'utf8');
  }

  commit(message = 'Change'): string {
    git(this.folder, 'add', '--all');
    git(this.folder, 'commit', '--quiet', '--allow-empty', '--message', message);
    git(this.folder, 'push', '--quiet', 'origin', 'HEAD');
    return git(this.folder, 'rev-parse', 'HEAD').trim();
  }

  /** Commits the app with a port, in the file `app.ts`, and pins of its one image. */
  commitApp(port: number, pins: Readonly<Record<string, string>> = { staging: '1.0.0' }, more = ''): string {
    this.write('app.ts', appText(port, more));
    this.write('images.lock.yaml', lockText(pins));
    return this.commit(`Port ${port}`);
  }

  run(...args: string[]) {
    return this.golden.run(...args);
  }

  publish(...args: string[]) {
    const done = this.run('publish', '--repo', this.bare, ...args);
    if (done.status !== 0) throw new Error(done.stderr);
    return done;
  }

  /** The command that promotes it. */
  get promotion(): readonly string[] {
    return ['promote', 'orders', '--from', 'staging', '--to', 'production', '--repo', this.bare];
  }

  promote(...args: string[]) {
    return this.run(...this.promotion, '--yes', '--no-install', ...args);
  }

  /** A rendered file of the app. */
  rendered(environment: string, name: string, cluster = environment === 'staging' ? 's1' : 'p1'): string {
    return filesOf(this.bare)[`${environment}/${cluster}/orders-${environment}/orders/${name}`];
  }

  index(environment: string) {
    return JSON.parse(this.rendered(environment, '.golden-index'));
  }
}

export function appText(port: number, more = '', library = 'cdk8s-golden-path'): string {
  return `import { GoldenApp, GoldenService, Platform } from '${library}';
const environments = { staging: { clusters: ['s1'] }, production: { clusters: ['p1', 'p2'], promotion: 'manual' as const } };
const platform = new Platform({ domain: 'acme.io', registries: ['r.acme.io'], topology: { environments } });
const app = new GoldenApp({ platform, team: 'orders', system: 'shop' });
app.forEachEnvironment((env) => {
  new GoldenService(env, 'api', { image: env.image('api'), port: ${port} });
  ${more}
});
app.synth();
`;
}

/** A tag's letter is its digest's: `1.0.0` has a's, `2.0.0` b's. */
export function lockText(pins: Readonly<Record<string, string>>): string {
  const lines = Object.entries(pins).map(
    ([environment, tag]) =>
      `# what ${environment} runs\n${environment}: { api: { tag: "${tag}", digest: "${digest('abcdef'[Number(tag[0]) - 1])}" } }\n`,
  );
  return lines.join('');
}

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { goVersion, runGo } from './go';

/** A program that is built from a pinned Go module. */
export interface Program {
  /** Name of the binary. */
  readonly name: string;
  /** Folder, below the folder of modules, of the Go module that pins it. */
  readonly module: string;
  /** The package that is built; `./<folder>` is one of the module itself. */
  readonly package: string;
  /**
   * String variables set by the linker, by their full name.
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Where programs come from. */
export interface BinarySources {
  /** Folder with one folder per Go module. */
  readonly modules: string;
  /** Folder that keeps what was built. */
  readonly cache: string;
  /**
   * Folder of ready binaries; what it lacks is built.
   * @default - everything is built
   */
  readonly ready?: string;
  /**
   * Told before and after a build, which takes minutes the first time.
   * @default - nothing is told
   */
  readonly log?: (line: string) => void;
}

/**
 * The sources that the environment names: `GOLDEN_ENGINES` (ready binaries) and `GOLDEN_ENGINES_CACHE` (what was built;
 * `.cache/engines` below `root` when not set).
 */
export function binarySources(root: string, env: NodeJS.ProcessEnv = process.env): BinarySources {
  return {
    modules: join(root, 'test/conformance/engines'),
    cache: resolve(root, env.GOLDEN_ENGINES_CACHE || '.cache/engines'),
    ready: env.GOLDEN_ENGINES ? resolve(root, env.GOLDEN_ENGINES) : undefined,
  };
}

/** Programs that neither are ready nor can be built here. */
export class MissingProgramsError extends Error {
  readonly programs: readonly string[];

  constructor(programs: readonly Program[], reason: string, sources: BinarySources) {
    const names = programs.map((program) => program.name);
    const place = sources.ready === undefined ? 'a folder' : `a folder (${sources.ready} lacks them)`;
    super(
      `cannot build ${names.join(', ')}: ${reason}; install Go ${requiredGo(sources.modules, programs)} or newer, ` +
        `or set GOLDEN_ENGINES to ${place} with ready binaries of these names`,
    );
    this.programs = names;
  }
}

/** What every build is given: the same bytes from any folder, no debug data, no C compiler. */
const buildFlags = ['-trimpath', '-buildvcs=false'];
const buildEnv = { CGO_ENABLED: '0' };

/** Finds programs: a ready binary, else one from the cache, else it builds one and keeps it. */
export class Binaries {
  private readonly building = new Map<string, Promise<string>>();

  constructor(private readonly sources: BinarySources) {}

  /**
   * Checks that all of these can be had, before anything is started.
   * @throws MissingProgramsError naming each that neither is ready nor can be built
   */
  async require(programs: readonly Program[]): Promise<void> {
    const absent = programs.filter((program) => this.readyBinary(program) === undefined);
    const version = absent.length > 0 ? await goVersion() : undefined;
    if (absent.length > 0 && version === undefined) {
      throw new MissingProgramsError(absent, 'there is no go on the PATH', this.sources);
    }
  }

  /** The path of a program; the first call may take the minutes that a build takes. */
  find(program: Program): Promise<string> {
    const known = this.building.get(program.name) ?? this.readyOrBuilt(program);
    this.building.set(program.name, known);
    return known;
  }

  private readyBinary(program: Program): string | undefined {
    const file = this.sources.ready && join(this.sources.ready, program.name);
    return file && existsSync(file) ? file : undefined;
  }

  private async readyOrBuilt(program: Program): Promise<string> {
    const ready = this.readyBinary(program);
    if (ready !== undefined) {
      return ready;
    }
    await this.require([program]);
    const module = join(this.sources.modules, program.module);
    const file = join(
      this.sources.cache,
      `${program.name}-${cacheKey(program, module, (await goVersion(module)) ?? '')}`,
    );
    if (!existsSync(file)) {
      await this.build(program, module, file);
    }
    return file;
  }

  private async build(program: Program, module: string, file: string): Promise<void> {
    const { log = () => {} } = this.sources;
    mkdirSync(this.sources.cache, { recursive: true });
    log(`building ${program.name} from ${program.package} (minutes the first time)`);
    const started = performance.now();
    // Built beside its place and renamed, so that an interrupted build never looks like a whole one.
    const partial = `${file}.${process.pid}.partial`;
    try {
      await runGo(
        ['build', ...buildFlags, '-ldflags', linkFlags(program), '-o', partial, program.package],
        module,
        buildEnv,
      );
      renameSync(partial, file);
    } finally {
      rmSync(partial, { force: true });
    }
    log(`built ${program.name} in ${Math.round((performance.now() - started) / 1000)} s`);
  }
}

function linkFlags(program: Program): string {
  const variables = Object.entries(program.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  return ['-s', '-w', ...variables].join(' ');
}

/** What a binary depends on, as a hash: the pinned module, the package, the flags, and the Go that compiles it. */
export function cacheKey(program: Program, module: string, go: string): string {
  const hash = createHash('sha256');
  for (const part of [
    readFileSync(join(module, 'go.mod')),
    readFileSync(join(module, 'go.sum')),
    program.package,
    linkFlags(program),
    buildFlags.join(' '),
    go,
    ...ownSources(program, module),
  ]) {
    hash.update(part).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** What a package of the module itself is made from; that of others is pinned. */
function ownSources(program: Program, module: string): Buffer[] {
  if (!program.package.startsWith('./')) return [];
  const folder = join(module, program.package);
  return readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file)));
}

/** The newest Go version that the modules of these programs ask for. */
function requiredGo(modules: string, programs: readonly Program[]): string {
  const versions = programs.map(({ module }) => {
    const [, version = '1.0'] = /^go (\S+)$/m.exec(readFileSync(join(modules, module, 'go.mod'), 'utf8')) ?? [];
    return version;
  });
  const rank = (version: string) => version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
  const padded = (version: string) => (version.split('.').length < 3 ? `${version}.0` : version);
  return versions.sort((a, b) => rank(padded(b)) - rank(padded(a)))[0];
}

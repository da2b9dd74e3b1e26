import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An object as it stands in a file. */
type PlainObject = Readonly<Record<string, unknown>>;

/** Any tag will do: the image is taken from the cache, which is made here. */
const image = 'xpkg.crossplane.io/crossplane/crossplane:v2.2.4';

/** What `crossplane beta validate` found. */
export interface CrossplaneValidation {
  /** Resources that were looked at. */
  readonly validated: number;
  /** What is wrong, one line each; a kind without schema is wrong too. */
  readonly problems: readonly string[];
}

/** Runs `crossplane beta validate` without the network; several runs may go on at once. */
export class CrossplaneValidate {
  private readonly cache: string;

  /**
   * @param binary the `crossplane` program
   * @param folder where files are written
   * @param crossplaneCrds the CRDs of Crossplane itself, which the program would else download
   */
  constructor(
    private readonly binary: string,
    private readonly folder: string,
    crossplaneCrds: readonly PlainObject[],
  ) {
    this.cache = join(folder, 'cache');
    const unpacked = join(this.cache, image.replace(/:(?=[^:]*$)/, '@'));
    mkdirSync(unpacked, { recursive: true });
    writeFileSync(join(unpacked, 'package.yaml'), yamlStream(crossplaneCrds));
  }

  /**
   * Validates resources, also requests and the input of a composition's steps.
   *
   * @param extensions CRDs and CompositeResourceDefinitions
   * @throws Error when the program ends without a verdict
   */
  async validate(extensions: readonly PlainObject[], resources: readonly PlainObject[]): Promise<CrossplaneValidation> {
    const folder = mkdtempSync(join(this.folder, 'case-'));
    const file = (name: string, objects: readonly PlainObject[]): string => {
      const path = join(folder, name);
      writeFileSync(path, yamlStream(objects));
      return path;
    };
    const args = [file('extensions.yaml', extensions), file('resources.yaml', resources)];
    try {
      return verdict(
        await run(this.binary, [
          'beta',
          'validate',
          `--cache-dir=${this.cache}`,
          `--crossplane-image=${image}`,
          ...args,
        ]),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Objects as YAML; JSON is YAML too. */
function yamlStream(objects: readonly PlainObject[]): string {
  return objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('');
}

/** What the program printed. It ends with an error when it finds a fault, which is a verdict like any other. */
function run(binary: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(binary, args, { maxBuffer: 64 * 2 ** 20 }, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
}

function verdict(printed: string): CrossplaneValidation {
  // An object with two faults counts as two failures, so that the successes may be below zero.
  const total = /^Total (\d+) resources: (\d+) missing schemas, (-?\d+) success cases, (\d+) failure cases$/m.exec(
    printed,
  );
  if (total === null) throw new Error(`crossplane beta validate gave no verdict: ${printed.trim()}`);
  const problems = printed
    .split('\n')
    .filter((line) => /^\[[x!]\]/.test(line))
    // The input of a step is looked at when its CRD is among the extensions; the functions themselves check it anyway.
    .filter((line) => !/could not find CRD\/XRD for: [a-z]+\.fn\.crossplane\.io\//.test(line));
  return { validated: Number(total[1]), problems };
}

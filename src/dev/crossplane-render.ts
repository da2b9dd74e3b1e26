import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, parseAllDocuments, visit } from 'yaml';
import { type FunctionTargets, functionNames, startCrossplaneFunctions } from './crossplane-functions';
import type { CrossplanePrograms } from './crossplane-programs';
import type { EngineHost } from './engine-host';

/** An object as it stands in a file. */
// biome-ignore lint/suspicious/noExplicitAny: any kind of object goes in and comes out
type PlainObject = Readonly<Record<string, any>>;

/** What is rendered. */
export interface CrossplaneRenderInput {
  readonly composition: PlainObject;
  /** The composite resource. */
  readonly request: PlainObject;
  /**
   * Composed resources that are there, each with the annotation `crossplane.io/composition-resource-name`.
   * @default - none
   */
  readonly observed?: readonly PlainObject[];
  /**
   * Resources that functions may ask for.
   * @default - none
   */
  readonly required?: readonly PlainObject[];
  /**
   * Values that the pipeline starts with, by their keys.
   * @default - none
   */
  readonly context?: PlainObject;
}

/** What `crossplane render` printed. */
export interface CrossplaneRendered {
  readonly composite: PlainObject;
  readonly resources: readonly PlainObject[];
  readonly results: readonly { readonly step: string; readonly severity: string; readonly message: string }[];
  readonly context: PlainObject;
}

/** `crossplane render` ended without a result; the message is what it said. */
export class CrossplaneRenderError extends Error {}

/** Runs `crossplane render` with real functions; several renders may run at once. */
export class CrossplaneRender {
  private constructor(
    private readonly binary: string,
    private readonly folder: string,
    private readonly functions: string,
  ) {}

  /** Starts the functions that renders call. */
  static async start(host: EngineHost, programs: CrossplanePrograms): Promise<CrossplaneRender> {
    const targets = await startCrossplaneFunctions(host, programs);
    const folder = host.folder('crossplane-render');
    const functions = join(folder, 'functions.yaml');
    writeFileSync(functions, yamlStream(functionNames.map((name) => functionObject(name, targets))));
    return new CrossplaneRender(programs.crossplane, folder, functions);
  }

  /**
   * Renders.
   *
   * @throws CrossplaneRenderError with the reason, also when a function calls something fatal
   */
  async render(input: CrossplaneRenderInput): Promise<CrossplaneRendered> {
    const folder = mkdtempSync(join(this.folder, 'case-'));
    const file = (name: string, objects: readonly PlainObject[]): string => {
      const path = join(folder, `${name}.yaml`);
      writeFileSync(path, yamlStream(objects));
      return path;
    };
    const { composition, request, observed = [], required = [], context = {} } = input;
    const args = [
      'render',
      file('request', [request]),
      file('composition', [composition]),
      this.functions,
      '--include-function-results',
      '--include-context',
      ...(observed.length > 0 ? [`--observed-resources=${file('observed', observed)}`] : []),
      ...(required.length > 0 ? [`--required-resources=${file('required', required)}`] : []),
      ...Object.entries(context).map(
        ([key, value], index) => `--context-files=${key}=${file(`context-${index}`, [value])}`,
      ),
    ];
    try {
      return parse(await run(this.binary, args));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Objects as YAML. JSON is YAML too, and has no words like `n` that YAML 1.1 takes for booleans. */
function yamlStream(objects: readonly PlainObject[]): string {
  return objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('');
}

function functionObject(name: (typeof functionNames)[number], targets: FunctionTargets): PlainObject {
  return {
    apiVersion: 'pkg.crossplane.io/v1',
    kind: 'Function',
    metadata: {
      name,
      annotations: {
        'render.crossplane.io/runtime': 'Development',
        'render.crossplane.io/runtime-development-target': targets[name],
      },
    },
    spec: { package: name },
  };
}

function run(binary: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(binary, args, { maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      if (error) reject(new CrossplaneRenderError(stderr.trim().replace(/^crossplane: error: /, '') || error.message));
      else resolve(stdout);
    });
  });
}

/** A printed object. A text like `1e999` is not quoted, because it is no number to Go; here it would be infinite. */
function plainObject(document: Document.Parsed): PlainObject {
  visit(document, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === 'number' && !Number.isFinite(scalar.value)) scalar.value = scalar.source;
    },
  });
  return document.toJS();
}

function parse(printed: string): CrossplaneRendered {
  const objects = parseAllDocuments(printed).map(plainObject);
  const [composite, ...others] = objects.filter((object) => object !== null);
  const printedKind = ({ apiVersion, kind }: PlainObject): string =>
    apiVersion === 'render.crossplane.io/v1beta1' ? kind : 'resource';
  const results = others.filter((object) => printedKind(object) === 'Result');
  return {
    composite,
    resources: others.filter((object) => printedKind(object) === 'resource'),
    results: results.map(({ step, severity, message }) => ({ step, severity, message })),
    context: others.find((object) => printedKind(object) === 'Context')?.fields ?? {},
  };
}

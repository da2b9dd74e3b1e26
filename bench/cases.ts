import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeCharts } from './charts';
import { App, compiled } from './compiled';
import { compositionsApp } from './compositions';
import type { Numbers } from './numbers';
import { policyCases } from './policy-cases';
import { scratchFolder } from './scratch-folder';
import { makeApp, makeServices } from './services';
import { makeTeams } from './teams';
import { timed } from './timed';

/** What is measured, each in a process of its own. */
export const cases = {
  /** Stock cdk8s: only `synth()`, one file a chart, as is its default. */
  stockSynth(charts: number): Numbers {
    return inFolder((outdir) => {
      const app = new App({ outdir });
      makeCharts(app, charts);
      return { synth: timed(() => app.synth()).ms };
    });
  },

  /** Ours on the same charts: only `synth()`, one file an object, all checks on. */
  goldenSynth(charts: number): Numbers {
    return inFolder((outdir) => {
      const app = makeApp(outdir);
      app.forEachEnvironment((env) => makeCharts(env, charts));
      return { synth: timed(() => app.synth()).ms };
    });
  },

  /** From the first construct to the last file, into a folder that is kept when one is given. */
  render(services: number, folder?: string): Numbers {
    const work = (outdir: string) => {
      const ms = timed(() => makeServices(outdir, services).synth()).ms;
      return { render: ms, peakMiB: process.resourceUsage().maxRSS / 1024 };
    };
    return folder ? work(folder) : inFolder(work);
  },

  /** Teams with their namespaces, and services that call each other. */
  boundedTeams(teams: number): Numbers {
    return inFolder((outdir) => ({ render: timed(() => makeTeams(outdir, teams, true)).ms }));
  },

  /** The same services alone. */
  bareTeams(teams: number): Numbers {
    return inFolder((outdir) => ({ render: timed(() => makeTeams(outdir, teams, false)).ms }));
  },

  /** At least so many compositions, from the first description to the last file; and how many there are. */
  compositions(count: number): Numbers {
    return inFolder((outdir) => {
      const make = compositionsApp(outdir, count);
      const { result, ms } = timed(() => {
        const { app, made } = make();
        app.synth();
        return made;
      });
      return { synth: ms, made: result };
    });
  },

  /** What the compiler takes for the folder of compositions, the kinds and the builder that they import included. */
  compileCompositions(): Numbers {
    const ts = compiled('typescript') as typeof import('typescript');
    const root = join(__dirname, '..');
    const config = join(root, 'tsconfig.json');
    const { result, ms } = timed(() => {
      const { options, fileNames } =
        ts.getParsedCommandLineOfConfigFile(config, { noEmit: true }, ts.sys as never) ?? {};
      const files = (fileNames ?? []).filter((file) => file.startsWith(join(root, 'compositions')));
      return { files, problems: ts.getPreEmitDiagnostics(ts.createProgram(files, options ?? {})) };
    });
    if (result.problems.length > 0) throw new Error(`the compositions have ${result.problems.length} errors`);
    return { check: ms, files: result.files.length };
  },

  /** The steps of a render one after the other, and how many objects there are. */
  steps(services: number): Numbers {
    const { render } = compiled('../lib/src/app/render') as typeof import('../src/app/render');
    const { checkObjects } = compiled('../lib/src/app/check-objects') as typeof import('../src/app/check-objects');
    const { placeObjects } = compiled('../lib/src/app/place-objects') as typeof import('../src/app/place-objects');
    const { KindRegistry } = compiled(
      '../lib/src/schema/kind-registry',
    ) as typeof import('../src/schema/kind-registry');
    const { writeTree } = compiled('../lib/src/gitops/owned-tree') as typeof import('../src/gitops/owned-tree');
    return inFolder((outdir) => {
      const made = timed(() => makeServices(outdir, services));
      const app = made.result;
      const rendered = timed(() => render(app));
      const { objects } = rendered.result;
      const checked = timed(() => checkObjects(objects, new KindRegistry([])));
      const placed = timed(() => placeObjects(app.name, objects, () => ({})));
      const tree = { app: app.name, environments: app.environments, folders: placed.result };
      const written = timed(() => writeTree(outdir, tree));
      return {
        constructs: made.ms,
        toJson: rendered.ms,
        checks: checked.ms,
        yaml: placed.ms,
        tree: written.ms,
        objects: objects.length,
        bytes: placed.result.flatMap(({ files }) => files).reduce((sum, { content }) => sum + content.length, 0),
      };
    });
  },

  /** Only the dump: the objects of the same services as YAML, with the library's writer. */
  dump(services: number): Numbers {
    const { toYaml } = compiled('../lib/src/gitops/yaml') as typeof import('../src/gitops/yaml');
    return dumpWith(services, toYaml);
  },

  /** Only the dump, with the `yaml` library. */
  dumpWithYamlLibrary(services: number): Numbers {
    const { stringify } = compiled('yaml') as typeof import('yaml');
    return dumpWith(services, (object) => stringify(object));
  },

  ...policyCases,
} satisfies Record<string, (size: number, folder?: string) => Numbers>;

export type CaseName = keyof typeof cases;

function dumpWith(services: number, dump: (object: object) => string): Numbers {
  const { render } = compiled('../lib/src/app/render') as typeof import('../src/app/render');
  const { objects } = render(makeServices('unused', services));
  // As plain data that no construct shares, which is what a program that only dumps has.
  const plain = objects.map(({ object }) => JSON.parse(JSON.stringify(object)));
  let characters = 0;
  const { ms } = timed(() => {
    for (const object of plain) characters += dump(object).length;
  });
  return { dump: ms, characters };
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(scratchFolder(), 'golden-bench-'));
  try {
    return work(join(folder, 'tree'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

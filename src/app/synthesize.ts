import { parse } from 'node:path/posix';
import type { App } from 'cdk8s';
import { crdsOfApis } from '../crossplane/api/api-registry';
import { appOfFolder } from '../gitops/app-folders';
import type { RenderedFolder } from '../gitops/tree-render';
import { agreements } from '../network/agreements';
import { callGraph, type GraphService } from '../network/call-graph';
import { GoldenError, type Problem } from '../platform/golden-error';
import { grouped } from '../platform/grouped';
import type { Judgement } from '../platform/object-judge';
import type { External } from '../platform/placed-object';
import type { Platform } from '../platform/platform';
import { referenceProblems } from '../references/references';
import type { Crd } from '../schema/crd-kinds';
import { KindRegistry } from '../schema/kind-registry';
import { checkObjects } from './check-objects';
import { type IndexedService, indexedService } from './indexed-service';
import { libraryVersion } from './library';
import { placeObjects } from './place-objects';
import { type RenderedObject, render } from './render';

/** What synthesis asks of an app. */
export interface SynthesizedApp extends App {
  readonly name: string;
  readonly team: string;
  /**
   * Who owns its folders in a tree, as their indexes say.
   * @default - `<team>/<name>`
   */
  readonly owner?: string;
  readonly system: string;
  readonly platform: Platform;
  /** The environments to render, in the topology's order. */
  readonly environments: readonly string[];
  /**
   * The one cluster that it is rendered for.
   * @default - all clusters of its environments
   */
  readonly cluster?: string;
  /** Objects outside of the app that its own objects may name. */
  readonly external: readonly External[];
}

/** What an app renders to, checked. */
export interface Synthesis {
  readonly objects: readonly RenderedObject[];
  readonly folders: readonly RenderedFolder[];
  readonly warnings: readonly Problem[];
  /** Its workloads, and whom they call. */
  readonly graph: readonly GraphService[];
}

/**
 * Renders an app and checks every object, once each.
 *
 * @throws GoldenError with all problems of all objects, or when there is nothing to render.
 */
export function synthesize(app: SynthesizedApp): Synthesis {
  const { objects, problems } = render(app);
  const findings = checkObjects(
    objects,
    new KindRegistry([...(app.platform.crds as readonly Crd[]), ...crdsOfApis(app)]),
  );
  const graph = callGraph(app);
  const calls = agreements(graph, Object.keys(app.platform.topology.services ?? {}));
  const judged = judge(objects, app.platform);
  const all = [
    ...problems,
    ...findings.problems,
    ...brokenReferences(objects, app.external),
    ...calls.problems,
    ...judged.problems,
  ];
  if (all.length > 0) throw new GoldenError(all);
  if (objects.length === 0) {
    throw new GoldenError([
      { path: app.name, message: 'renders nothing; make at least one workload in forEachEnvironment' },
    ]);
  }
  const folders = placeObjects(app.name, objects, ({ environment }) => ({
    library: `cdk8s-golden-path@${libraryVersion()}`,
    team: app.team,
    system: app.system,
    kubernetes: environment.kubernetes,
    ...(environment.preview && { preview: environment.preview.id, ttl: environment.preview.ttl }),
  }));
  const warnings = [...findings.warnings, ...calls.warnings, ...judged.warnings];
  return { objects, folders: withServices(folders, graph), warnings, graph };
}

/** What the organisation's rules find, environment by environment. */
function judge(objects: readonly RenderedObject[], platform: Platform): Judgement {
  const { policies } = platform;
  if (!policies) return { problems: [], warnings: [] };
  const environments = grouped(objects, (rendered) => rendered.environment.name);
  const found = [...environments].map(([environment, members]) => policies.judge({ platform, environment }, members));
  return { problems: found.flatMap(({ problems }) => problems), warnings: found.flatMap(({ warnings }) => warnings) };
}

/** What objects name and no object of the same cluster is. */
function brokenReferences(objects: readonly RenderedObject[], external: readonly External[]): Problem[] {
  const clusters = grouped(objects, ({ environment }) => environment);
  return [...clusters].flatMap(([{ externals }, members]) => referenceProblems(members, [...external, ...externals]));
}

/**
 * The index of a folder says which services are in it: from there the catalog of the platform is made. Those of a preview
 * are nobody's to call.
 */
function withServices(folders: readonly RenderedFolder[], graph: readonly GraphService[]): RenderedFolder[] {
  const entries = new Map<string, Record<string, IndexedService>>();
  for (const service of graph.filter(({ ports, calls }) => ports.length + calls.length > 0)) {
    const place = `${service.environment}/${service.cluster}/${service.namespace}`;
    const services = entries.get(place) ?? {};
    services[service.id] = indexedService(service);
    entries.set(place, services);
  }
  return folders.map((folder) => {
    const { dir, base } = parse(folder.folder);
    // That of its data has no workloads.
    const services = appOfFolder(base) === base ? entries.get(dir) : undefined;
    return services && folder.about?.preview === undefined ? { ...folder, services } : folder;
  });
}

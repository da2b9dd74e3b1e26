import { App, type AppProps } from 'cdk8s';
import { Construct } from 'constructs';
import { Environment } from '../platform/environment';
import { GoldenError, refuse } from '../platform/golden-error';
import { type Hibernation, hibernationProblems } from '../platform/hibernation';
import { type ImageLock, readImageLock } from '../platform/image-lock';
import { nameProblem } from '../platform/names';
import { setOwnership } from '../platform/ownership';
import type { External } from '../platform/placed-object';
import type { Platform } from '../platform/platform';
import { isRecord, oneOf, show, suggestion } from '../platform/rule';
import { apart, otherEnvironments, promotedImages } from './beside';
import { Preview, type PreviewOptions, previewEnvironments } from './preview';
import { previewClashes } from './preview-clashes';
import { renderedApp } from './rendered-app';
import { currentRun } from './run';
import { settleTree } from './settle-tree';
import { synthesize } from './synthesize';
import { writeApps } from './write-apps';

/** What a {@link GoldenApp} is made from. */
export interface GoldenAppProps extends AppProps {
  /** The organisation's platform. */
  readonly platform: Platform;
  /** The team that owns the app, known to the platform's topology. */
  readonly team: string;
  /** The system that the app is part of. */
  readonly system: string;
  /**
   * Name of the app: its folder in each namespace of the rendered tree. Two apps of one team need two names.
   * @default - the team's name
   */
  readonly name?: string;
  /**
   * Pinned images, or the path of the lock file.
   * @default - `images.lock.yaml` in the working folder or above, read when an image is first asked for
   */
  readonly images?: ImageLock | string;
  /**
   * Objects outside of the app that its own objects name, such as a Secret that the platform puts into every namespace:
   * `{ kind: 'Secret', name: 'regcred' }`. `*` stands for any name.
   * @default - none: a name that nothing in the app has is an error
   */
  readonly external?: readonly External[];
  /**
   * When workloads that do not say it themselves sleep, by environment: `{ dev: 'nights' }`.
   * @default - never
   */
  readonly hibernate?: Readonly<Record<string, Hibernation>>;
  /**
   * The environments to render.
   * @default - all of the platform's, or those that `golden render --environment` names
   */
  readonly environments?: readonly string[];
}

const GOLDEN_APP = Symbol.for('cdk8s-golden-path.GoldenApp');

/** One team's app: a file that says what runs, rendered for every environment. */
export class GoldenApp extends App {
  readonly platform: Platform;
  readonly team: string;
  readonly system: string;
  readonly name: string;
  /** The environments that are rendered, in the topology's order. */
  readonly environments: readonly string[];
  /** Objects outside of the app that its own objects may name. */
  readonly external: readonly External[];
  /** Environments that a command has rendered beside these. */
  private readonly beside: readonly string[];
  private readonly imageLock: () => ImageLock;
  private readonly props: GoldenAppProps;
  /** What is rendered for each environment: each preview is rendered by the same. */
  private readonly renders: ((env: Environment) => void)[] = [];
  private readonly previews: Preview[] = [];
  /** The command that it was made for, which may have given it up when it is synthesized. */
  private readonly run = currentRun();
  /** The preview that a command asks for instead of the app. */
  private readonly asked?: Preview;

  /** Whether a construct is a GoldenApp, also one of another copy of the library. */
  static isGoldenApp(construct: unknown): construct is GoldenApp {
    return typeof construct === 'object' && construct !== null && GOLDEN_APP in construct;
  }

  /** @throws GoldenError when the team, an environment or the name is unknown or malformed. */
  constructor(props: GoldenAppProps) {
    super(props);
    Object.defineProperty(this, GOLDEN_APP, { value: true });
    this.platform = props.platform;
    this.team = props.team;
    this.system = props.system;
    this.name = props.name ?? props.team;
    const known = Object.keys(props.platform.topology.environments);
    this.props = props;
    const { run } = this;
    const chosen = (run?.preview ? previewedEnvironment(props, run.preview) : run?.environments) ?? this.declared;
    const problems = appProblems(props, this.name, chosen, known);
    if (problems.length > 0)
      throw new GoldenError(problems.map((message) => ({ path: String(this.name ?? 'app'), message })));

    this.external = [...(props.external ?? [])];
    const { environments } = props.platform.topology;
    this.environments = known
      .filter((name) => chosen.includes(name))
      .filter((name) => !run?.promotion || (environments[name].promotion ?? 'auto') === run.promotion);
    if (this.environments.length === 0) {
      refuse(
        this.name,
        `${oneOf(chosen)} ${chosen.length === 1 ? 'has' : 'have'} not the promotion ${run?.promotion} that this command is for; name another environment`,
      );
    }
    this.beside = run?.beside ? otherEnvironments(props.platform.topology, this.declared, run.promotion) : [];
    let lock: ImageLock | undefined = typeof props.images === 'object' ? props.images : undefined;
    this.imageLock = () => {
      lock ??= readImageLock(props.images as string | undefined);
      return lock;
    };
    this.platform.bind(this);
    setOwnership(this, { team: this.team, system: this.system });
    if (run?.preview) this.asked = this.makePreview(run.preview);
  }

  /**
   * Renders all environments, checks every object, and writes the tree: one file an object, below `outdir`. Stale files of
   * this app are pruned, unchanged ones are not touched, and nothing is written when anything is wrong. As part of a command
   * the app is only made ready, and the command writes it.
   *
   * @throws GoldenError with every problem.
   */
  override synth(): void {
    const { run } = this;
    const apps = this.asked ? [this.asked] : [this, ...this.rendered()];
    if (run) {
      for (const app of apps) run.apps.push(apart(app, synthesize(app)));
      return;
    }
    settleTree(this.outdir);
    const rendered = apps.map((app) => renderedApp({ app, synthesis: synthesize(app) }));
    const { problems, reports } = writeApps(rendered, this.outdir);
    if (problems.length > 0) throw new GoldenError(problems);
    for (const { path, message } of reports.flatMap(({ warnings }) => warnings)) {
      process.emitWarning(`[${path}] ${message}`, 'GoldenWarning');
    }
  }

  /** Calls back once for each environment and cluster; what is made with `env` is rendered for exactly that one. */
  forEachEnvironment(render: (env: Environment) => void): void {
    this.renders.push(render);
    for (const name of [...this.environments, ...this.beside]) {
      const scope = (this.node.tryFindChild(name) as Construct | undefined) ?? new Construct(this, name);
      for (const cluster of this.clustersOf(name)) {
        const env = scope.node.tryFindChild(cluster) as Environment | undefined;
        render(
          env ??
            new Environment(scope, cluster, {
              name,
              cluster,
              images: this.imagesOf(name),
              hibernate: this.props.hibernate?.[name],
            }),
        );
      }
    }
    for (const { environment } of this.rendered()) render(environment);
  }

  /**
   * Renders the app once more, small and for a while: `orders-pr-42` beside `orders`, in one environment, in the team's own
   * namespace. Every name ends with the id, and hosts do in their first label. `env.preview` tells where it is rendered.
   *
   * @throws GoldenError when the id, the lifetime or the environment can't be those of a preview.
   */
  preview(options: PreviewOptions): Preview {
    const twin = this.previews.find(({ preview }) => preview.id === options?.id);
    if (twin) refuse(this, `preview ${show(options.id)} is there already; give each an id of its own`);
    const preview = this.makePreview(options);
    this.previews.push(preview);
    if (this.rendered().includes(preview)) for (const render of this.renders) render(preview.environment);
    return preview;
  }

  /** The previews that are part of what is rendered. */
  private rendered(): Preview[] {
    if (this.asked) return [this.asked];
    return this.previews.filter(({ environments: [name] }) => this.environments.includes(name));
  }

  private imagesOf(environment: string): () => ImageLock {
    if (!this.beside.includes(environment)) return this.imageLock;
    return () => promotedImages(this.imageLock(), environment, this.platform.topology);
  }

  private clustersOf(environment: string): readonly string[] {
    return this.asked ? [this.asked.environment.cluster] : this.platform.topology.environments[environment].clusters;
  }

  private makePreview(options: PreviewOptions): Preview {
    const { name, team, system, platform, external, declared, imageLock: images, props } = this;
    const { hibernate } = props;
    const app = { name, team, system, platform, external, declared, images, hibernate, props };
    const preview = new Preview(app, options);
    const { environment } = preview;
    const others = () => [this, ...this.rendered().slice(0, this.rendered().indexOf(preview))];
    environment.node.addValidation({ validate: () => previewClashes(environment, others()) });
    return preview;
  }

  /** The environments that the app is for, also those that a command leaves out. */
  private get declared(): readonly string[] {
    return this.props.environments ?? Object.keys(this.props.platform.topology.environments);
  }
}

/** The one environment that a preview needs of its app, to see that the two do not meet. */
function previewedEnvironment(
  { platform, environments }: GoldenAppProps,
  preview: PreviewOptions,
): string[] | undefined {
  const known = Object.keys(platform.topology.environments);
  const name = preview.environment ?? previewEnvironments(platform, environments ?? known)[0];
  return known.includes(name) ? [name] : undefined;
}

function appProblems(
  props: GoldenAppProps,
  name: string,
  chosen: readonly string[],
  known: readonly string[],
): string[] {
  const problems = [nameProblem('app name', name), nameProblem('system', props.system)].filter((p) => p !== undefined);
  const owners = props.platform.topology.owners && Object.keys(props.platform.topology.owners);
  if (owners && !owners.includes(props.team)) {
    problems.push(
      `team ${show(props.team)} is no owner that the platform knows${suggestion(String(props.team), owners)}; use ${owners.join(', ')}`,
    );
  } else if (props.name !== undefined) {
    const problem = nameProblem('team', props.team);
    if (problem) problems.push(problem);
  }
  problems.push(...hibernateProblems(props.hibernate, known));
  for (const environment of chosen.filter((e) => !known.includes(e))) {
    problems.push(
      `environment ${show(environment)} is unknown${suggestion(String(environment), known)}; use ${known.join(', ')}`,
    );
  }
  if (chosen.length === 0) problems.push(`no environment is chosen; use ${known.join(', ')}`);
  return problems;
}

function hibernateProblems(hibernate: unknown, known: readonly string[]): string[] {
  if (hibernate === undefined) return [];
  if (!isRecord(hibernate))
    return [`hibernate ${show(hibernate)} is no record; write it by environment: { dev: "nights" }`];
  return Object.entries(hibernate).flatMap(([environment, hibernation]) => [
    ...(known.includes(environment)
      ? []
      : [
          `hibernate names the environment ${show(environment)}, which is unknown${suggestion(environment, known)}; use ${known.join(', ')}`,
        ]),
    ...hibernationProblems(`hibernate.${environment}`, hibernation),
  ]);
}

import { App, type AppProps } from 'cdk8s';
import { Construct } from 'constructs';
import { type Duration, durationProblem } from '../platform/duration';
import { Environment } from '../platform/environment';
import { GoldenError, type Problem, refuse } from '../platform/golden-error';
import { type Hibernation, hibernationProblems } from '../platform/hibernation';
import type { ImageLock } from '../platform/image-lock';
import { nameProblem, suffixed } from '../platform/names';
import { setOwnership } from '../platform/ownership';
import type { External } from '../platform/placed-object';
import type { Platform } from '../platform/platform';
import { maxPreviewId, type PreviewFacts } from '../platform/preview';
import { isRecord, oneOf, show, suggestion } from '../platform/rule';

/** How an app is rendered once more, small and for a while. */
export interface PreviewOptions {
  /** What tells it from the app: a DNS label of at most 20 characters, such as `pr-42`. It ends each of its names. */
  readonly id: string;
  /** How long it lives after the last commit that changed it, with a unit: `72h`. `golden previews prune` removes it then. */
  readonly ttl: Duration;
  /**
   * The environment that it is rendered in, on the home cluster. One that only promotions change has no previews.
   * @default - the app's first environment with promotion `auto`
   */
  readonly environment?: string;
  /**
   * Pods of each workload that always runs.
   * @default 1
   */
  readonly scale?: number;
  /**
   * When workloads that do not say it themselves sleep.
   * @default - as in the app
   */
  readonly hibernate?: Hibernation;
}

/** What a preview takes from its app. */
export interface PreviewedApp {
  readonly name: string;
  readonly team: string;
  readonly system: string;
  readonly platform: Platform;
  readonly external: readonly External[];
  /** All environments that the app is for, also those that a command leaves out. */
  readonly declared: readonly string[];
  readonly images: () => ImageLock;
  /** When the app's workloads sleep, by environment. */
  readonly hibernate?: Readonly<Record<string, Hibernation>>;
  /** What cdk8s was told. */
  readonly props: AppProps;
}

const previewSymbol = Symbol.for('cdk8s-golden-path.Preview');

const keys = ['id', 'ttl', 'environment', 'scale', 'hibernate'];

/**
 * An app rendered once more: an app of its own in the tree, `orders-pr-42`, in the same namespace as the app, with names,
 * hosts and an index of its own.
 */
export class Preview extends App {
  /** Whether a construct is a preview, also one of another copy of the library. */
  static isPreview(construct: unknown): construct is Preview {
    return typeof construct === 'object' && construct !== null && previewSymbol in construct;
  }

  readonly name: string;
  readonly team: string;
  /** Who owns its folders: no app can be called that, so that a preview never takes the folder of one, nor one its. */
  readonly owner: string;
  readonly system: string;
  readonly platform: Platform;
  readonly external: readonly External[];
  /** The environment that it is rendered in. */
  readonly environments: readonly string[];
  /** The cluster that it is rendered for. */
  readonly cluster: string;
  /** Its id, lifetime and size. */
  readonly preview: PreviewFacts;
  /** Where it is rendered. */
  readonly environment: Environment;

  /** @throws GoldenError with all that is wrong with the options. */
  constructor(app: PreviewedApp, options: PreviewOptions) {
    super(app.props);
    Object.defineProperty(this, previewSymbol, { value: true });
    const problems = previewProblems(options, app);
    if (problems.length > 0) throw new GoldenError(problems);
    const { id, ttl, scale } = options;
    this.name = suffixed(app.name, id);
    this.team = app.team;
    this.owner = `${app.team}/${app.name}@${id}`;
    this.system = app.system;
    this.platform = app.platform;
    this.external = app.external;
    this.preview = { id, ttl, ...(scale !== undefined && { scale }) };
    this.platform.bind(this);
    setOwnership(this, { team: this.team, system: this.system });
    const name = options.environment ?? (previewEnvironments(app.platform, app.declared)[0] as string);
    const { clusters, home = clusters[0] } = app.platform.topology.environments[name];
    this.environments = [name];
    this.cluster = home;
    const { images } = app;
    const hibernate = options.hibernate ?? app.hibernate?.[name];
    this.environment = new Environment(new Construct(this, name), home, {
      name,
      cluster: home,
      images,
      preview: this.preview,
      hibernate,
    });
  }

  /** @throws GoldenError always: a preview is written with its app. */
  override synth(): void {
    refuse(this, 'is written with its app; call synth() of the app');
  }
}

/** The environments that may have previews, of those that an app is rendered for. */
export function previewEnvironments({ topology }: Platform, declared: readonly string[]): string[] {
  return declared.filter((name) => (topology.environments[name]?.promotion ?? 'auto') === 'auto');
}

function previewProblems(options: PreviewOptions, { name, platform, declared }: PreviewedApp): Problem[] {
  const at = (messages: readonly (string | undefined)[]): Problem[] =>
    messages.flatMap((message) => (message === undefined ? [] : [{ path: name, message }]));
  if (!isRecord(options)) return at([`preview ${show(options)} is no record; write { id: "pr-42", ttl: "72h" }`]);
  const { id, ttl, environment, scale, hibernate } = options as unknown as PreviewOptions;
  return at([
    ...Object.keys(options)
      .filter((key) => !keys.includes(key))
      .map((key) => `preview has no setting ${show(key)}${suggestion(key, keys)}; it has ${keys.join(', ')}`),
    nameProblem('preview id', id, maxPreviewId),
    durationProblem('preview ttl', ttl, 1),
    environmentProblem(environment, platform, declared),
    scale === undefined || (Number.isInteger(scale) && scale >= 1 && scale <= 100)
      ? undefined
      : `preview scale ${show(scale)} is no number of pods; use a whole number from 1 to 100`,
    ...(hibernate === undefined ? [] : hibernationProblems('preview hibernate', hibernate)),
  ]);
}

function environmentProblem(
  environment: string | undefined,
  platform: Platform,
  declared: readonly string[],
): string | undefined {
  const fit = previewEnvironments(platform, declared);
  if (fit.length === 0)
    return `no environment of the app takes a preview: ${oneOf(declared)} ${declared.length === 1 ? 'is' : 'are'} changed by promotions only`;
  if (environment === undefined || fit.includes(environment)) return undefined;
  const why = declared.includes(environment)
    ? 'is changed by promotions only'
    : `is none that the app is rendered for${suggestion(String(environment), fit)}`;
  return `preview environment ${show(environment)} ${why}; use ${oneOf(fit)}`;
}

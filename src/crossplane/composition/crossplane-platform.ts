import { Construct } from 'constructs';
import {
  Composition as CompositionObject,
  ManagedResourceActivationPolicy,
} from '../../../imports/apiextensions.crossplane.io';
import {
  ProviderConfig as ClassicAwsProviderConfig,
  type ProviderConfigSpec as ClassicAwsProviderConfigSpec,
} from '../../../imports/aws.crossplane.io';
import {
  ClusterProviderConfig as AwsProviderConfig,
  type ProviderConfigSpec as AwsProviderConfigSpec,
} from '../../../imports/aws.m.upbound.io';
import {
  ClusterProviderConfig as GcpProviderConfig,
  type ProviderConfigSpec as GcpProviderConfigSpec,
} from '../../../imports/gcp.m.upbound.io';
import { ClusterRole, type ClusterRoleProps } from '../../../imports/kubernetes';
import { DeploymentRuntimeConfig, FunctionResource, Provider } from '../../../imports/pkg.crossplane.io';
import { GoldenError, pathOf } from '../../platform/golden-error';
import { Platform } from '../../platform/platform';
import { show } from '../../platform/rule';
import type { DefinedApi } from '../api/defined-api';
import { composeRole } from './access';
import type { Composition } from './composition';
import { DeletionRules } from './deletion-rules';
import { isManaged } from './managed';
import { type Cloud, functionPackage, type Package, providerPackage } from './packages';
import { TakeOverRules } from './take-over-rules';

/** What Crossplane needs to know of a cloud. */
export interface CloudAccess<Spec> {
  /** How providers sign in: the spec of their configuration `default`. */
  readonly providerConfig: Spec;
  /**
   * Annotations of the providers' service account: which identity of the cloud it has.
   * @default - none
   */
  readonly serviceAccountAnnotations?: Readonly<Record<string, string>>;
}

/** What a cluster offers through Crossplane. */
export interface CrossplanePlatformProps {
  /** How its APIs are fulfilled. Their APIs are installed too. */
  readonly compositions: readonly Composition[];
  /**
   * Access to AWS.
   * @default - no ClusterProviderConfig; a platform that composes AWS resources needs one
   */
  readonly aws?: CloudAccess<AwsProviderConfigSpec>;
  /**
   * Access to AWS for the provider of Crossplane v1.
   * @default - no ProviderConfig; a platform whose claims are fulfilled on AWS needs one
   */
  readonly awsClassic?: CloudAccess<ClassicAwsProviderConfigSpec>;
  /**
   * Access to Google Cloud.
   * @default - no ClusterProviderConfig; a platform that composes GCP resources needs one
   */
  readonly gcp?: CloudAccess<GcpProviderConfigSpec>;
  /**
   * Packages by the name of their Function or Provider, for functions that the library does not know and for other versions:
   * `{ 'function-kcl': 'xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.6' }`.
   * @default - the packages that the compositions were tried with
   */
  readonly packages?: Readonly<Record<string, string>>;
}

/**
 * Everything that compositions need in a cluster with Crossplane: APIs, Compositions, Functions, Providers with their
 * configuration, the managed kinds in use and no others, and Crossplane's right to the kinds of operators. It is for the
 * Crossplane that the platform says, v2 or 1.20.
 *
 * Crossplane v2 activates all managed kinds unless it is installed with `provider.defaultActivations={}`; v1 always does.
 */
export class CrossplanePlatform extends Construct {
  /** @throws GoldenError when a package or the access to a cloud is missing, or two compositions have one name. */
  constructor(scope: Construct, id: string, props: CrossplanePlatformProps) {
    super(scope, id);
    const { compositions } = props;
    const kinds = [
      ...new Map(
        compositions.flatMap((made) => made.kinds).map((kind) => [`${kind.apiVersion} ${kind.kind}`, kind]),
      ).values(),
    ];
    const providers = new Map(kinds.flatMap((kind) => providerPackage(kind) ?? []).map((made) => [made.name, made]));
    const functions = [...new Set(compositions.flatMap((made) => made.functions))].sort();
    this.check(props, new Set([...providers.values()].map(({ cloud }) => cloud)), functions);

    const { crossplane } = Platform.of(this);
    for (const api of new Set(compositions.map((made) => made.api))) {
      if ('install' in api) (api as DefinedApi).on(crossplane).install(this);
    }
    for (const { manifest } of compositions) {
      const { metadata, spec } = manifest;
      new CompositionObject(this, `composition-${metadata.name}`, { metadata, spec } as never);
    }
    for (const name of functions) {
      const packaged = imageOf(props, name, functionPackage(name)) as string;
      new FunctionResource(this, name, { metadata: { name }, spec: { package: packaged } });
    }
    for (const provider of [...providers.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      new Provider(this, provider.name, {
        metadata: { name: provider.name },
        spec: {
          package: imageOf(props, provider.name, provider) as string,
          runtimeConfigRef: { name: runtimeName(provider.cloud) },
        },
      });
    }
    for (const cloud of new Set([...providers.values()].map((provider) => provider.cloud))) this.access(cloud, props);
    const active = kinds.filter(isManaged).map(({ plural, group }) => `${plural}.${group}`);
    if (active.length > 0 && crossplane === 'v2') {
      new ManagedResourceActivationPolicy(this, 'activation', {
        metadata: { name: 'golden-path' },
        spec: { activate: active.sort() },
      });
    }
    new DeletionRules(this, 'deletion', compositions);
    new TakeOverRules(this, 'take-over', compositions);
    const role = composeRole('golden-path-composes', kinds);
    if (role) {
      const { apiVersion: _, kind: __, ...rest } = role;
      new ClusterRole(this, 'role', rest as ClusterRoleProps);
    }
  }

  /** How the providers of a cloud run, and how they sign in. */
  private access(cloud: Cloud, props: CrossplanePlatformProps): void {
    const name = runtimeName(cloud);
    const annotations = props[cloud]?.serviceAccountAnnotations;
    new DeploymentRuntimeConfig(this, name, {
      metadata: { name },
      spec: { ...(annotations && { serviceAccountTemplate: { metadata: { annotations: { ...annotations } } } }) },
    });
    if (cloud === 'aws' && props.aws) {
      new AwsProviderConfig(this, 'aws', { metadata: { name: 'default' }, spec: props.aws.providerConfig });
    }
    if (cloud === 'awsClassic' && props.awsClassic) {
      const spec = props.awsClassic.providerConfig;
      new ClassicAwsProviderConfig(this, 'aws-classic', { metadata: { name: 'default' }, spec });
    }
    if (cloud === 'gcp' && props.gcp) {
      new GcpProviderConfig(this, 'gcp', { metadata: { name: 'default' }, spec: props.gcp.providerConfig });
    }
  }

  private check(props: CrossplanePlatformProps, clouds: ReadonlySet<Cloud>, functions: readonly string[]): void {
    const problems: string[] = [];
    const names = props.compositions.map(({ name }) => name);
    for (const name of new Set(names.filter((name, i) => names.indexOf(name) !== i))) {
      problems.push(`two compositions are called ${show(name)}; give one another name`);
    }
    const { crossplane } = Platform.of(this);
    for (const { name, target } of props.compositions) {
      if (target === crossplane) continue;
      problems.push(
        target === 'v1'
          ? `composition ${show(name)} fulfils claims, which Crossplane v2 has not; set crossplane of the platform to "v1" where that runs`
          : `composition ${show(name)} is for Crossplane v2, and crossplane of the platform is "v1"; make it with claimComposition`,
      );
    }
    for (const cloud of clouds) {
      if (!props[cloud])
        problems.push(`compositions make resources in ${cloud}; pass ${cloud}, how providers sign in there`);
    }
    for (const name of functions) {
      if (imageOf(props, name, functionPackage(name)) !== undefined) continue;
      problems.push(`function ${show(name)} has no package that is known; pass it as packages[${show(name)}]`);
    }
    if (problems.length > 0) throw new GoldenError(problems.map((message) => ({ path: pathOf(this), message })));
  }
}

function runtimeName(cloud: Cloud): string {
  return cloud === 'awsClassic' ? 'provider-aws-classic' : `provider-${cloud}`;
}

function imageOf(props: CrossplanePlatformProps, name: string, known: Package | undefined): string | undefined {
  return props.packages?.[name] ?? (known && `${known.image}:${known.version}`);
}

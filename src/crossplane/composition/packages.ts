import type { Kind } from '../../schema/kind';
import { isManaged } from './managed';

/** A package that Crossplane installs. */
export interface Package {
  /** Name of the Provider or Function object. */
  readonly name: string;
  /** The image, without a version. */
  readonly image: string;
  /** The version that its schemas here were taken from, or that compositions were tried with. */
  readonly version: string;
}

const registry = 'xpkg.crossplane.io';

const functions: Readonly<Record<string, Package>> = {
  'function-patch-and-transform': contributed('function-patch-and-transform', 'v0.10.8'),
  'function-auto-ready': contributed('function-auto-ready', 'v0.7.0'),
  'function-environment-configs': contributed('function-environment-configs', 'v0.7.1'),
};

/** Clouds whose managed resources are known, by the end of their API groups. */
const families = [
  { suffix: '.aws.m.upbound.io', cloud: 'aws', version: 'v2.6.0' },
  { suffix: '.gcp.m.upbound.io', cloud: 'gcp', version: 'v3.0.0' },
] as const;

/** The provider of AWS for Crossplane v1: one package, where its releases are published (its Makefile, v0.58.0). */
const classicAws = {
  suffix: '.aws.crossplane.io',
  name: 'provider-aws',
  image: 'xpkg.upbound.io/crossplane-contrib/provider-aws',
  version: 'v0.58.0',
} as const;

/** A cloud that managed resources are made in, by its setting: AWS has two providers, which are configured differently. */
export type Cloud = (typeof families)[number]['cloud'] | 'awsClassic';

/** The package of a function, or undefined when only its author knows where it is. */
export function functionPackage(name: string): Package | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}

/** The provider that a managed kind comes with, one for each service of a cloud; undefined when it is not known. */
export function providerPackage(kind: Kind): (Package & { readonly cloud: Cloud }) | undefined {
  if (!isManaged(kind)) return undefined;
  if (kind.group.endsWith(classicAws.suffix)) {
    const { suffix: _, ...provider } = classicAws;
    return { ...provider, cloud: 'awsClassic' };
  }
  const family = families.find(({ suffix }) => kind.group.endsWith(suffix));
  if (!family) return undefined;
  const service = kind.group.slice(0, -family.suffix.length);
  return { ...contributed(`provider-${family.cloud}-${service}`, family.version), cloud: family.cloud };
}

function contributed(name: string, version: string): Package {
  return { name, image: `${registry}/crossplane-contrib/${name}`, version };
}

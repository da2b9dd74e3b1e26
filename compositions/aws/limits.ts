import type { BackendRequest } from '../../src/platform/backend';
import { oneOf, type Rule, show } from '../../src/platform/rule';

/** What of a request says where it is, and how it is encrypted. */
interface Encrypted {
  readonly encryption: 'provider' | 'organisation';
  readonly region?: string;
}

/** What is wrong with the region of a request, when the backend works in some regions only. */
export function regionProblem(region: string | undefined, regions: readonly string[]): string | undefined {
  return region === undefined || regions.includes(region)
    ? undefined
    : `region ${show(region)} has no network for it; use ${oneOf(regions)}, or leave it out`;
}

/** Regions as AWS names them: `eu-west-1`, `us-gov-east-1`. */
const awsRegion = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** What is wrong with the region of a request that any region of AWS can fulfil. */
function awsRegionProblem(region: string | undefined): string | undefined {
  return region === undefined || awsRegion.test(region)
    ? undefined
    : `region ${show(region)} is no region of AWS; write it like "eu-west-1", or leave it out`;
}

/** What is wrong with a name that an identifier is made from which has to begin with a letter and has single dashes only. */
export function identifierProblem(what: string, name: string): string | undefined {
  return /^[a-z]/.test(name) && !name.includes('--')
    ? undefined
    : `name ${show(name)} cannot name ${what}, which begins with a letter and has no two dashes in a row; choose another`;
}

/** What is wrong with a request for the organisation's key, which is in one region. */
function keyRegionProblem({ encryption, region }: Encrypted, keyRegion: string): string | undefined {
  return encryption === 'organisation' && region !== undefined && region !== keyRegion
    ? `encryption "organisation" needs its key, which is in ${keyRegion} and not in ${show(region)}; use encryption "provider", or leave the region out`
    : undefined;
}

/** What AWS has against requests for things that any of its regions has, and that may be encrypted with the organisation's key. */
export function regionalRules(keyRegion: string): Rule<BackendRequest<Encrypted>>[] {
  return [({ spec }) => awsRegionProblem(spec.region), ({ spec }) => keyRegionProblem(spec, keyRegion)];
}

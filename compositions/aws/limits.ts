import { oneOf, show } from '../../src/platform/rule';

/** What is wrong with the region of a request, when the backend works in some regions only. */
export function regionProblem(region: string | undefined, regions: readonly string[]): string | undefined {
  return region === undefined || regions.includes(region)
    ? undefined
    : `region ${show(region)} has no network for it; use ${oneOf(regions)}, or leave it out`;
}

/** Regions as AWS names them: `eu-west-1`, `us-gov-east-1`. */
const awsRegion = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** What is wrong with the region of a request that any region of AWS can fulfil. */
export function awsRegionProblem(region: string | undefined): string | undefined {
  return region === undefined || awsRegion.test(region)
    ? undefined
    : `region ${show(region)} is no region of AWS; write it like "eu-west-1", or leave it out`;
}

/** What is wrong with a name in the cloud that is made from namespace and name of a request. */
export function tooLong(what: string, name: string, max: number): string | undefined {
  return name.length <= max
    ? undefined
    : `name gives ${what} the name ${show(name)} of ${name.length} characters, and ${max} are allowed; shorten it`;
}

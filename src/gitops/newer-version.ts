/** What stands between the folder and the versions, by which the sentence is known again. */
const words = 'was rendered by the newer';

/** Why a folder is not rendered over by an older version of the library, or undefined; both as an index records them. */
export function newerProblem(folder: string, was: string | undefined, is: string | undefined): string | undefined {
  const [before, after] = [was, is].map(parsed);
  if (before === undefined || after === undefined || before.name !== after.name || !isNewer(before, after))
    return undefined;
  return `'${folder}' ${words} ${was}, and this is ${is}; update it here, or write with force to go back`;
}

/** Whether a sentence is one of those. */
export function isNewerProblem(problem: string): boolean {
  return problem.includes(` ${words} `);
}

interface Version {
  readonly name: string;
  readonly numbers: readonly number[];
  readonly isPrerelease: boolean;
}

function parsed(library: string | undefined): Version | undefined {
  const match = /^(.+)@(\d+)\.(\d+)\.(\d+)(-[^+]+)?(?:\+.*)?$/.exec(library ?? '');
  return match
    ? { name: match[1], numbers: match.slice(2, 5).map(Number), isPrerelease: match[5] !== undefined }
    : undefined;
}

/** By the numbers alone; two prereleases of one version are not told apart (semver.org, 11). */
function isNewer(a: Version, b: Version): boolean {
  const at = a.numbers.findIndex((number, n) => number !== b.numbers[n]);
  return at < 0 ? b.isPrerelease && !a.isPrerelease : a.numbers[at] > b.numbers[at];
}

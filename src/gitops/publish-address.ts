import { PublishError } from './publish-error';

/** Control characters, of which a zero byte or a line feed would end a value early. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u001f\u007f]/;

/**
 * Refuses what git would not take for the address of a repository.
 *
 * @throws PublishError with reason `invalid`.
 */
export function checkAddress(address: string): void {
  const problem = addressProblem(address);
  if (problem) throw new PublishError('invalid', [`repository ${JSON.stringify(withoutPassword(address))} ${problem}`]);
}

function addressProblem(address: string): string | undefined {
  if (address.trim() === '') return 'is empty; give a URL like "https://github.com/acme/gitops", or a path';
  if (address.startsWith('-'))
    return 'begins with a dash, which git would take for an option; write "./" before a path';
  if (control.test(address)) return 'has a line break or another control character; give a URL, or a path without them';
  // Both run any program or file that they are given (git-remote-ext(1), git-remote-fd(1)).
  if (/^(?:ext|fd)::/i.test(address)) return 'names a program to run; give a URL of https or ssh, or a path';
  return undefined;
}

/**
 * Refuses what is no name of a branch, by the rules of git-check-ref-format(1).
 *
 * @throws PublishError with reason `invalid`.
 */
export function checkBranch(branch: string): void {
  const problem = branchProblem(branch);
  if (problem) throw new PublishError('invalid', [`branch ${JSON.stringify(branch)} ${problem}`]);
}

function branchProblem(branch: string): string | undefined {
  if (branch === '') return 'is empty; give a name like "main"';
  if (branch.startsWith('-')) return 'begins with a dash; git has no such branches';
  if (branch.startsWith('refs/')) return `is a whole reference; give the branch alone, like "main"`;
  const parts = branch.split('/');
  if (
    control.test(branch) ||
    /[ ~^:?*[\\]|\.\.|@\{/.test(branch) ||
    branch === '@' ||
    branch.endsWith('.') ||
    /\p{Surrogate}/u.test(branch) ||
    parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.lock'))
  ) {
    return 'is no name of a branch; leave out spaces, control characters, "..", "@{" and any of ~ ^ : ? * [ \\, empty parts, and parts that begin with "." or end with ".lock"';
  }
  return undefined;
}

/** An address as people and logs may see it. */
export function withoutPassword(address: string): string {
  return address.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s]*@/gi, (all, scheme: string) =>
    // The name in an address of ssh is no secret.
    /ssh/i.test(scheme) && !all.includes(':', scheme.length) ? all : scheme,
  );
}

/** Words of git as people may see them: without passwords, hints and the marks of the other side. */
export function wordsOf(said: string): string {
  const lines = withoutPassword(said)
    // A server may go back to the beginning of a line.
    .split(/[\r\n]/)
    .map((line) => line.replace(/^remote:\s*/, '').trim())
    .filter(
      (line) =>
        line !== '' && !/^(?:hint:|To |warning: filtering not|Please make sure|and the repository exists)/.test(line),
    )
    .map((line) => line.replace(/^(?:fatal|error): /, ''));
  return lines.slice(0, 8).join('; ') || 'git said nothing more';
}

/**
 * Where a pull request for a pushed branch is opened: what the forge answered to the push, else what is known of its addresses;
 * undefined for a forge that neither tells.
 *
 * @param said what git said of the push
 */
export function pullRequestAddress(address: string, base: string, branch: string, said: string): string | undefined {
  const told = /^remote:.*?(https?:\/\/\S+)/m.exec(said)?.[1];
  if (told) return withoutPassword(told);
  const place =
    /^(?:https?:\/\/(?:[^/@]*@)?|ssh:\/\/(?:[^/@]*@)?|[^/@:]+@)([^/:]+)(?::\d+)?[/:](.+?)(?:\.git)?\/?$/i.exec(address);
  if (!place) return undefined;
  const [, host, path] = place;
  const [from, to] = [base, branch].map((name) => name.split('/').map(encodeURIComponent).join('/'));
  if (/^github\./i.test(host)) return `https://${host}/${path}/compare/${from}...${to}?expand=1`;
  const query = (source: string, target: string) =>
    `${encodeURIComponent(source)}=${encodeURIComponent(branch)}&${encodeURIComponent(target)}=${encodeURIComponent(base)}`;
  if (/^gitlab\./i.test(host))
    return `https://${host}/${path}/-/merge_requests/new?${query('merge_request[source_branch]', 'merge_request[target_branch]')}`;
  if (/^bitbucket\.org$/i.test(host)) return `https://${host}/${path}/pull-requests/new?${query('source', 'dest')}`;
  return undefined;
}

import { Git } from '../gitops/git';
import { withClone } from '../gitops/git-clone';
import { checkAddress, withoutPassword } from '../gitops/publish-address';
import { PublishError } from '../gitops/publish-error';
import { type Finding, fix, look, ok } from './finding';
import { isAtLeast } from './versions';

/** The oldest git that knows all that is asked of it: `--end-of-options`, and fetches of a list from standard input (2.29). */
const leastGit = '2.29.0';

/** Git, the repository around the working folder, and a GitOps repository where one is named. */
export async function repositoryFindings(repo: string | undefined, signal: AbortSignal): Promise<Finding[]> {
  const git = new Git({ signal });
  let said: string;
  try {
    said = (await git.ask(['--version'])).trim();
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
    return error.problems.map(fix);
  }
  const line = async (...words: string[]) => {
    const { status, output } = await git.run(words);
    return status === 0 ? output.toString().trim() : undefined;
  };
  const name = await line('var', 'GIT_AUTHOR_IDENT');
  const isNamed =
    (await line('config', '--get', 'user.email')) !== undefined || process.env.GIT_AUTHOR_EMAIL !== undefined;
  return [
    isAtLeast(said, leastGit) ? ok(said) : fix(`${said} is too old; install ${leastGit} or later`),
    name !== undefined && isNamed
      ? ok(`git commits as ${name.replace(/ \d+ [+-]\d+$/, '')}`)
      : fix('git does not know who commits; run git config --global user.name NAME, and user.email EMAIL'),
    ...(await sourceFindings(line)),
    ...(repo === undefined
      ? [look('no GitOps repository was looked at; give --repo to see whether it can be reached')]
      : [await reach(repo, signal)]),
  ];
}

async function sourceFindings(line: (...words: string[]) => Promise<string | undefined>): Promise<Finding[]> {
  if ((await line('rev-parse', '--quiet', '--verify', 'HEAD^{commit}')) === undefined) {
    return [fix('this folder is in no git work tree with a commit, which publish and promote need; commit your app')];
  }
  const changed = await line('status', '--porcelain', '--untracked-files=no');
  const remote = await line('remote', 'get-url', 'origin');
  return [
    remote === undefined
      ? look('the repository has no remote origin, so nobody else can promote what is published from it')
      : ok(`the source is ${withoutPassword(remote)}`),
    changed
      ? look('some files have changes that no commit has; publish asks for them to be committed')
      : ok('all changes are committed'),
  ];
}

async function reach(repo: string, signal: AbortSignal): Promise<Finding> {
  const shown = withoutPassword(repo);
  try {
    checkAddress(repo);
    const { branch, exists } = await withClone(repo, { signal }, (clone) => clone.find(undefined));
    return exists ? ok(`${shown} can be read; its branch is ${branch}`) : look(`${shown} can be read, and is empty`);
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
    return fix(error.problems.join('; '));
  }
}

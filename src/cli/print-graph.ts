import { callOverview, mermaid } from '../network/mermaid';
import { codeOfProblems } from './failure';
import { type LoadOptions, loadApps } from './load-apps';
import { sayFailed } from './say';

/** What `graph` can be told. */
export interface GraphOptions extends LoadOptions {
  readonly json?: boolean;
}

/** Prints who calls whom, as Mermaid or as JSON. @returns the exit code: 1 when an app can't be read */
export async function printGraph(files: readonly string[], options: GraphOptions): Promise<number> {
  const { apps, problems } = await loadApps(files, options);
  const overview = callOverview(apps.flatMap(({ synthesis }) => synthesis.graph));
  if (problems.length > 0) sayFailed(problems, options.json, { services: [], calls: [] });
  else console.log(options.json ? JSON.stringify(overview, undefined, 2) : mermaid(overview));
  return codeOfProblems(problems);
}

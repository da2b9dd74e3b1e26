import type { PublishPlan } from '../gitops/publish-plan';

/** What a publish is about to change, folder by folder and file by file. */
export async function printPlan({ apps }: PublishPlan): Promise<string> {
  const folders = apps.flatMap((app) => app.folders).filter(({ change }) => change !== 'unchanged');
  return folders
    .map(({ folder, change, added, changed, removed }) => {
      const files = [
        ...added.map((name) => `  + ${name}`),
        ...changed.map((name) => `  ~ ${name}`),
        ...removed.map((name) => `  - ${name}`),
      ];
      return [`${folder} (${change})`, ...(files.length > 0 ? files : ['  ~ its index only'])].join('\n');
    })
    .join('\n');
}

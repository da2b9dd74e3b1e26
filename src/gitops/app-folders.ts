/** What the name of an app's second folder ends with; no app's name has a dot, so that it is never another app's. */
const data = '.data';

/** The folder, beside the app's own, of what is only removed when somebody confirms it. */
export function dataFolder(app: string): string {
  return `${app}${data}`;
}

/** The names that folders of an app have. */
export function appFolders(app: string): readonly string[] {
  return [app, dataFolder(app)];
}

/** The app that a folder of this name is of. */
export function appOfFolder(name: string): string {
  return name.endsWith(data) ? name.slice(0, -data.length) : name;
}

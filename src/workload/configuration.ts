import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Volume, VolumeMount } from '../../imports/kubernetes';
import { isRecord, show } from '../platform/rule';

/** Configuration that is no secret. */
export interface ConfigurationProps {
  /**
   * Environment variables that live in a ConfigMap. Pods roll when one changes.
   * @default - none
   */
  readonly config?: Readonly<Record<string, string | number | boolean>>;
  /**
   * Files by absolute path, with their content. Pods roll when one changes.
   * @default - none
   */
  readonly files?: Readonly<Record<string, string>>;
}

/** The most a ConfigMap may hold: 1 MiB, as the API server enforces. */
const maxBytes = 1_048_576;

/** What a workload's configuration becomes. */
export interface Configuration {
  /** Variables, for a ConfigMap that is read as environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** File contents by key, for a ConfigMap that is mounted. */
  readonly fileData: Readonly<Record<string, string>>;
  readonly volumes: Volume[];
  readonly mounts: VolumeMount[];
  /** A short hash of all of it: as a pod annotation it makes pods roll when content changes. */
  readonly hash: string | undefined;
}

/** Works out ConfigMaps, volume and mounts of a workload's configuration. */
export function configuration(props: ConfigurationProps, filesName: string): Configuration {
  // Sorted, so that writing the same values in another order rolls no pods.
  const variables = Object.fromEntries(
    Object.entries(props.config ?? {})
      .map(([key, value]) => [key, String(value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const files = Object.entries(props.files ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const keys = fileKeys(files.map(([path]) => path));
  const fileData = Object.fromEntries(files.map(([path, content]) => [keys.get(path) as string, content]));
  const nothing = Object.keys(variables).length === 0 && files.length === 0;
  return {
    variables,
    fileData,
    volumes: files.length === 0 ? [] : [{ name: 'files', configMap: { name: filesName } }],
    mounts: files.map(([path]) => ({ name: 'files', mountPath: path, subPath: keys.get(path), readOnly: true })),
    hash: nothing
      ? undefined
      : createHash('sha256')
          .update(JSON.stringify([variables, fileData]))
          .digest('hex')
          .slice(0, 16),
  };
}

/** A ConfigMap key for each file: its base name, or the whole path where two files share one. */
function fileKeys(paths: readonly string[]): Map<string, string> {
  const bases = paths.map((path) => posix.basename(path));
  return new Map(
    paths.map((path, i) => [
      path,
      bases.indexOf(bases[i]) === bases.lastIndexOf(bases[i]) ? bases[i] : path.slice(1).replaceAll('/', '__'),
    ]),
  );
}

/** Names are variable names, paths are absolute and stay where they say, and the whole fits a ConfigMap. */
export function configurationProblems(props: ConfigurationProps): string[] {
  const problems: string[] = [];
  if (props.config !== undefined && !isRecord(props.config))
    return [`config ${show(props.config)} is no record; write values by name`];
  if (props.files !== undefined && !isRecord(props.files))
    return [`files ${show(props.files)} is no record; write contents by path`];
  for (const [key, value] of Object.entries(props.config ?? {})) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key))
      problems.push(`config name ${show(key)} is no variable name; use letters, digits and "_"`);
    if (!['string', 'boolean', 'number'].includes(typeof value) || Number.isNaN(value)) {
      problems.push(`config.${key} ${show(value)} is no value; use text, a number, true or false`);
    }
  }
  for (const [path, content] of Object.entries(props.files ?? {})) {
    if (!isAbsoluteFilePath(path)) {
      problems.push(
        `file path ${show(path)} is not absolute and plain; start with "/", without "..", "." or an ending "/"`,
      );
    } else if (!/^[-._a-zA-Z0-9/]+$/.test(path)) {
      problems.push(
        `file path ${show(path)} has a character that no ConfigMap key takes; use letters, digits, "-", "_" and "."`,
      );
    }
    if (typeof content !== 'string')
      problems.push(`file ${show(path)} has the content ${show(content)}; give it as text`);
  }
  for (const [what, record] of [
    ['config', props.config],
    ['files', props.files],
  ] as const) {
    const bytes = Object.entries(record ?? {}).reduce(
      (sum, [k, v]) => sum + Buffer.byteLength(k) + Buffer.byteLength(String(v)),
      0,
    );
    if (bytes > maxBytes)
      problems.push(`${what} holds ${bytes} bytes; a ConfigMap takes ${maxBytes} at most: mount a volume instead`);
  }
  return problems;
}

/** Whether a text is an absolute path of a file, with nothing to resolve in it. */
export function isAbsoluteFilePath(path: unknown): path is string {
  return (
    typeof path === 'string' &&
    path.length > 1 &&
    path.startsWith('/') &&
    posix.normalize(path) === path &&
    !path.endsWith('/')
  );
}

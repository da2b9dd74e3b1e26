import { show, suggestion } from '../platform/rule';
import type { ReferenceRule } from './app-index';
import { type Fields, fieldsOf, objectsOf, textOf, valueAt } from './fields';
import { declaredPorts, type PodContainer, type PodTemplate } from './pod-template';
import { claimTemplates } from './provisions';
import { fewOf } from './reference-words';
import { isPort } from './well-formed';

/** A probe or lifecycle hook calls a port that its container declares. */
export const probeHitsPort: ReferenceRule =
  () =>
  ({ pod }) => {
    return pod === undefined ? [] : pod.containers.flatMap((container) => unknownProbePorts(container, pod));
  };

function unknownProbePorts(container: PodContainer, { schemaChecks }: PodTemplate): string[] {
  const declared = declaredPorts(container);
  return callsOf(container).flatMap(({ at, port }) => {
    if (schemaChecks.values && !isPort(port)) return [];
    if (declared.some((d) => (typeof port === 'string' ? d.name === port : d.port === port))) return [];
    const known = declared.map((d) => d.name ?? String(d.port));
    const all = declared.flatMap((d) => [...(d.name === undefined ? [] : [d.name]), String(d.port)]);
    return `${at}.port ${show(port)} is no port of its container${suggestion(String(port), known)}, which has ${fewOf(all)}; use one of those, or declare the port`;
  });
}

/** The ports of its own container that a probe or hook calls. */
function callsOf({ fields, at }: PodContainer): { readonly at: string; readonly port: unknown }[] {
  const calls = (where: string, handler: unknown) =>
    ['httpGet', 'tcpSocket', 'grpc'].flatMap((form) => {
      const { host, port } = fieldsOf(valueAt(handler, form));
      // With a host the call goes wherever that is.
      return port === undefined || textOf(host) !== undefined ? [] : [{ at: `${where}.${form}`, port }];
    });
  return [
    ...['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap((p) => calls(`${at}.${p}`, fields[p])),
    ...['postStart', 'preStop'].flatMap((hook) => calls(`${at}.lifecycle.${hook}`, valueAt(fields.lifecycle, hook))),
  ];
}

/** A mount or device names a volume of its pod. */
export const mountHasVolume: ReferenceRule =
  () =>
  ({ pod, object }) => {
    if (pod === undefined) return [];
    const names = objectsOf(pod.spec.volumes).flatMap(({ name }) => textOf(name) ?? []);
    const known = new Set([...names, ...claimTemplates(object)]);
    return pod.containers.flatMap(({ fields, at }) =>
      (['volumeMounts', 'volumeDevices'] as const).flatMap((list) =>
        objectsOf(fields[list]).flatMap(({ name, mountPath, devicePath }, i) => {
          const volume = textOf(name);
          if (volume === undefined || known.has(volume)) return [];
          const field = `${at}.${list}[${textOf(mountPath) ?? textOf(devicePath) ?? i}]`;
          return `${field} names volume ${show(volume)}, which the pod has not${suggestion(volume, [...known])}; it has ${fewOf([...known])}; name one of those, or add the volume`;
        }),
      ),
    );
  };

/**
 * Within a pod, names and mount paths are used once. Of the items of one list, nearly every schema says so: these are the
 * repetitions beyond that, among several lists or in two spellings.
 */
export const namesAreUnique: ReferenceRule =
  () =>
  ({ pod }) => {
    if (pod === undefined) return [];
    const containers = distinct(pod.containers, ({ at }) => at);
    const volumes = pod.schemaChecks.volumes ? [] : objectsOf(pod.spec.volumes);
    return [
      ...repeated(containers.map((c) => textOf(c.fields.name))).map(
        (name) => `${pod.at} has two containers ${show(name)}; rename one`,
      ),
      ...repeated(volumes.map((v) => textOf(v.name))).map(
        (name) => `${pod.at}.volumes has two volumes ${show(name)}; rename one`,
      ),
      ...repeated(containers.flatMap(portNames)).map((name) => `${pod.at} has two ports ${show(name)}; rename one`),
      ...containers.flatMap(({ fields, at }) =>
        repeated(mountPaths(fields)).map(
          (path) => `${at}.volumeMounts has two mounts at ${show(path)}; give each a path of its own`,
        ),
      ),
    ];
  };

/** Containers that have ended before the others start may use the port names of those. */
function portNames(container: PodContainer): (string | undefined)[] {
  if (container.role === 'init') return [];
  return distinct(declaredPorts(container), ({ port, protocol }) => `${port} ${protocol}`).map(({ name }) => name);
}

/** The paths of mounts in one spelling, each spelling once. */
function mountPaths({ volumeMounts }: Fields): string[] {
  const spelled = new Set(objectsOf(volumeMounts).flatMap(({ mountPath }) => textOf(mountPath) ?? []));
  return [...spelled].map((path) => path.replace(/(.)\/+$/, '$1'));
}

/** The first item of each key. */
function distinct<T>(items: readonly T[], key: (item: T) => string): T[] {
  const firsts = new Map<string, T>();
  for (const item of items) if (!firsts.has(key(item))) firsts.set(key(item), item);
  return [...firsts.values()];
}

/** Each value that is there more than once. */
function repeated(values: readonly (string | undefined)[]): string[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const value of values) {
    if (value === undefined) continue;
    if (seen.has(value)) again.add(value);
    seen.add(value);
  }
  return [...again];
}

/** A port's name is an IANA service name, which CRDs that hold pods do not say. Source: RFC 6335, section 5.1. */
export const portNameIsServiceName: ReferenceRule =
  () =>
  ({ pod }) =>
    (pod === undefined || pod.schemaChecks.values ? [] : pod.containers).flatMap(({ fields, at }) =>
      objectsOf(fields.ports).flatMap(({ name }, i) => {
        const text = textOf(name);
        if (text === undefined || isPort(text)) return [];
        return `${at}.ports[${i}].name ${show(text)} is no port name; use at most 15 lower-case letters, digits and single inner dashes, with a letter among them`;
      }),
    );

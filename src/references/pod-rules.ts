import { show, suggestion } from '../platform/rule';
import type { ReferenceRule } from './app-index';
import { type Fields, fieldsOf, objectsOf, textOf, valueAt } from './fields';
import { declaredPorts, type PodContainer, type PodTemplate } from './pod-template';
import { claimTemplates } from './provisions';
import { fewOf } from './reference-words';

/** A probe or lifecycle hook calls a port that its container declares. */
export const probeHitsPort: ReferenceRule =
  () =>
  ({ pod }) => {
    return pod === undefined ? [] : pod.containers.flatMap(unknownProbePorts);
  };

function unknownProbePorts(container: PodContainer): string[] {
  const declared = declaredPorts(container);
  return callsOf(container).flatMap(({ at, port }) => {
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

/** Within a pod, names and mount paths are used once. */
export const namesAreUnique: ReferenceRule =
  () =>
  ({ pod }) => {
    if (pod === undefined) return [];
    return [
      ...repeated(pod.containers.map((c) => textOf(c.fields.name))).map(
        (name) => `${pod.at} has two containers ${show(name)}; rename one`,
      ),
      ...repeated(objectsOf(pod.spec.volumes).map((v) => textOf(v.name))).map(
        (name) => `${pod.at}.volumes has two volumes ${show(name)}; rename one`,
      ),
      ...repeated(portNames(pod)).map((name) => `${pod.at} has two ports ${show(name)}; rename one`),
      ...pod.containers.flatMap((container) => [
        ...twice(container, 'env', ({ name }) => textOf(name), 'variables', 'keep the one that is meant'),
        ...twice(container, 'volumeMounts', mountPath, 'mounts at', 'give each a path of its own'),
      ]),
    ];
  };

/** Containers that have ended before the others start may use the port names of those. */
function portNames(pod: PodTemplate): (string | undefined)[] {
  return pod.containers.filter(({ role }) => role !== 'init').flatMap((c) => declaredPorts(c).map(({ name }) => name));
}

function mountPath({ mountPath: path }: Fields): string | undefined {
  return textOf(path)?.replace(/(.)\/+$/, '$1');
}

function twice(
  { fields, at }: PodContainer,
  list: string,
  value: (item: Fields) => string | undefined,
  what: string,
  advice: string,
): string[] {
  return repeated(objectsOf(fields[list]).map(value)).map((v) => `${at}.${list} has two ${what} ${show(v)}; ${advice}`);
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

/** A port's name is an IANA service name. Source: RFC 6335, section 5.1. */
export const portNameIsServiceName: ReferenceRule =
  () =>
  ({ pod }) =>
    (pod?.containers ?? []).flatMap(({ fields, at }) =>
      objectsOf(fields.ports).flatMap(({ name }, i) => {
        const text = textOf(name);
        if (text === undefined || (text.length <= 15 && /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(text))) return [];
        return `${at}.ports[${i}].name ${show(text)} is no port name; use at most 15 lower-case letters, digits and single inner dashes, with a letter among them`;
      }),
    );

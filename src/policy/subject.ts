import { isRecord } from '../platform/rule';

/** Parts of pods that checks are about; see {@link subjects}. */
export type SubjectName = 'object' | 'pod' | 'container' | 'plannedContainer' | 'mainContainer' | 'context' | 'volume';

type Fields = Readonly<Record<string, unknown>>;

/** A part of an object and where it is. */
export interface LocatedPart {
  readonly at: string;
  readonly value: unknown;
}

/** A part of an object that checks are about. */
export interface Subject {
  /** CEL for the list of such parts, when there may be many. */
  readonly list?: string;
  /** What one of them is called in an expression. */
  readonly item?: string;
  /** Whether the parts have names that a message can list. */
  readonly named?: boolean;
  /** The parts of an object, in the order of the list. */
  readonly parts: (object: Fields) => LocatedPart[];
}

/**
 * What every policy may use, in the order in which each needs those before it. The specification of a pod is found by the shape of
 * the object, so that one expression serves pods and all that make them; no engine has to rewrite it.
 */
export const sharedVariables: Readonly<Record<string, string>> = {
  pod:
    'has(object.spec.jobTemplate) ? object.spec.jobTemplate.spec.template.spec : ' +
    'has(object.spec.template) ? object.spec.template.spec : object.spec',
  podMetadata:
    'has(object.spec.jobTemplate) ? object.spec.jobTemplate.spec.template.?metadata.orValue({}) : ' +
    'has(object.spec.template) ? object.spec.template.?metadata.orValue({}) : object.metadata',
  containers:
    'variables.pod.?containers.orValue([]) + variables.pod.?initContainers.orValue([]) + ' +
    'variables.pod.?ephemeralContainers.orValue([])',
  plannedContainers: 'variables.pod.?containers.orValue([]) + variables.pod.?initContainers.orValue([])',
  contexts:
    '(has(variables.pod.securityContext) ? [variables.pod.securityContext] : []) + ' +
    'variables.containers.filter(container, has(container.securityContext)).map(container, container.securityContext)',
};

const podPath = (object: Fields): string[] => {
  const spec = recordOf(object.spec);
  if (isRecord(spec.jobTemplate)) return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
  return isRecord(spec.template) ? ['spec', 'template', 'spec'] : ['spec'];
};

const recordOf = (value: unknown): Fields => (isRecord(value) ? value : {});

function podOf(object: Fields): { at: string; spec: Fields } {
  const path = podPath(object);
  const spec = path.reduce<unknown>((value, key) => recordOf(value)[key], object);
  return { at: path.join('.'), spec: recordOf(spec) };
}

function listed(object: Fields, ...fields: readonly string[]): LocatedPart[] {
  const { at, spec } = podOf(object);
  return fields.flatMap((field) => {
    const list = spec[field];
    return Array.isArray(list) ? list.map((value, i) => ({ at: `${at}.${field}[${nameOf(value) ?? i}]`, value })) : [];
  });
}

function nameOf(value: unknown): string | undefined {
  const { name } = recordOf(value);
  return typeof name === 'string' && name !== '' ? name : undefined;
}

const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];

function contextsOf(object: Fields): LocatedPart[] {
  const { at, spec } = podOf(object);
  const holders = [{ at, value: spec as unknown }, ...listed(object, ...containerLists)];
  return holders.flatMap((holder) => {
    const value = recordOf(holder.value).securityContext;
    return isRecord(value) ? [{ at: `${holder.at}.securityContext`, value }] : [];
  });
}

/** The parts by name. */
export const subjects: Readonly<Record<SubjectName, Subject>> = {
  /** The object itself. */
  object: { parts: (object) => [{ at: '', value: object }] },
  /** The specification of the pods that it makes. */
  pod: {
    parts: (object) => {
      const { at, spec } = podOf(object);
      return [{ at, value: spec }];
    },
  },
  /** Every container: main, init, sidecar and ephemeral. */
  container: {
    list: 'variables.containers',
    item: 'container',
    named: true,
    parts: (object) => listed(object, ...containerLists),
  },
  /** Containers that a template may plan for: all but ephemeral ones, which have neither resources nor probes. */
  plannedContainer: {
    list: 'variables.plannedContainers',
    item: 'container',
    named: true,
    parts: (object) => listed(object, 'containers', 'initContainers'),
  },
  /** Containers that run as long as the pod does. */
  mainContainer: {
    list: 'variables.pod.?containers.orValue([])',
    item: 'container',
    named: true,
    parts: (object) => listed(object, 'containers'),
  },
  /** Security contexts that are set: the pod's and its containers'. */
  context: { list: 'variables.contexts', item: 'context', parts: contextsOf },
  /** Volumes of the pod. */
  volume: {
    list: 'variables.pod.?volumes.orValue([])',
    item: 'volume',
    named: true,
    parts: (object) => listed(object, 'volumes'),
  },
};

import { groupKindOf } from '../platform/placed-object';
import { show } from '../platform/rule';
import { type AppObject, isSame, type ReferenceRule } from './app-index';
import { fieldsOf, textOf, valueAt } from './fields';
import { namesMissing } from './reference-words';

interface ScaleTarget {
  readonly groupKind: string;
  readonly kind: string;
  readonly name: string;
  /** Version and kind, because the name may be right and the apiVersion wrong. */
  readonly what: string;
}

/** What an autoscaler scales; only KEDA fills the kind in. Source: the references of both APIs. */
function scaleTarget({ object, groupKind }: AppObject): ScaleTarget | undefined {
  const keda = groupKind === 'keda.sh/ScaledObject';
  if (!keda && groupKind !== 'autoscaling/HorizontalPodAutoscaler') return undefined;
  const reference = fieldsOf(valueAt(object, 'spec', 'scaleTargetRef'));
  const kind = textOf(reference.kind) ?? (keda ? 'Deployment' : undefined);
  const name = textOf(reference.name);
  if (kind === undefined || name === undefined) return undefined;
  const apiVersion = textOf(reference.apiVersion) ?? (keda ? 'apps/v1' : 'v1');
  return { groupKind: groupKindOf({ apiVersion, kind }), kind, name, what: `${apiVersion} ${kind}` };
}

function addressOf(namespace: string, groupKind: string, name: string): string {
  return `${namespace} ${groupKind} ${name}`;
}

/** An autoscaler has a target, which no other one scales. */
export const autoscalerHasTarget: ReferenceRule = (app) => {
  const first = new Map<string, AppObject>();
  return (placed) => {
    const target = scaleTarget(placed);
    if (target === undefined) return [];
    const { groupKind, kind, name } = target;
    const { namespace } = placed;
    const address = addressOf(namespace, groupKind, name);
    const rival = first.get(address);
    if (rival !== undefined && !isSame(rival, placed)) {
      return [
        `spec.scaleTargetRef names ${kind} ${show(name)}, which ${rival.object.kind} ${show(rival.object.metadata.name)} scales already, and the two would fight over its replicas; keep one`,
      ];
    }
    first.set(address, placed);
    if (app.find(groupKind, namespace, name) !== undefined || app.isExternal(kind, namespace, name)) return [];
    return [namesMissing('spec.scaleTargetRef', kind, name, namespace, app.names(groupKind, namespace), target.what)];
  };
};

/** What is autoscaled leaves its replicas to the autoscaler. */
export const autoscaledLeavesReplicas: ReferenceRule = (app) => {
  const scalers = new Map<string, AppObject>();
  for (const placed of app.all) {
    const target = scaleTarget(placed);
    if (target) scalers.set(addressOf(placed.namespace, target.groupKind, target.name), placed);
  }
  return ({ object, groupKind, namespace }) => {
    const replicas = valueAt(object, 'spec', 'replicas');
    if (replicas === undefined || replicas === null) return [];
    const scaler = scalers.get(addressOf(namespace, groupKind, object.metadata?.name));
    if (scaler === undefined) return [];
    const by = `${scaler.object.kind} ${show(scaler.object.metadata.name)}`;
    return [`spec.replicas ${show(replicas)} would fight with ${by}, which sets it; leave replicas out`];
  };
};

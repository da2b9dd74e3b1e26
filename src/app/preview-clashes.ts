import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { callGraph } from '../network/call-graph';
import type { Environment } from '../platform/environment';
import { pathOf } from '../platform/golden-error';
import { show } from '../platform/rule';

/**
 * What a preview would take away from the app or from another preview: objects of the same name in the same namespace, and
 * hosts. Golden workloads name their objects so that this does not happen; what an author names by hand can.
 *
 * @param environment where the preview is rendered
 * @param others the app and its other previews
 */
export function previewClashes(environment: Environment, others: readonly IConstruct[]): string[] {
  const { name, cluster } = environment;
  const taken = new Map<string, string>();
  const hosts = new Map<string, string>();
  for (const other of others) {
    for (const object of objectsIn(other.node.tryFindChild(name)?.node.tryFindChild(cluster))) {
      taken.set(identity(object), pathOf(object));
    }
    for (const service of callGraph(other)) {
      if (service.environment !== name || service.cluster !== cluster) continue;
      for (const host of service.hosts) hosts.set(host, service.path);
    }
  }
  return [
    ...objectsIn(environment).flatMap((object) => {
      const twin = taken.get(identity(object));
      return twin === undefined
        ? []
        : `${object.kind} ${show(object.name)} is there already, made by ${twin}; leave it out where env.preview is set, or let env.preview.id be part of its name`;
    }),
    ...callGraph(environment).flatMap((service) =>
      service.hosts
        .filter((host) => hosts.has(host))
        .map((host) => `host ${show(host)} is taken by ${hosts.get(host)}; choose another id for the preview`),
    ),
  ];
}

function objectsIn(scope: IConstruct | undefined): ApiObject[] {
  return (scope?.node.findAll() ?? []).filter((construct) => ApiObject.isApiObject(construct));
}

/** What makes an object the same one to an API server: its version is no part of it. */
function identity(object: ApiObject): string {
  return [object.apiGroup, object.kind, object.metadata.namespace ?? '', object.name].join(' ');
}

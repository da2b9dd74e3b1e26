import { show, suggestion } from '../platform/rule';
import type { AppIndex, ReferenceRule } from './app-index';
import { type Fields, fieldsOf, objectsOf, textOf, valueAt } from './fields';
import { fewOf, namesMissing } from './reference-words';
import { isPort } from './well-formed';

const routeKinds = new Set(
  ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'].map((kind) => `gateway.networking.k8s.io/${kind}`),
);

/** The Services that a route leads to exist and have the port. */
export const routeFindsServices: ReferenceRule =
  (app) =>
  ({ object, groupKind, namespace }) => {
    if (!routeKinds.has(groupKind)) return [];
    return objectsOf(valueAt(object, 'spec', 'rules')).flatMap((rule, index) =>
      backendsOf(rule, `spec.rules[${index}]`).flatMap(({ at, reference }) => {
        const elsewhere = reference.namespace !== undefined && reference.namespace !== namespace;
        const service = (reference.kind ?? 'Service') === 'Service' && (reference.group ?? '') === '';
        return service && !elsewhere ? servicePort(app, namespace, at, reference.name, reference.port) : [];
      }),
    );
  };

/** The backends of a rule, and those that get a copy of its requests. */
function backendsOf(rule: Fields, at: string): { readonly at: string; readonly reference: Fields }[] {
  const mirrors = (filters: unknown, where: string) =>
    objectsOf(filters).flatMap((filter, i) => {
      const reference = valueAt(filter, 'requestMirror', 'backendRef');
      return reference === undefined
        ? []
        : [{ at: `${where}.filters[${i}].requestMirror.backendRef`, reference: fieldsOf(reference) }];
    });
  return [
    ...objectsOf(rule.backendRefs).flatMap((reference, i) => [
      { at: `${at}.backendRefs[${i}]`, reference },
      ...mirrors(reference.filters, `${at}.backendRefs[${i}]`),
    ]),
    ...mirrors(rule.filters, at),
  ];
}

/** The Services that an Ingress leads to exist and have the port. */
export const ingressFindsServices: ReferenceRule =
  (app) =>
  ({ object, groupKind, namespace }) => {
    if (groupKind !== 'networking.k8s.io/Ingress') return [];
    const backend = (at: string, service: unknown): string[] => {
      // A port 0 is one that is left out.
      const { name, port } = fieldsOf(service);
      const named = fieldsOf(port);
      // The AWS load balancer controller takes such a backend for the name of an action.
      if (named.name === 'use-annotation') return [];
      return servicePort(app, namespace, `${at}.service`, name, named.number || named.name);
    };
    const spec = fieldsOf(object.spec);
    return [
      ...backend('spec.defaultBackend', valueAt(spec, 'defaultBackend', 'service')),
      ...objectsOf(spec.rules).flatMap((rule, i) =>
        objectsOf(valueAt(rule, 'http', 'paths')).flatMap((path, j) =>
          backend(`spec.rules[${i}].http.paths[${j}].backend`, valueAt(path, 'backend', 'service')),
        ),
      ),
    ];
  };

function servicePort(app: AppIndex, namespace: string, at: string, serviceName: unknown, port: unknown): string[] {
  const name = textOf(serviceName);
  if (name === undefined) return [];
  if (app.isTwice('Service', namespace, name)) return [];
  const service = app.find('Service', namespace, name);
  if (service === undefined) {
    if (app.isExternal('Service', namespace, name)) return [];
    return [namesMissing(at, 'Service', name, namespace, app.names('Service', namespace))];
  }
  if (typeof port === 'number' && !isPort(port)) return [];
  const ports = objectsOf(valueAt(service.object, 'spec', 'ports'));
  // An alias of another host needs to list no ports.
  if (ports.length === 0 && valueAt(service.object, 'spec', 'type') === 'ExternalName') return [];
  if (ports.some((p) => p.port === port || (typeof port === 'string' && p.name === port))) return [];
  const known = ports.flatMap((p) => [String(p.port), ...(textOf(p.name) === undefined ? [] : [String(p.name)])]);
  const wrong = port === undefined ? 'names no port' : `names port ${show(port)}`;
  return [
    `${at} ${wrong} of Service ${show(name)}${port === undefined ? '' : suggestion(String(port), known)}, which has ${fewOf(known)}; use one of its ports`,
  ];
}

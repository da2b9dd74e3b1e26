import type { PolicyObject } from './policy-object';
import { Reachability } from './reachability';
import { type Endpoint, nameOf, type Protocol, type World } from './world';

/** Two namespaces and the outside, for the tests of the evaluators. */
export const exampleWorld: World = {
  namespaces: [
    { name: 'shop', labels: { team: 'orders' } },
    { name: 'bank', labels: { team: 'money' } },
    { name: 'kube-system' },
  ],
  pods: [
    { namespace: 'shop', name: 'web', labels: { app: 'web' }, ip: '10.0.0.1', ports: [{ name: 'http', port: 8080 }] },
    {
      namespace: 'shop',
      name: 'api',
      labels: { app: 'api', tier: 'back' },
      ip: '10.0.0.2',
      ports: [
        { name: 'http', port: 9090 },
        { name: 'stats', port: 9091, protocol: 'UDP' },
      ],
    },
    { namespace: 'bank', name: 'web', labels: { app: 'web' }, ip: '10.0.1.1', ports: [] },
    { namespace: 'bank', name: 'vault', labels: { app: 'vault', tier: '' }, ip: 'fd00::1', ports: [] },
    { namespace: 'kube-system', name: 'dns', labels: { 'k8s-app': 'kube-dns' }, ip: '10.0.2.1', ports: [{ port: 53 }] },
  ],
  externals: [
    { name: 'internet', ip: '203.0.113.7', hosts: ['api.example.org', 'cdn.example.net'] },
    { name: 'partner', ip: '198.51.100.9', hosts: ['Eu.Api.Example.org'] },
    { name: 'internet6', ip: '2001:db8::7', hosts: ['example.org'] },
    { name: 'nameless', ip: '192.0.2.1' },
  ],
};

/** One behaviour of an evaluator: what opens and what doesn't, each as `from → to`, and a port unless it is 80/TCP. */
export interface Behaviour {
  readonly it: string;
  readonly policies: readonly PolicyObject[];
  readonly opens?: readonly string[];
  readonly closes?: readonly string[];
  /** @default - the example world */
  readonly world?: World;
}

/** The verdicts that a behaviour is about, as far as they are not as it says. */
export function violations({ policies, opens = [], closes = [], world = exampleWorld }: Behaviour): string[] {
  const reachability = new Reachability(world, policies);
  const isOpen = (question: string) => {
    const [from, to, port = '80/TCP'] = question.split(/ → | /);
    const [number, protocol] = port.split('/');
    return reachability.allowed(endpoint(world, from), endpoint(world, to), {
      port: Number(number),
      protocol: protocol as Protocol,
    });
  };
  return [
    ...opens.filter((question) => !isOpen(question)).map((question) => `${question} is denied`),
    ...closes.filter(isOpen).map((question) => `${question} is allowed`),
  ];
}

function endpoint({ pods, externals }: World, name: string): Endpoint {
  const found = [...pods, ...externals].find((candidate) => nameOf(candidate) === name);
  if (found === undefined) throw new Error(`${name} is not in the world`);
  return found;
}

/** A NetworkPolicy in the namespace `shop`, or another one. */
export function netpol(spec: object, namespace = 'shop'): PolicyObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'example', namespace }, spec };
}

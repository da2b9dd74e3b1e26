import { synthesize } from '../../src/app/synthesize';
import { type Environment, GoldenApp, GoldenService, Platform } from '../../src/index';
import { type GraphNode, outside, ports, type RandomGraph } from './random-graph';
import type { PolicyObject } from './reachability/policy-object';
import type { World, WorldPod } from './reachability/world';

const apiServer = '10.9.8.7';

/** The platform that knows every service of a graph, as its catalog would after each team has published. */
function platformOf({ nodes }: RandomGraph): Platform {
  const entry = ({ callers }: GraphNode) => ({
    ports: { http: { port: ports.http, servicePort: 80 }, admin: { port: ports.admin, protocol: 'http' as const } },
    callers,
  });
  return new Platform({
    domain: 'acme.io',
    telemetry: { endpoint: 'http://collector.observability:4318' },
    topology: {
      environments: { test: { clusters: ['one'] } },
      clusters: { one: { network: { hostNames: 'cilium', apiServer: [`${apiServer}/32`] } } },
      services: Object.fromEntries(nodes.map((node) => [`${node.team}/${node.name}`, entry(node)])),
    },
  });
}

/** What is rendered for a graph: an app for each team, with calls inside of it made directly, and others by the catalog. */
export function renderGraph(graph: RandomGraph): { readonly policies: PolicyObject[]; readonly pods: WorldPod[] } {
  const platform = platformOf(graph);
  const objects = [...new Set(graph.nodes.map(({ team }) => team))].flatMap((team) => {
    const app = new GoldenApp({ platform, team, system: 'random' });
    app.forEachEnvironment((env) => renderTeam(env, team, graph));
    return synthesize(app).objects.map(({ object }) => object);
  });
  const policies = objects.filter(({ kind }) => kind.endsWith('NetworkPolicy')) as unknown as PolicyObject[];
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  const pods = deployments.map(({ metadata, spec }, i): WorldPod => {
    const { template } = spec as { template: { metadata: { labels: Record<string, string> }; spec: PodSpec } };
    const declared = template.spec.containers.flatMap((container) => container.ports);
    return {
      namespace: metadata.namespace as string,
      name: metadata.name,
      labels: template.metadata.labels,
      ip: `10.1.0.${i + 1}`,
      ports: declared.map(({ name, containerPort: port }) => ({ name, port })),
    };
  });
  return { policies, pods };
}

interface PodSpec {
  readonly containers: readonly {
    readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  }[];
}

function renderTeam(env: Environment, team: string, { nodes, edges }: RandomGraph): void {
  const made = new Map<string, GoldenService>();
  for (const { name, routed, metrics, permissions, egress, callers } of nodes.filter((node) => node.team === team)) {
    const service = new GoldenService(env, name, {
      image: 'ghcr.io/acme/x:1.0.0',
      scale: 1,
      port: ports.http,
      ports: { admin: ports.admin },
      ...(routed && { host: `${name}.${env.domain}` }),
      ...(metrics !== 'none' && { metrics: metrics === 'main' ? true : { port: ports.metrics } }),
      ...(permissions && { permissions: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }] }),
      egress,
      callers,
    });
    made.set(`${team}/${name}`, service);
  }
  for (const { from, to, port } of edges) {
    const caller = made.get(from);
    const callee = made.get(to) ?? (caller && env.service(to));
    if (caller && callee) caller.calls(port === 'http' ? callee : callee.port(port));
  }
}

/** Pods of the platform, addresses outside, and one pod that has copied every label of a service, in a namespace of its own. */
export function worldOf(pods: readonly WorldPod[]): World {
  const roles = [
    pod('gateway', 'gateway', {}, '10.2.0.1'),
    pod('monitoring', 'prometheus', {}, '10.2.0.2'),
    pod('kube-system', 'dns', { 'k8s-app': 'kube-dns' }, '10.2.0.3'),
    pod('kube-system', 'other', {}, '10.2.0.4'),
    pod('observability', 'collector', {}, '10.2.0.5'),
    ...pods.slice(0, 1).map(({ labels }) => pod('hostile', 'copy', labels, '10.2.0.6')),
  ];
  return {
    namespaces: [...new Set([...pods, ...roles].map(({ namespace }) => namespace))].map((name) => ({ name })),
    pods: [...pods, ...roles],
    externals: [
      { name: 'internet', ip: '8.8.8.8' },
      { name: 'api-server', ip: apiServer },
      ...Object.entries(outside).map(([name, ip]) => ({
        name,
        ip,
        ...(/^[a-z]/.test(name) && { hosts: [name.split(':')[0]] }),
      })),
    ],
  };
}

function pod(namespace: string, name: string, labels: Readonly<Record<string, string>>, ip: string): WorldPod {
  return { namespace, name, labels, ip, ports: [] };
}

import { printable } from '../platform/printable';
import type { GraphService } from './call-graph';

/** What a picture of calls shows: services once, wherever they run, and who calls whom on which port. */
export interface CallOverview {
  readonly services: readonly {
    /** `team/name`. */
    readonly id: string;
    readonly component: string;
    /** Number by name of the ports that others may call. */
    readonly ports: Readonly<Record<string, number>>;
    /** Who may call it from outside of its team. */
    readonly callers: readonly string[];
    readonly hosts: readonly string[];
    /** Destinations outside of the cluster. */
    readonly egress: readonly string[];
  }[];
  readonly calls: readonly { readonly from: string; readonly to: string; readonly port: string }[];
}

/** The services of all environments and clusters as one picture. */
export function callOverview(graph: readonly GraphService[]): CallOverview {
  const ids = [...new Set(graph.map(({ id }) => id))].sort();
  const services = ids.map((id) => {
    const members = graph.filter((service) => service.id === id);
    const all = <T>(list: (service: GraphService) => readonly T[]) => [...new Set(members.flatMap(list))];
    return {
      id,
      component: members[0].component,
      ports: Object.fromEntries(members.flatMap(({ ports }) => ports.map(({ name, port }) => [name, port]))),
      callers: all(({ callers }) => callers.map(({ from }) => from)),
      hosts: all(({ hosts }) => hosts),
      egress: all(({ egress }) => egress),
    };
  });
  const calls = new Map(
    graph.flatMap(({ id, calls }) => calls.map(({ to, port }) => [`${id} ${to} ${port}`, { from: id, to, port }])),
  );
  return { services, calls: [...calls.values()] };
}

/** The picture as a Mermaid flowchart: a box a team, an arrow a call, round ends outside of the cluster. */
export function mermaid({ services, calls }: CallOverview): string {
  const ids = [...new Set([...services.map(({ id }) => id), ...calls.map(({ to }) => to)])];
  const outside = [...new Set(services.flatMap(({ hosts, egress }) => [...hosts, ...egress]))];
  const key = new Map<string, string>();
  for (const [i, id] of ids.entries()) key.set(id, `s${i}`);
  for (const [i, name] of outside.entries()) key.set(name, `o${i}`);
  const teams = [...new Set(ids.map((id) => id.split('/')[0]))];
  const lines = [
    ...teams.flatMap((team, i) => [
      `  subgraph t${i} [${quoted(team)}]`,
      ...ids
        .filter((id) => id.startsWith(`${team}/`))
        .map((id) => `    ${key.get(id)}[${quoted(id.slice(team.length + 1))}]`),
      '  end',
    ]),
    ...outside.map((name) => `  ${key.get(name)}([${quoted(name)}])`),
    ...services.flatMap(({ id, hosts, egress }) => [
      ...hosts.map((host) => `  ${key.get(host)} --> ${key.get(id)}`),
      ...egress.map((name) => `  ${key.get(id)} --> ${key.get(name)}`),
    ]),
    ...calls.map(({ from, to, port }) => `  ${key.get(from)} -->|${quoted(port)}| ${key.get(to)}`),
  ];
  return ['flowchart LR', ...lines].join('\n');
}

function quoted(text: string): string {
  return `"${printable(text).replaceAll('"', '#quot;')}"`;
}

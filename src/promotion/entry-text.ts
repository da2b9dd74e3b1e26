import { callerOptions } from '../platform/callers';
import { type CatalogEntry, catalogPorts } from '../platform/catalog';
import type { NamedPort } from '../platform/named-port';

/** What became of a service in a place, a few words each; undefined where it does not run. */
export function entryChanges(was: CatalogEntry | undefined, is: CatalogEntry | undefined): string[] {
  if (was === is) return [];
  if (!was || !is) return was ? ['is gone'] : is ? ['is new'] : [];
  return [...portChanges(catalogPorts(was), catalogPorts(is)), ...callerChanges(was, is)];
}

function portChanges(was: readonly NamedPort[], is: readonly NamedPort[]): string[] {
  const named = (ports: readonly NamedPort[], name: string) => ports.find((port) => port.name === name);
  const gone = was.filter(({ name }) => !named(is, name)).map((port) => `port ${portText(port)} is gone`);
  const others = is.flatMap((port) => {
    const before = named(was, port.name);
    if (!before) return [`port ${portText(port)} is new`];
    return portText(before) === portText(port) ? [] : [`port ${portText(before)} is ${portText(port)}`];
  });
  const isOther = was[0].name !== is[0].name;
  return [...gone, ...others, ...(isOther ? [`${is[0].name} is the main port, which was ${was[0].name}`] : [])];
}

function callerChanges(was: CatalogEntry, is: CatalogEntry): string[] {
  const [before, after] = [callersOf(was), callersOf(is)];
  return [
    ...after.filter((each) => !before.includes(each)).map((each) => `takes calls from ${each}`),
    ...before.filter((each) => !after.includes(each)).map((each) => `takes no calls from ${each} any more`),
  ];
}

/** Its ports, and who may call it. */
export function entryText(entry: CatalogEntry): string {
  const callers = callersOf(entry);
  const who = callers.length === 0 ? '' : `, called by ${callers.join(', ')}`;
  return `${catalogPorts(entry).map(portText).join(', ')}${who}`;
}

/** `http 8080`, and what is not usual of it. */
function portText({ name, port, servicePort, protocol }: NamedPort): string {
  const [usual] = catalogPorts({ ports: { [name]: port } });
  const asked = servicePort === port ? '' : ` behind ${servicePort}`;
  return `${name} ${port}${asked}${protocol === usual.protocol ? '' : ` (${protocol})`}`;
}

function callersOf({ ports: all, callers }: CatalogEntry): string[] {
  return callerOptions(callers).map(({ from, ports }) =>
    ports === undefined || Object.keys(all).every((name) => ports.includes(name))
      ? from
      : `${from} on ${ports.join(' and ')}`,
  );
}

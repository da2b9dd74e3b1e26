import { define, FunctionError, type Library, namespace } from './library';

/** An address as a number, with the width of its family. */
class Ip {
  constructor(
    readonly family: 4 | 6,
    readonly bits: bigint,
  ) {}
}

/** A network: an address and how many of its leading bits count. */
class Cidr {
  constructor(
    readonly ip: Ip,
    readonly prefix: number,
  ) {}
}

const widthOf = (family: 4 | 6): number => (family === 4 ? 32 : 128);

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  // A leading zero is refused, because some programs take it for octal.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((bits, part) => bits * 256n + BigInt(part), 0n);
}

function parseV6(text: string): bigint | undefined {
  if (!/^[0-9A-Fa-f:]*$/.test(text) || text.split('::').length > 2) return undefined;
  const [head, tail] = text.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const before = groups(head);
  const after = groups(tail);
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...before, ...Array<string>(tail === undefined ? 0 : missing).fill('0'), ...after];
  if (!all.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return all.reduce((bits, group) => bits * 65536n + BigInt(`0x${group}`), 0n);
}

/** Kubernetes takes neither zones nor IPv4 addresses written as IPv6. */
function parseIp(text: string): Ip | undefined {
  const v4 = parseV4(text);
  if (v4 !== undefined) return new Ip(4, v4);
  const v6 = text.includes(':') ? parseV6(text) : undefined;
  if (v6 === undefined || v6 >> 32n === 0xffffn) return undefined;
  return new Ip(6, v6);
}

function parseCidr(text: string): Cidr | undefined {
  const match = /^(.+)\/(0|[1-9]\d{0,2})$/.exec(text);
  const ip = match ? parseIp(match[1]) : undefined;
  const prefix = Number(match?.[2]);
  return ip && prefix <= widthOf(ip.family) ? new Cidr(ip, prefix) : undefined;
}

/** The text of an address by RFC 5952: the longest run of zeros is left out. */
function textOfIp({ family, bits }: Ip): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bits >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === '0') length++;
    if (length > best.length) best = { start, length };
  }
  if (best.length < 2) return groups.join(':');
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`;
}

const shared = (ip: Ip, prefix: number): bigint => ip.bits >> BigInt(widthOf(ip.family) - prefix);
const within = (cidr: Cidr, ip: Ip): boolean =>
  cidr.ip.family === ip.family && shared(cidr.ip, cidr.prefix) === shared(ip, cidr.prefix);
const inRange = (network: string) => {
  const cidr = parseCidr(network) as Cidr;
  return (ip: Ip) => within(cidr, ip);
};
const anyOf =
  (...networks: string[]) =>
  (ip: Ip) =>
    networks.map(inRange).some((holds) => holds(ip));

const isLoopback = anyOf('127.0.0.0/8', '::1/128');
const isMulticast = anyOf('224.0.0.0/4', 'ff00::/8');
const isLinkLocal = anyOf('169.254.0.0/16', 'fe80::/10');
const isLinkLocalMulticast = (ip: Ip) =>
  inRange('224.0.0.0/24')(ip) || (ip.family === 6 && ((ip.bits >> 112n) & 0xff0fn) === 0xff02n);
const isUnspecified = (ip: Ip) => ip.bits === 0n;
const isBroadcast = (ip: Ip) => ip.family === 4 && ip.bits === 0xffffffffn;

const ipOf = (text: string): Ip => {
  const ip = parseIp(text);
  if (!ip) throw new FunctionError(`${JSON.stringify(text)} is no IP address`);
  return ip;
};
const cidrOf = (text: string): Cidr => {
  const cidr = parseCidr(text);
  if (!cidr) throw new FunctionError(`${JSON.stringify(text)} is no CIDR`);
  return cidr;
};
const contains = (outer: Cidr, inner: Cidr) => inner.prefix >= outer.prefix && within(outer, inner.ip);

/** Kubernetes' addresses and networks: `ip(s).family()`, `cidr(s).containsIP(s)`. */
export const ipLibrary: Library = (env) => {
  env.registerType('IP', Ip);
  env.registerType('CIDR', Cidr);
  env.registerOperator('IP == IP', (a: Ip, b: Ip) => a.family === b.family && a.bits === b.bits);
  env.registerOperator(
    'CIDR == CIDR',
    (a: Cidr, b: Cidr) => a.prefix === b.prefix && within(a, b.ip) && a.ip.bits === b.ip.bits,
  );
  namespace(env, 'ip', { 'isCanonical(string): bool': (text: string) => textOfIp(ipOf(text)) === text });
  define(env, {
    'ip(string): IP': ipOf,
    'isIP(string): bool': (text: string) => parseIp(text) !== undefined,
    'string(IP): string': textOfIp,
    'IP.family(): int': (ip: Ip) => BigInt(ip.family),
    'IP.isUnspecified(): bool': isUnspecified,
    'IP.isLoopback(): bool': isLoopback,
    'IP.isLinkLocalMulticast(): bool': isLinkLocalMulticast,
    'IP.isLinkLocalUnicast(): bool': isLinkLocal,
    'IP.isGlobalUnicast(): bool': (ip: Ip) =>
      !isUnspecified(ip) && !isBroadcast(ip) && !isLoopback(ip) && !isMulticast(ip) && !isLinkLocal(ip),
    'cidr(string): CIDR': cidrOf,
    'isCIDR(string): bool': (text: string) => parseCidr(text) !== undefined,
    'string(CIDR): string': (cidr: Cidr) => `${textOfIp(cidr.ip)}/${cidr.prefix}`,
    'CIDR.containsIP(IP): bool': within,
    'CIDR.containsIP(string): bool': (cidr: Cidr, text: string) => within(cidr, ipOf(text)),
    'CIDR.containsCIDR(CIDR): bool': contains,
    'CIDR.containsCIDR(string): bool': (cidr: Cidr, text: string) => contains(cidr, cidrOf(text)),
    'CIDR.ip(): IP': (cidr: Cidr) => cidr.ip,
    'CIDR.prefixLength(): int': (cidr: Cidr) => BigInt(cidr.prefix),
    'CIDR.masked(): CIDR': ({ ip, prefix }: Cidr) => {
      const host = BigInt(widthOf(ip.family) - prefix);
      return new Cidr(new Ip(ip.family, (ip.bits >> host) << host), prefix);
    },
  });
};

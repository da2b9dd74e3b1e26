import { BlockList, isIP } from 'node:net';

/** A range of addresses without some parts of it. */
export interface IpBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** Whether an address, IPv4 or IPv6, lies in a block. */
export function inBlock(ip: string, { cidr, except = [] }: IpBlock): boolean {
  return inCidr(ip, cidr) && !except.some((part) => inCidr(ip, part));
}

/** Whether a string is a range of addresses, IPv4 or IPv6. */
export function isCidr(cidr: string): boolean {
  const [address, bits, ...rest] = cidr.split('/');
  const family = isIP(address);
  return family > 0 && rest.length === 0 && /^\d{1,3}$/.test(bits ?? '') && Number(bits) <= (family === 4 ? 32 : 128);
}

/** Whether a range lies in another one and leaves some of it. */
export function isPartOf(inner: string, outer: string): boolean {
  const [address, bits] = inner.split('/');
  return Number(bits) > Number(outer.split('/')[1]) && inCidr(address, outer);
}

const lists = new Map<string, BlockList>();

function inCidr(ip: string, cidr: string): boolean {
  const family = isIP(ip);
  return family === isIP(cidr.split('/')[0]) && listOf(cidr).check(ip, family === 4 ? 'ipv4' : 'ipv6');
}

function listOf(cidr: string): BlockList {
  const known = lists.get(cidr);
  if (known !== undefined) return known;
  const list = new BlockList();
  const [address, bits] = cidr.split('/');
  list.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6');
  lists.set(cidr, list);
  return list;
}

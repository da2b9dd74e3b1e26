import { isIP } from 'node:net';
import { show } from './rule';

/**
 * What is wrong with a block of addresses, or undefined. Kubernetes reads `10.1.2.3/8` as the block around it, which is
 * seldom what was meant, so bits beyond the length are refused.
 */
export function cidrProblem(what: string, cidr: unknown): string | undefined {
  const [, address, length] = /^([0-9a-fA-F.:]+)\/(0|[1-9]\d{0,2})$/.exec(String(cidr)) ?? [];
  const family = address === undefined ? 0 : isIP(address);
  if (typeof cidr !== 'string' || family === 0 || Number(length) > (family === 4 ? 32 : 128)) {
    return `${what} ${show(cidr)} is no block of addresses; write an address and a length, like "10.1.0.0/16" or "2001:db8::/32"`;
  }
  const bits = family === 4 ? ipv4Bits(address) : ipv6Bits(address);
  const rest = BigInt((family === 4 ? 32 : 128) - Number(length));
  if ((bits & ((1n << rest) - 1n)) !== 0n) {
    return `${what} ${show(cidr)} has address bits beyond its length; write the first address of the block`;
  }
  return undefined;
}

/** Whether a block holds every address there is. */
export function isEverywhere(cidr: string): boolean {
  return cidr.endsWith('/0');
}

function ipv4Bits(address: string): bigint {
  return address.split('.').reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
}

function ipv6Bits(address: string): bigint {
  const [head, tail] = address
    .replace(/(\d+\.\d+\.\d+\.\d+)$/, (v4) => {
      const bits = ipv4Bits(v4);
      return `${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
    })
    .split('::');
  const words = (text: string | undefined) => (text ? text.split(':') : []);
  const left = words(head);
  const right = words(tail);
  const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].reduce((bits, word) => (bits << 16n) | BigInt(`0x${word}`), 0n);
}

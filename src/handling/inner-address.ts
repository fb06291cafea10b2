import { type LookupAddress, lookup as resolveName } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

// Everything that is not the open internet: this machine, the company's own network, the cloud's own addresses.
const INNER = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  INNER.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  INNER.addSubnet(net, bits, 'ipv6');

/** Whether an address lies inside; IPv4 written as IPv6 counts as what it is. */
export function isInner(address: string): boolean {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const kind = isIP(plain);
  if (kind === 0) return true;
  return /^::ffff:/i.test(plain) || INNER.check(plain, kind === 4 ? 'ipv4' : 'ipv6');
}

/** Whether an address names a machine inside by its number; what a name stands for is only known when it is asked for. */
export function innerNumber({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && isInner(host);
}

/** What a refused look-up says. */
export const INNER_NAME = 'the name stands for an address inside';

/**
 * The `lookup` of a request that may not go inside: names are refused at the moment of connecting, on what they really
 * stand for, so that a name which changes its meaning in between gains nothing.
 */
export const outerOnly: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (cause, found: LookupAddress[] = []) => {
    const [first] = found;
    if (cause || !first) return callback(cause ?? new Error(`${hostname} has no address`), '', 0);
    if (found.some(({ address }) => isInner(address))) return callback(new Error(INNER_NAME), '', 0);
    if (options.all) return callback(null, found);
    callback(null, first.address, first.family);
  });
};

import type { FastifyReply } from 'fastify';

/** The two languages an answer is written in; the sender chooses by the end of the address. */
export type Format = 'xml' | 'json';

/** What an answer is made of before it becomes XML or JSON; a list names its items for XML. */
export type Node = string | number | boolean | null | Branch | List;
export interface Branch {
  [name: string]: Node | undefined;
}
export interface List {
  each: string;
  items: readonly Node[];
}

/** A fault in the shape of the specification; several may come together. */
export interface Fault {
  code: number;
  description: string;
}

export const list = (each: string, items: readonly Node[]): List => ({ each, items });
const isList = (node: Branch | List): node is List => Array.isArray((node as List).items) && 'each' in node;

/** Sends an answer whose outermost XML element is `root`; in JSON that name is left out, as the specification maps it. */
export function sendNode(reply: FastifyReply, format: Format, status: number, root: string, node: Node): FastifyReply {
  const written = format === 'xml' ? `${XML_HEAD}${element(root, node)}` : JSON.stringify(plain(node));
  return reply
    .code(status)
    .headers({
      'content-type': format === 'xml' ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    })
    .serializer(String)
    .send(written);
}

/** Sends faults; the status is that of the first. */
export function sendFaults(reply: FastifyReply, format: Format, faults: readonly Fault[]): FastifyReply {
  const items = faults.map(({ code, description }): Branch => ({ code, description }));
  return sendNode(reply, format, faults[0]?.code ?? 400, 'errors', list('error', items));
}

const XML_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n';
const ESCAPES: { [sign: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// What XML 1.0 cannot carry in any form is left out.
const BARRED = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const escaped = (words: string): string => words.replace(BARRED, '').replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? '');

function element(name: string, node: Node): string {
  if (node === null || node === '') return `<${name}></${name}>`;
  if (typeof node !== 'object') return `<${name}>${escaped(String(node))}</${name}>`;
  const inner = isList(node)
    ? node.items.map((item) => element(node.each, item))
    : Object.entries(node).flatMap(([key, value]) => (value === undefined ? [] : [element(key, value)]));
  return `<${name}>${inner.join('')}</${name}>`;
}

function plain(node: Node): unknown {
  if (node === null || typeof node !== 'object') return node;
  if (isList(node)) return node.items.map(plain);
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => (value === undefined ? [] : [[key, plain(value)]])),
  );
}

import { inflateSync } from 'node:zlib';

/** What a test reads off a printed PDF, without any tool of the machine: its words, pages and fonts. */
export interface ReadPdf {
  /** Every text run, decoded by each font's own table; runs of one line are joined, lines are not. */
  text: string;
  pages: number;
  fonts: string[];
  /** Addresses that can be followed with a click. */
  links: string[];
  raw: string;
}

/** Reads a PDF written by our own press (one flat object per font, no object streams). For tests. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const raw = Buffer.from(bytes).toString('latin1');
  const streams = [...raw.matchAll(/stream\r?\n/g)].map((match) => {
    const from = match.index + match[0].length;
    const body = Buffer.from(raw.slice(from, raw.indexOf('endstream', from)), 'latin1');
    try {
      return inflateSync(body).toString('latin1');
    } catch {
      return body.toString('latin1');
    }
  });
  const tables = streams
    .filter((stream) => stream.includes('beginbfchar') || stream.includes('beginbfrange'))
    .map(glyphTable);
  const pages = streams.filter((stream) => /\bTf\b/.test(stream));
  // Which table belongs to which font name is not worth parsing: every run is read by all of them.
  const text = tables
    .flatMap((table) => pages.map((page) => runs(page, table)))
    .join('\n')
    .replaceAll('\u200b', '');
  return {
    text,
    pages: Number(/\/Type\s*\/Pages[\s\S]*?\/Count\s+(\d+)/.exec(raw)?.[1] ?? 0),
    fonts: [...new Set([...raw.matchAll(/\/BaseFont\s*\/([\w+-]+)/g)].map((match) => match[1] ?? ''))],
    links: [...raw.matchAll(/\/URI\s*(?:<([0-9A-F]+)>|\(([^)]*)\))/gi)].map(([, hex, plain]) =>
      hex === undefined ? (plain ?? '') : Buffer.from(hex, 'hex').toString('utf8'),
    ),
    raw,
  };
}

function glyphTable(cmap: string): Map<number, string> {
  const table = new Map<number, string>();
  for (const [, from, to] of cmap.matchAll(/^<([0-9A-F]{4})> <([0-9A-F]{4,})>$/gim)) {
    if (from && to) table.set(Number.parseInt(from, 16), Buffer.from(to, 'hex').swap16().toString('utf16le'));
  }
  return table;
}

function runs(page: string, table: Map<number, string>): string {
  let text = '';
  for (let at = page.indexOf('('); at >= 0; at = page.indexOf('(', at)) {
    const { bytes, end } = literal(page, at + 1);
    for (let i = 0; i + 1 < bytes.length; i += 2) text += table.get(bytes.readUInt16BE(i)) ?? '';
    at = end;
  }
  return text;
}

/** A string between parentheses: escapes, octal bytes, and balanced parentheses that stand for themselves. */
function literal(page: string, from: number): { bytes: Buffer; end: number } {
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  let plain = '';
  let depth = 1;
  let at = from;
  for (; at < page.length; at++) {
    const char = page.charAt(at);
    if (char === '\\') {
      const octal = /^[0-7]{1,3}/.exec(page.slice(at + 1, at + 4))?.[0];
      const next = page.charAt(at + 1);
      plain += octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (named[next] ?? next);
      at += octal ? octal.length : 1;
      continue;
    }
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (depth === 0) break;
    plain += char;
  }
  return { bytes: Buffer.from(plain, 'latin1'), end: at + 1 };
}

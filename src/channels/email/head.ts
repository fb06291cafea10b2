const BLANK = /\r?\n\r?\n/;

/** The head of a mail and the place in the bytes where its body begins. Never throws, whatever the bytes. */
export function splitMail(raw: Buffer): { head: Buffer; body: Buffer } {
  // Latin-1 keeps one character for each byte, so places in the text are places in the bytes.
  const found = BLANK.exec(raw.toString('latin1'));
  const end = found ? found.index + found[0].length : raw.length;
  return { head: raw.subarray(0, end), body: raw.subarray(end) };
}

/** Bytes as text: UTF-8 when they are that, else GB 18030, which holds everything older Chinese programs send unmarked. */
export function decodeUnmarked(bytes: Uint8Array): { text: string; charset: 'utf-8' | 'gb18030' } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), charset: 'utf-8' };
  } catch {
    return { text: new TextDecoder('gb18030').decode(bytes), charset: 'gb18030' };
  }
}

/**
 * A mail as it should have been sent: a head in bare GBK becomes UTF-8, and a plain text that does not name its character
 * set is given the one it is in. Everything else stays byte for byte.
 */
export function mendMail(raw: Buffer): Buffer {
  const { head, body } = splitMail(raw);
  if (raw.every((byte) => byte < 128)) return raw;
  let words = decodeUnmarked(head).text;
  const type = /^content-type:.*(?:\r?\n[ \t].*)*/im.exec(words)?.[0];
  const isPlain = type === undefined || /^content-type:\s*text\//i.test(type);
  const named = /charset\s*=\s*"?([\w-]+)/i.exec(type ?? '')?.[1];
  if (isPlain && (named === undefined || /^us-ascii$/i.test(named)) && body.some((byte) => byte >= 128)) {
    const kind = /text\/html/i.test(type ?? '') ? 'text/html' : 'text/plain';
    const line = `Content-Type: ${kind}; charset=${decodeUnmarked(body).charset}`;
    words = type === undefined ? `${line}\r\n${words}` : words.replace(type, line);
  }
  return Buffer.concat([Buffer.from(words, 'utf8'), body]);
}

import type { FastifyRequest } from 'fastify';
import { Posted, type PostedFile } from './posted.ts';

/** Bytes of one file and of a whole form; photos shrunk by the script are far below, a phone's film may not be. */
export const LARGEST_FILE = 50 * 1024 * 1024;
export const LARGEST_FORM = 80 * 1024 * 1024;
export const MOST_FILES = 12;
const LONGEST_TEXT = 64 * 1024;

export type Received = { ok: true; posted: Posted } | { ok: false; why: 'tooLarge' | 'broken' };

/** Reads a plain or multipart form. Says why when it is too large or cut off on the way. */
export async function receive(request: FastifyRequest): Promise<Received> {
  if (!request.isMultipart()) return { ok: true, posted: plain(request.body) };
  const texts: [string, string][] = [];
  const files: PostedFile[] = [];
  let total = 0;
  try {
    const limits = { fileSize: LARGEST_FILE, files: MOST_FILES, fieldSize: LONGEST_TEXT * 8, fields: 200 };
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') {
        const bytes = await part.toBuffer();
        total += bytes.length;
        if (total > LARGEST_FORM) return { ok: false, why: 'tooLarge' };
        // A file input left empty still sends a part without a name or content.
        if (bytes.length > 0) files.push({ field: part.fieldname, name: part.filename ?? '', bytes });
      } else if (typeof part.value === 'string') texts.push([part.fieldname, part.value]);
    }
  } catch (cause) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
    if (/FST_(REQ_FILE_TOO_LARGE|FILES_LIMIT|PARTS_LIMIT|FIELDS_LIMIT)/.test(code))
      return { ok: false, why: 'tooLarge' };
    return { ok: false, why: 'broken' };
  }
  return { ok: true, posted: new Posted(texts, files) };
}

function plain(body: unknown): Posted {
  if (typeof body !== 'object' || body === null) return new Posted();
  return new Posted(
    Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
      (Array.isArray(value) ? value : [value])
        .filter((text): text is string => typeof text === 'string')
        .map((text) => [name, text] as const),
    ),
  );
}

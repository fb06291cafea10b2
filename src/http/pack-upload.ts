import type { FastifyRequest } from 'fastify';
import { unzipSync } from 'fflate';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { BASE } from '#policy/assemble.ts';
import type { PackSource } from '#policy/source.ts';

const LARGEST_FILE = 2_000_000;
const LARGEST_TEXT = 400_000;
const MOST_FILES = 80;

const nothing = refusal(
  'proposal.noFiles',
  text(
    '没有找到制度包：请上传一个 zip，或 pack.yaml 与 procedures 里的 YAML 文件',
    'There is no pack in it: upload a zip, or pack.yaml and the YAML files of procedures',
  ),
  { field: 'file' },
);
const tooMuch = refusal(
  'attachment.tooLarge',
  text('制度包太大：最多 80 个文件，每个 400 KB', 'The pack is too large: at most 80 files of 400 KB'),
  { field: 'file' },
);
const broken = refusal('proposal.badZip', text('zip 文件损坏，无法打开', 'The zip is damaged and cannot be opened'), {
  field: 'file',
});

/** The YAML files of a multipart upload, out of a zip or single, and the author's note. */
export async function readUpload(request: FastifyRequest): Promise<Result<{ files: PackSource[]; note: string }>> {
  if (!request.isMultipart()) return refuse(nothing);
  const found: [string, Uint8Array][] = [];
  let note = '';
  for await (const part of request.parts({ limits: { fileSize: LARGEST_FILE, files: MOST_FILES, fields: 5 } })) {
    if (part.type === 'field') {
      if (part.fieldname === 'note' && typeof part.value === 'string') note = part.value.trim().slice(0, 2000);
      continue;
    }
    const bytes = await part.toBuffer().catch(() => null);
    if (bytes === null || part.file.truncated) return refuse(tooMuch);
    if (/\.zip$/i.test(part.filename)) {
      const inside = unzip(bytes);
      if (!inside.ok) return inside;
      found.push(...inside.value);
    } else found.push([part.filename, bytes]);
  }
  if (found.length > MOST_FILES || found.some(([, bytes]) => bytes.length > LARGEST_TEXT)) return refuse(tooMuch);
  const files = toSources(found);
  return files.some((file) => file.path === 'pack.yaml') ? accept({ files, note }) : refuse(nothing);
}

/** What a zip holds; what it says of sizes is believed only to refuse, never to allow. */
function unzip(bytes: Buffer): Result<[string, Uint8Array][]> {
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!/\.yaml$/.test(name)) return false;
        total += originalSize;
        if (originalSize > LARGEST_TEXT || total > MOST_FILES * LARGEST_TEXT) throw new RangeError('too much');
        return true;
      },
    });
    return accept(Object.entries(files));
  } catch (cause) {
    return refuse(cause instanceof RangeError ? tooMuch : broken);
  }
}

/** Paths as they stand in a pack's folder, whatever folder the zip has around them; a lone file that is no head is a procedure. */
function toSources(found: readonly [string, Uint8Array][]): PackSource[] {
  const heads = found.flatMap(([name]) => (/(^|\/)pack\.yaml$/.test(name) ? [name.slice(0, -'pack.yaml'.length)] : []));
  const root = heads.sort((a, b) => a.length - b.length)[0] ?? '';
  const decoder = new TextDecoder('utf-8');
  return found.flatMap(([name, bytes]) => {
    if (!name.startsWith(root) || !name.endsWith('.yaml')) return [];
    const inside = name.slice(root.length);
    const path = inside.includes('/') || inside === 'pack.yaml' ? inside : `procedures/${inside}`;
    const known = /^(pack\.yaml|procedures\/[A-Za-z0-9_-]+\.yaml)$/.test(
      path.startsWith(BASE) ? path.slice(BASE.length) : path,
    );
    return known ? [{ path, text: decoder.decode(bytes) }] : [];
  });
}

import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { cleanName } from './file-name.ts';
import { withoutHiddenData } from './film.ts';
import { allowedEndings, type FileKind, kindOf, LARGEST_UPLOAD } from './kinds.ts';
import type { PhotoInput } from './workshop/tasks.ts';
import { type Workshop, workshop } from './workshop/workshop.ts';

/** Longest side of a kept photo, and of its thumbnail, in pixels. */
export const PHOTO_SIDE = 2560;
export const THUMBNAIL_SIDE = 320;
/** Pixels a picture may have before it is shrunk: three times what phones send, far below what a bomb claims. */
export const MOST_PIXELS = 64_000_000;

/** A file that was looked into and made fit to be kept. */
export interface Upload {
  name: string;
  type: string;
  bytes: Uint8Array;
  size: number;
  /** Of `bytes`, lower-case hexadecimal. */
  sha256: string;
  /** JPEG; pictures only. */
  thumbnail: Uint8Array | null;
  width: number | null;
  height: number | null;
}

/**
 * Looks into a file that somebody hands in. Its type comes from its bytes; photos are turned upright, shrunk to 2560 px
 * and lose EXIF and GPS; HEIC becomes JPEG; films lose their place. Refuses with attachment.empty, .tooLarge, .notAllowed, .damaged
 * or .tooManyPixels.
 */
export async function inspectUpload(
  bytes: Uint8Array,
  declaredName: string,
  using: Workshop = workshop,
): Promise<Result<Upload>> {
  if (bytes.length === 0)
    return refuse(refusal('attachment.empty', text('文件是空的，请重新选择', 'The file is empty: choose it again')));
  if (bytes.length > LARGEST_UPLOAD) return refuse(tooLarge(text('文件', 'a file'), LARGEST_UPLOAD));
  const sniffed = (await sniff(bytes, declaredName)) ?? '';
  const known = kindOf(sniffed);
  if (!known) return refuse(notAllowed);
  const { kind, type, ending } = known;
  if (bytes.length > kind.limit) return refuse(tooLarge(kind.what, kind.limit));
  const name = cleanName(declaredName, ending);
  const read = photoFormats[sniffed];
  if (read) return picture(bytes, name, type, read, using);
  if (type === 'video/mp4' || type === 'video/quicktime' || type === 'audio/mp4') {
    try {
      return accept(kept(withoutHiddenData(bytes), name, type));
    } catch (cause) {
      if (cause instanceof RangeError) return refuse(damaged);
      throw cause;
    }
  }
  return accept(kept(bytes, name, type));
}

/** Pictures that are written anew, by what the sniffer calls them. */
const photoFormats: Record<string, PhotoInput['format']> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/heif': 'heic',
};

async function picture(
  bytes: Uint8Array,
  name: string,
  type: string,
  format: PhotoInput['format'],
  using: Workshop,
): Promise<Result<Upload>> {
  const made = await using.run('photo', {
    bytes,
    format,
    maxSide: PHOTO_SIDE,
    thumbnailSide: THUMBNAIL_SIDE,
    maxPixels: MOST_PIXELS,
  });
  if (!made.ok) return refuse(made.why === 'damaged' ? damaged : tooManyPixels);
  return accept({ ...kept(made.bytes, name, type), thumbnail: made.thumbnail, width: made.width, height: made.height });
}

function kept(bytes: Uint8Array, name: string, type: string): Upload {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, type, bytes, size: bytes.length, sha256, thumbnail: null, width: null, height: null };
}

async function sniff(bytes: Uint8Array, declaredName: string): Promise<string | undefined> {
  // A file cut off in its head makes the sniffer stumble; that is no type of ours.
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (found) return found.mime;
  return /\.txt$/i.test(declaredName) && isText(bytes) ? 'text/plain' : undefined;
}

/** Readable text: UTF-8 or GB 18030 without control characters. */
function isText(bytes: Uint8Array): boolean {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
      return !/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(new TextDecoder(encoding, { fatal: true }).decode(bytes));
    } catch {}
  }
  return false;
}

function tooLarge(what: FileKind['what'], limit: number): Refusal {
  const mb = limit / 1024 / 1024;
  return refusal(
    'attachment.tooLarge',
    text(
      `${what.zh}不能超过 ${mb} MB，请压缩或截取后再传`,
      `Such a file (${what.en}) may have up to ${mb} MB: shrink or cut it and send it again`,
    ),
  );
}
const notAllowed = refusal(
  'attachment.notAllowed',
  text(
    `不支持这种文件。可以上传：${allowedEndings.join('、')}`,
    `This kind of file is not accepted. You can send: ${allowedEndings.join(', ')}`,
  ),
);
const damaged = refusal(
  'attachment.damaged',
  text('文件已损坏或不完整，请重新拍摄或选择', 'The file is damaged or incomplete: take or choose it again'),
);
const tooManyPixels = refusal(
  'attachment.tooManyPixels',
  text(
    `图片不能超过 ${MOST_PIXELS / 1e4} 万像素，请缩小后再传`,
    `A picture may have up to ${MOST_PIXELS / 1e6} megapixels: make it smaller and send it again`,
  ),
);

import sharp, { type Sharp } from 'sharp';
import type { PhotoInput, PhotoOutput } from './tasks.ts';

// One picture at a time and nothing kept: memory matters more than speed here.
sharp.concurrency(1);
sharp.cache(false);

/**
 * Turns a photo upright, shrinks it, and writes it anew without EXIF, GPS, comments or colour profiles; makes its
 * thumbnail (JPEG on white). HEIC becomes JPEG. Refuses what cannot be decoded whole, or has more pixels than the limit.
 */
export async function photo(input: PhotoInput): Promise<PhotoOutput> {
  const open = (bytes: Uint8Array): Sharp =>
    sharp(bytes, { limitInputPixels: input.maxPixels, failOn: 'error', sequentialRead: true });
  try {
    if (input.format === 'heic') return await photo(await fromHeic(input));
    const { width, height } = await sharp(input.bytes, { limitInputPixels: false }).metadata();
    if (width * height > input.maxPixels) return { ok: false, why: 'tooManyPixels' };
    const upright = open(input.bytes)
      .autoOrient()
      .resize({ width: input.maxSide, height: input.maxSide, fit: 'inside', withoutEnlargement: true });
    const encoded =
      input.format === 'jpeg'
        ? upright.jpeg({ quality: 85 })
        : input.format === 'png'
          ? upright.png({ compressionLevel: 8 })
          : upright.webp({ quality: 85 });
    const stored = await encoded.toBuffer({ resolveWithObject: true });
    const thumbnail = await open(stored.data)
      .resize({ width: input.thumbnailSide, height: input.thumbnailSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 76 })
      .toBuffer();
    return { ok: true, bytes: stored.data, thumbnail, width: stored.info.width, height: stored.info.height };
  } catch (cause) {
    const why = cause instanceof Error && /pixel limit/i.test(cause.message) ? 'tooManyPixels' : 'damaged';
    return { ok: false, why };
  }
}

/** The same task over the picture inside a HEIC file. A JPEG between keeps one way for everything that follows. */
async function fromHeic(input: PhotoInput): Promise<PhotoInput> {
  // Two megabytes of program that most uploads do not need.
  const { heicPixels } = await import('./heic.ts');
  const pixels = await heicPixels(input.bytes, input.maxPixels);
  if (pixels === 'tooManyPixels') throw new Error('pixel limit');
  const { data, width, height } = pixels;
  const bytes = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize({ width: input.maxSide, height: input.maxSide, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 95 })
    .toBuffer();
  return { ...input, bytes, format: 'jpeg' };
}

/** A picture for print: photos as grey-friendly JPEG, signatures as PNG on white with their empty margin cut. Null when unreadable. */
export async function forPrint(bytes: Uint8Array, kind: 'photo' | 'signature'): Promise<Uint8Array | null> {
  try {
    const side = kind === 'photo' ? 640 : 900;
    const flat = sharp(bytes, { limitInputPixels: 64_000_000, failOn: 'error' })
      .autoOrient()
      .flatten({ background: '#ffffff' });
    if (kind === 'photo')
      return await flat
        .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 80 })
        .toBuffer();
    const drawn = await flat.png().toBuffer();
    // A blank sheet has nothing to trim to; it is printed as it is.
    const trimmed = await sharp(drawn)
      .trim({ threshold: 24 })
      .png()
      .toBuffer()
      .catch(() => drawn);
    return await sharp(trimmed)
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .grayscale()
      .png({ compressionLevel: 9 })
      .toBuffer();
  } catch {
    return null;
  }
}

import { all } from 'heic-decode';

/** A picture as its bare pixels, four bytes each: red, green, blue, cover. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
}

/**
 * The first picture in a HEIC file of a telephone, turned as its file says. Only pixels come out: whatever else the file
 * carries (place, device) is left behind. Its size is looked at before it is unpacked. Throws when it cannot be decoded.
 */
export async function heicPixels(bytes: Uint8Array, maxPixels: number): Promise<Pixels | 'tooManyPixels'> {
  const pictures = await all({ buffer: bytes });
  try {
    const [first] = pictures;
    if (!first) throw new Error('there is no picture in the file');
    if (first.width * first.height > maxPixels) return 'tooManyPixels';
    const { data, width, height } = await first.decode();
    return { data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height };
  } finally {
    pictures.dispose();
  }
}

import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { inspectUpload } from './attachments.ts';
import { cleanName } from './file-name.ts';
import { phonePhoto } from './testing-heic.ts';
import { openWorkshop } from './workshop/workshop.ts';

const workshop = openWorkshop();
afterAll(() => workshop.close());

const look = (bytes: Uint8Array, name: string) => inspectUpload(bytes, name, workshop);
const good = async (bytes: Uint8Array, name: string) => {
  const found = await look(bytes, name);
  if (!found.ok) throw new Error(`${found.refusal.code}: ${found.refusal.message.en}`);
  return found.value;
};
const code = async (bytes: Uint8Array, name: string) => {
  const found = await look(bytes, name);
  return found.ok ? 'accepted' : found.refusal.code;
};
const box = (type: string, ...inside: Uint8Array[]) => {
  const body = Buffer.concat(inside);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};
const colour = { r: 90, g: 140, b: 200 };
const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: colour } });

test('a photo loses the place where it was taken, stands upright and is at most 2560 pixels long', async () => {
  const taken = await plain(3000, 1000)
    .withExif({ IFD0: { Make: 'SecretPhone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '30/1 15/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  expect(taken.includes('SecretPhone')).toBe(true);
  const photo = await good(taken, 'IMG_2034.JPG');
  expect(photo).toMatchObject({ name: 'IMG_2034.jpg', type: 'image/jpeg', width: 853, height: 2560 });
  const kept = await sharp(photo.bytes).metadata();
  expect(kept.exif).toBeUndefined();
  expect(kept.orientation).toBeUndefined();
  expect(Buffer.from(photo.bytes).includes('SecretPhone')).toBe(false);
  const small = await sharp(photo.thumbnail ?? new Uint8Array()).metadata();
  expect([small.width, small.height, small.format]).toEqual([107, 320, 'jpeg']);
});

test('PNG and WebP stay what they are, and lose their comments', async () => {
  for (const [format, type] of [
    ['png', 'image/png'],
    ['webp', 'image/webp'],
  ] as const) {
    const made = await plain(50, 40)
      .withExif({ IFD0: { Artist: 'HiddenArtist' } })
      .toFormat(format)
      .toBuffer();
    const kept = await good(made, `图.${format}`);
    expect(kept).toMatchObject({ type, width: 50, height: 40 });
    expect(Buffer.from(kept.bytes).includes('HiddenArtist')).toBe(false);
  }
});

test('a film keeps its length and loses its place', async () => {
  const place = '+30.2500+120.1600/';
  const film = Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0isommp42', 'latin1')),
    box(
      'moov',
      box('mvhd', Buffer.alloc(100, 1)),
      box('trak', box('udta', Buffer.from(place))),
      box('udta', box('\u00a9xyz', Buffer.from(place))),
    ),
    box('mdat', randomBytes(64)),
  ]);
  const kept = await good(film, '现场.mov');
  expect(kept).toMatchObject({ name: '现场.mp4', type: 'video/mp4', size: film.length, thumbnail: null });
  expect(Buffer.from(kept.bytes).includes(place)).toBe(false);
  expect(Buffer.from(kept.bytes).subarray(-64)).toEqual(film.subarray(-64));
  film.writeUInt32BE(9_999_999, 20 + 4);
  expect(await code(film, '现场.mp4')).toBe('attachment.damaged');
});

test('recordings, PDF, Word, Excel and text are accepted for what they are, not for what they are called', async () => {
  const wav = Buffer.concat([
    Buffer.from('RIFF'),
    Buffer.from([36, 0, 0, 0]),
    Buffer.from('WAVEfmt '),
    Buffer.alloc(40),
  ]);
  expect((await good(wav, 'call.mp3')).name).toBe('call.wav');
  const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
  expect(await good(pdf, '合同.exe')).toMatchObject({ name: '合同.pdf', type: 'application/pdf' });
  expect((await good(office('word/document.xml', 'wordprocessingml.document.main'), '说明.docx')).name).toBe(
    '说明.docx',
  );
  expect((await good(office('xl/workbook.xml', 'spreadsheetml.sheet.main'), '清单.bin')).name).toBe('清单.xlsx');
  expect(await good(strToU8('楼上漏水，已三天。\n'), '经过.txt')).toMatchObject({
    name: '经过.txt',
    type: 'text/plain',
  });
  expect((await good(Buffer.from([0xc2, 0xa5, 0xcb, 0xae, 0x0a]), '记录.TXT')).name).toBe('记录.txt');
});

test('what is not on the list is refused, whatever its name', async () => {
  expect(await code(Buffer.concat([Buffer.from('MZ'), randomBytes(200)]), '照片.jpg')).toBe('attachment.notAllowed');
  expect(await code(strToU8('<script>alert(1)</script>'), 'a.html')).toBe('attachment.notAllowed');
  expect(await code(strToU8('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.png')).toBe(
    'attachment.notAllowed',
  );
  expect(await code(zipSync({ 'a.txt': strToU8('x') }), 'a.docx')).toBe('attachment.notAllowed');
  expect(await code(Buffer.from([0, 1, 2, 3]), 'a.txt')).toBe('attachment.notAllowed');
  expect(await code(new Uint8Array(), 'a.jpg')).toBe('attachment.empty');
});

test('an iPhone photo in HEIC is kept as JPEG, upright and without the place inside', async () => {
  expect(phonePhoto.includes('SecretPhone')).toBe(true);
  const photo = await good(phonePhoto, 'IMG_1.HEIC');
  expect(photo).toMatchObject({ name: 'IMG_1.jpg', type: 'image/jpeg', width: 96, height: 160 });
  const kept = await sharp(photo.bytes).metadata();
  expect([kept.exif, kept.orientation]).toEqual([undefined, undefined]);
  expect(Buffer.from(photo.bytes).includes('SecretPhone')).toBe(false);
  // Taken with the telephone upright: what was left in the sensor's picture is now above.
  const [red = 0, , blue = 0] = await sharp(photo.bytes)
    .extract({ left: 48, top: 20, width: 1, height: 1 })
    .raw()
    .toBuffer();
  expect(red).toBeGreaterThan(blue + 100);
  expect((await sharp(photo.thumbnail ?? new Uint8Array()).metadata()).format).toBe('jpeg');
  expect(await code(phonePhoto.subarray(0, phonePhoto.length - 200), 'IMG_1.HEIC')).toBe('attachment.damaged');
});

test('a picture that claims a billion pixels is refused before it is unpacked', async () => {
  expect(await code(png(40_000, 40_000), 'bomb.png')).toBe('attachment.tooManyPixels');
});

test('a photo cut off on its way is refused as damaged', async () => {
  const whole = await plain(800, 600).jpeg().toBuffer();
  expect(await code(whole.subarray(0, whole.length / 2), 'half.jpg')).toBe('attachment.damaged');
  expect(await code(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(300)]), 'noise.jpg')).toBe(
    'attachment.damaged',
  );
});

test('a file that is too large is refused with the limit in the sentence', async () => {
  const found = await look(Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(20 * 1024 * 1024)]), '大.pdf');
  expect(found).toMatchObject({
    ok: false,
    refusal: {
      code: 'attachment.tooLarge',
      message: { zh: expect.stringContaining('20 MB'), en: expect.stringContaining('20 MB') },
    },
  });
  expect(await code(Buffer.alloc(101 * 1024 * 1024), '长.mp4')).toBe('attachment.tooLarge');
});

test.each([
  ['../../etc/passwd', 'passwd.jpg'],
  ['C:\\Users\\王\\照片.png', '照片.jpg'],
  ['报修\u202egpj.exe', '报修 gpj.jpg'],
  ['a\u0000b\r\nc".jpg', 'a b c.jpg'],
  ['.....', '附件.jpg'],
  ['CON.jpg', '_CON.jpg'],
  ['😀𠮷.jpeg', '😀𠮷.jpg'],
  ['长'.repeat(300), `${'长'.repeat(100)}.jpg`],
])('the name %j is kept as %j', (declared, kept) => {
  expect(cleanName(declared, 'jpg')).toBe(kept);
});

function office(part: string, kind: string): Uint8Array {
  const type = `application/vnd.openxmlformats-officedocument.${kind}+xml`;
  return zipSync({
    '[Content_Types].xml': strToU8(
      `<?xml version="1.0"?><Types><Override PartName="/${part}" ContentType="${type}"/></Types>`,
    ),
    '_rels/.rels': strToU8('<Relationships/>'),
    [part]: strToU8('<x/>'),
  });
}

/** A PNG whose head claims a size that its few bytes do not hold. */
function png(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

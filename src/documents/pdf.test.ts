import { createHash } from 'node:crypto';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import type { DocumentModel, PaperLanguage } from './model.ts';
import { renderDoorSheet, renderPdf } from './pdf.ts';
import { readPdf } from './pdf-reader.ts';
import { openWorkshop } from './workshop/workshop.ts';

const workshop = openWorkshop();
afterAll(() => workshop.close());

const same = (word: string) => ({ zh: word, en: word });
const AT = Date.UTC(2026, 0, 7, 9, 5, 33);

function form(value: string, lang: PaperLanguage = 'zh'): DocumentModel {
  return {
    title: { zh: '投诉登记表', en: 'Complaint register form' },
    number: 'TS-2026-000123',
    company: '和庭物业服务有限公司',
    sections: [
      { title: { zh: '投诉内容', en: 'Complaint' }, rows: [{ label: { zh: '经过', en: 'What happened' }, value }] },
    ],
    signatures: [{ label: { zh: '业主签字', en: 'Owner' }, signer: '王秀兰', method: 'glass', at: AT }],
    digest: 'ab'.repeat(32),
    issuedAt: AT,
    lang,
  };
}
const print = async (model: DocumentModel) => readPdf(await renderPdf(model, workshop));

test('a register form carries its title, number, company, content, signer, moment and digest', async () => {
  const paper = await print(form('电梯夜间停在 12 层'));
  for (const words of [
    '投诉登记表',
    'TS-2026-000123',
    '和庭物业服务有限公司',
    '电梯夜间停在',
    '王秀兰',
    '屏幕手写',
    '2026-01-07 17:05:33',
  ])
    expect(paper.text).toContain(words);
  expect(paper.text).toContain('ab'.repeat(32));
  expect(paper.text).toContain('1 / 1');
  expect(paper.pages).toBe(1);
});

test('on the 80 mm roll of a thermal printer the receipt is one strip that carries number, words and code', async () => {
  const rows = [{ label: { zh: '处理答复', en: 'Answer' }, value: '最迟 2026-01-09 17:05:33' }];
  const bytes = await renderPdf(
    {
      ...form('电梯夜间停在 12 层，住在高层的老人下不了楼'.repeat(12)),
      sections: [{ title: { zh: '我们答应您', en: 'Promised' }, rows }],
      signatures: [{ label: { zh: '交件人', en: 'Handed in by' }, signer: '', method: 'paper', at: null }],
      qr: 'https://huiyin.example.com/o/c/abc',
      paper: '80mm',
    },
    workshop,
  );
  const paper = await readPdf(bytes);
  expect(paper.pages).toBe(1);
  for (const words of ['TS-2026-000123', '我们答应您', '最迟 2026-01-09 17:05:33', '交件人'])
    expect(paper.text).toContain(words);
  // 80 mm in points.
  expect(Buffer.from(bytes).toString('latin1')).toMatch(/\/MediaBox\s*\[0 0 226\.7/);
});

test('the same form printed twice, in two processes, is the same to the byte', async () => {
  const model = {
    ...form('两次打印'),
    qr: 'https://example.com/c/1',
    attachments: [{ id: 'a', name: '照片.jpg', sha256: '0'.repeat(64), image: await picture() }],
  };
  const other = openWorkshop();
  const digests = [await renderPdf(model, workshop), await renderPdf(model, other)].map((bytes) =>
    createHash('sha256').update(bytes).digest('hex'),
  );
  await other.close();
  expect(digests[0]).toBe(digests[1]);
  const changed = await renderPdf({ ...model, number: 'TS-2026-000124' }, workshop);
  expect(createHash('sha256').update(changed).digest('hex')).not.toBe(digests[0]);
});

test('only the font that comes with the program is used, and the file calls itself PDF/A', async () => {
  const paper = await print(form('中文 English 😀 𠮷 한국어 العربية'));
  expect(paper.fonts.length).toBeGreaterThan(0);
  for (const font of paper.fonts) expect(font).toMatch(/^[A-Z]{6}\+NotoSansSC-(Regular|Bold)/);
  expect(paper.raw).toContain('<pdfaid:part>2</pdfaid:part>');
});

test.each([
  '#read("/etc/passwd")',
  '#image("/etc/passwd") #import "@preview/x:1.0.0": *',
  '\\ $x^2$ *bold* _it_ `raw` @ref <label> // comment',
  ']})] /* open',
  '"quoted" \\"',
])('what a stranger writes is printed as he wrote it: %s', async (value) => {
  const paper = await print({ ...form(value), title: same(value.slice(0, 8)), company: value, copies: value });
  expect(paper.text).toContain(value);
  expect(paper.text).not.toContain('root:');
});

test('any text at all, in any place, gives a paper', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (any) => {
      const model = { ...form(any), title: same(any), number: any, company: any, copies: any, remark: same(any) };
      model.signatures = [{ label: same(any), signer: any, method: any, at: AT, witness: any }];
      expect((await print(model)).pages).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
});

test('a character that the font lacks shows as its Unicode number, with a line that explains it', async () => {
  const paper = await print(form('业主𠮷野，很生气😀'));
  expect(paper.text).toContain('业主〔U+20BB7〕野，很生气〔U+1F600〕');
  expect(paper.text).toContain('字库未收录的字符');
  expect((await print(form('没有生僻字'))).text).not.toContain('字库未收录的字符');
});

test('control characters, half characters and turned reading direction leave the text readable', async () => {
  const paper = await print(form('付款\u202e001\u0000\u0007元\ud800。'));
  expect(paper.text).toMatch(/付款001 {2}元/);
});

test('five thousand characters run over several pages and lose nothing', async () => {
  const value = '电梯夜间频繁停在十二层不动，按键无反应。'.repeat(250);
  const paper = await print(form(value));
  expect(value.length).toBe(5000);
  expect(paper.pages).toBeGreaterThan(2);
  expect(paper.text.split('按键无反应').length - 1).toBeGreaterThanOrEqual(225);
});

test('a word longer than the line is broken, not cut off', async () => {
  const word = `https://example.com/${'abcdefghij'.repeat(40)}`;
  expect((await print(form(word))).text).toContain(word);
});

test('a form without any values, sections or signatures still prints', async () => {
  const paper = await print({
    ...form(''),
    sections: [{ title: same('空'), rows: [] }],
    signatures: [],
    number: '',
    company: '',
    digest: '',
  });
  expect(paper.pages).toBe(1);
  expect((await print(form('  \n'))).text).toContain('—');
});

test('a form to be signed by pen leaves the moment open', async () => {
  const model = form('请签字');
  const paper = await print({
    ...model,
    signatures: [{ label: same('业主签字'), signer: '', method: 'paper', at: null }],
  });
  expect(paper.text).toContain('日期：');
  expect(paper.text).not.toContain('1970');
});

test('English and bilingual forms say their fixed words in those languages', async () => {
  expect((await print(form('x', 'en'))).text).toContain('Signed by');
  const both = await print(form('x', 'both'));
  expect(both.text).toContain('签字人 Signed by');
  expect(both.text).toContain('Complaint register form');
});

test('photos and a drawn signature are on the page, and a broken photo is named instead', async () => {
  const model = form('见照片');
  model.sections[0]?.rows.push({ label: same('照片'), value: '', attachments: ['good', 'broken', 'film'] });
  const sha256 = '0'.repeat(64);
  const paper = await print({
    ...model,
    attachments: [
      { id: 'good', name: '好图.jpg', sha256, image: await picture() },
      { id: 'broken', name: '坏图.jpg', sha256, image: new Uint8Array([1, 2, 3]) },
      { id: 'film', name: '监控.mp4', sha256 },
    ],
    signatures: [{ label: same('业主签字'), signer: '王秀兰', method: 'glass', at: AT, imagePng: await picture() }],
  });
  expect(paper.raw.match(/\/Subtype\s*\/Image/g)).toHaveLength(2);
  expect(paper.text).toContain('坏图.jpg （图片无法显示）');
  expect(paper.text).toContain('监控.mp4');
});

test('door labels: eight on a page, each with its room and telephone', async () => {
  const labels = Array.from({ length: 9 }, (_, i) => ({
    estate: '云栖花园',
    unit: '3栋2单元',
    room: `${101 + i}`,
    url: `https://example.com/r/${i}`,
    telephone: '0571-88001234',
  }));
  const sheet = readPdf(await renderDoorSheet(labels, AT, workshop));
  expect(sheet.pages).toBe(2);
  expect(sheet.links).toEqual(labels.map((label) => label.url));
  for (const words of ['101', '109', '云栖花园', '扫码报事', 'Scan to report', '0571-88001234'])
    expect(sheet.text).toContain(words);
});

async function picture(): Promise<Uint8Array> {
  return sharp({ create: { width: 60, height: 40, channels: 3, background: '#7799bb' } })
    .png()
    .toBuffer();
}

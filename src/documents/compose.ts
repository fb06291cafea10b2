import type { DocumentRow } from '#case/event.ts';
import { formatLocal } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';
import type { DocumentModel, DoorLabel, PaperLanguage, PrintedAttachment, PrintedSignature } from './model.ts';
import { qrSvg } from './qr.ts';
import { inLanguage, methodWords, onOneLine, words } from './words.ts';
import type { Json, TypesetInput } from './workshop/tasks.ts';

// Widths in Chinese characters that still fit beside a second pair of label and value.
const SHORT_VALUE = 13;
const SHORT_LABEL = 9;

/** Lays out a form: which rows share a line, what each box says, which pictures go where. */
export function composeForm(model: DocumentModel): TypesetInput {
  const { lang } = model;
  const attachments = model.attachments ?? [];
  const pictures: TypesetInput['pictures'] = [];
  for (const { id, image } of attachments)
    if (image) pictures.push({ name: `photo:${id}`, bytes: image, kind: 'photo' });
  model.signatures.forEach(({ imagePng }, i) => {
    if (imagePng) pictures.push({ name: `signature:${i}`, bytes: imagePng, kind: 'signature' });
  });
  if (model.qr) pictures.push({ name: 'qr', bytes: new TextEncoder().encode(qrSvg(model.qr)), kind: 'svg' });
  const facts = [
    { label: onOneLine(words.number, lang), value: model.number },
    ...(model.estate ? [{ label: onOneLine(words.estate, lang), value: model.estate }] : []),
    { label: onOneLine(words.issued, lang), value: formatLocal(model.issuedAt) },
  ];
  const data: { [key: string]: Json } = {
    lang,
    paper: model.paper ?? 'a4',
    company: model.company,
    title: { ...inLanguage(model.title, lang) },
    facts,
    number: model.number,
    sections: model.sections.map((section) => ({
      title: onOneLine(section.title, lang),
      lines: lines(section.rows, attachments, lang),
    })),
    attachmentsTitle: onOneLine(words.attachments, lang),
    attachments: attachments.map(({ name, sha256 }, i) => ({ label: marked(i, lang), name, sha256 })),
    signatures: model.signatures.map((signature, i) => box(signature, i, lang)),
    remark: model.remark ? onOneLine(model.remark, lang) : null,
    copies: model.copies ? { label: onOneLine(words.copies, lang), value: model.copies } : null,
    digestLabel: onOneLine(words.digest, lang),
    digest: model.digest,
    qrLabel: model.qr ? onOneLine(words.scanCase, lang) : null,
    rareGlyphs: onOneLine(words.rareGlyphs, lang),
    noPicture: onOneLine(words.noPicture, lang),
  };
  const template = model.paper === '80mm' ? 'slip' : 'form';
  return { template, data, pictures, createdAt: model.issuedAt };
}

/** Lays out door labels, eight on a sheet of A4. */
export function composeDoors(labels: DoorLabel[], issuedAt: Instant): TypesetInput {
  const pictures: TypesetInput['pictures'] = labels.map(({ url }, i) => ({
    name: `qr:${i}`,
    bytes: new TextEncoder().encode(qrSvg(url)),
    kind: 'svg',
  }));
  const data = {
    labels: labels.map(({ estate, unit, room, telephone, url }, i) => ({
      estate,
      unit,
      room,
      telephone,
      url,
      picture: `qr:${i}`,
    })),
  };
  return { template: 'doors', data, pictures, createdAt: issuedAt };
}

/** One line holds one row over the whole width, or two short rows side by side. */
function lines(rows: DocumentRow[], attachments: PrintedAttachment[], lang: PaperLanguage): Json[] {
  const made: Json[] = [];
  for (let i = 0; i < rows.length; i++) {
    const [row, next] = [rows[i], rows[i + 1]];
    if (!row) continue;
    if (next && isShort(row, lang) && isShort(next, lang)) {
      made.push([cell(row, attachments, lang), cell(next, attachments, lang)]);
      i += 1;
    } else made.push([cell(row, attachments, lang)]);
  }
  return made;
}

function cell(row: DocumentRow, attachments: PrintedAttachment[], lang: PaperLanguage): Json {
  const shown = (row.attachments ?? []).map((id) => {
    const index = attachments.findIndex((attachment) => attachment.id === id);
    const known = attachments[index];
    if (!known) return { label: id, name: '', picture: null };
    return { label: marked(index, lang), name: known.name, picture: known.image ? `photo:${id}` : null };
  });
  return { label: { ...inLanguage(row.label, lang) }, value: row.value.trim(), attachments: shown };
}

const marked = (index: number, lang: PaperLanguage): string => {
  const word = lang === 'en' ? words.attachment.en : words.attachment.zh;
  return lang === 'en' ? `${word} ${index + 1}` : `${word}${index + 1}`;
};

function box(signature: PrintedSignature, index: number, lang: PaperLanguage): Json {
  const { at } = signature;
  return {
    label: { ...inLanguage(signature.label, lang) },
    picture: signature.imagePng ? `signature:${index}` : null,
    signed: at !== null,
    lines:
      at === null
        ? [
            { label: onOneLine(words.signer, lang), value: signature.signer },
            { label: onOneLine(words.date, lang), value: '' },
          ]
        : [
            { label: onOneLine(words.signer, lang), value: signature.signer },
            { label: onOneLine(words.method, lang), value: onOneLine(methodWords(signature.method), lang) },
            ...(signature.witness ? [{ label: onOneLine(words.witness, lang), value: signature.witness }] : []),
            { label: onOneLine(words.time, lang), value: formatLocal(at, undefined, true) },
          ],
  };
}

function isShort(row: DocumentRow, lang: PaperLanguage): boolean {
  const label = inLanguage(row.label, lang).main;
  return (
    !row.attachments?.length &&
    !row.value.includes('\n') &&
    width(row.value) <= SHORT_VALUE &&
    width(label) <= SHORT_LABEL
  );
}

/** Width in Chinese characters; a Latin letter counts a little more than half. */
function width(text: string): number {
  let sum = 0;
  for (const char of text) sum += (char.codePointAt(0) ?? 0) < 0x2e80 ? 0.56 : 1;
  return sum;
}

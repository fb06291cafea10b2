import { GENESIS } from '#journal/chain.ts';
import { cleanName } from '../file-name.ts';
import { sealOf } from './check-seal.ts';
import { sha256 } from './digest.ts';
import { ANCHORS, type DossierIndex, type DossierRow, FORMAT, GUIDES, INDEX, JOURNAL, SEAL } from './format.ts';
import { guide } from './guide.ts';
import type { DossierSource } from './source.ts';
import { type Members, pack } from './zip.ts';

const GENESIS_HEX = GENESIS.toString('hex');

/** Packs and seals everything about one case into a ZIP that proves itself offline. Equal content gives equal bytes. */
export async function buildDossier(caseId: string, source: DossierSource): Promise<Uint8Array> {
  const { tenant, number, pack: packId, packVersion } = await source.subject(caseId);
  const rows = await source.journal(caseId);
  const documents = (await source.documents(caseId)).map((document, i) => {
    const path = `documents/${order(i)}-${cleanName(`${document.title.zh}-${document.number.replaceAll('/', '-')}.pdf`, 'pdf')}`;
    return { ...document, path };
  });
  const attachments = (await source.attachments(caseId)).map((attachment, i) => {
    const ending = /\.([a-z0-9]{1,8})$/i.exec(attachment.name)?.[1] ?? 'bin';
    return { ...attachment, path: `attachments/${order(i)}-${cleanName(attachment.name, ending)}` };
  });

  const members: Members = new Map();
  members.set(JOURNAL, utf8(rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
  members.set(ANCHORS, json(await source.anchors(caseId)));
  for (const { path, pdf } of documents) members.set(path, pdf);
  for (const { path, bytes } of attachments) members.set(path, bytes);
  for (const lang of ['zh', 'en'] as const) members.set(GUIDES[lang], utf8(guide(lang, { tenant, caseId, number })));

  const index: DossierIndex = {
    format: FORMAT,
    tenant,
    case: { id: caseId, number },
    pack: { id: packId, version: packVersion },
    clauses: clausesOf(rows),
    journal: { entries: rows.length, head: rows.at(-1)?.hash ?? GENESIS_HEX },
    documents: documents.map(({ path, form, number, title, digest, pdf }) => ({
      path,
      form,
      number,
      title,
      digest,
      sha256: sha256(pdf),
    })),
    attachments: attachments.map(({ path, id, name, type, bytes }) => ({
      path,
      id,
      name,
      type,
      size: bytes.length,
      sha256: sha256(bytes),
    })),
    members: [...members]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, bytes]) => ({ path, size: bytes.length, sha256: sha256(bytes) })),
    sealedAt: source.now(),
  };
  const indexBytes = json(index);
  const { signature, publicKey } = await source.sign(indexBytes);
  members.set(INDEX, indexBytes);
  members.set(SEAL, json(sealOf(signature, publicKey)));
  return pack(members);
}

/** Which clauses the case's entries carried out, in the order they first did. */
function clausesOf(rows: DossierRow[]): DossierIndex['clauses'] {
  const clauses = new Map<string, number[]>();
  for (const { seq, data } of rows) {
    const fact: unknown = JSON.parse(data);
    if (typeof fact !== 'object' || fact === null || !('clause' in fact) || typeof fact.clause !== 'string') continue;
    clauses.set(fact.clause, [...(clauses.get(fact.clause) ?? []), seq]);
  }
  return [...clauses].map(([clause, entries]) => ({ clause, entries }));
}

const order = (index: number): string => String(index + 1).padStart(2, '0');
const utf8 = (content: string): Uint8Array => new TextEncoder().encode(content);
const json = (content: unknown): Uint8Array => utf8(`${JSON.stringify(content, null, 2)}\n`);

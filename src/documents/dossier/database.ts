import type { KeyObject } from 'node:crypto';
import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import type { AnchorKey } from '#journal/anchor-key.ts';
import { readJournal } from '#journal/read.ts';
import type { Instant } from '#kernel/instant.ts';
import { type CasePaper, type Letterhead, papersOf, withPictures } from '../case-papers.ts';
import type { PrintedAttachment } from '../model.ts';
import { renderPdf } from '../pdf.ts';
import { type Attachment, attachmentsOfCase, readAttachment, readThumbnailOf } from '../store.ts';
import { anchorsOfCase } from './anchors-of-case.ts';
import type { DossierRow } from './format.ts';
import type { DossierDocument, DossierSource } from './source.ts';

const subject = statement<{ number: string; pack: string; pack_version: string }>(
  'dossier.subject',
  'select number, pack, pack_version from huiyin.case_file where tenant_id = $1 and id = $2',
);
// The exact texts, because the digests were taken over them.
const rows = statement<DossierRow>(
  'dossier.rows',
  `select seq, position, type, (extract(epoch from at) * 1000)::bigint as at, actor::text, data::text, personal::text,
     encode(salt, 'hex') as salt, encode(personal_salt, 'hex') as "personalSalt", encode(data_digest, 'hex') as "dataDigest",
     encode(personal_digest, 'hex') as "personalDigest", encode(prev_hash, 'hex') as "prevHash", encode(hash, 'hex') as hash
   from huiyin.journal where tenant_id = $1 and case_id = $2 order by seq`,
);

/** What a source needs besides the database. */
export interface DossierSettings {
  letterhead: Letterhead;
  /** The installation's key, as the journal's anchors use it. */
  key: Pick<AnchorKey, 'sign'>;
  publicKey: KeyObject;
  now(): Instant;
}

/** Takes a case of one tenant out of the database: its rows, its forms printed as they were issued, its attachments. */
export function databaseSource(pool: Pool, tenant: string, settings: DossierSettings): DossierSource {
  const ofCase = (caseId: string): Promise<Attachment[]> =>
    withTenant(pool, tenant, (client) => attachmentsOfCase(client, tenant, caseId));
  return {
    subject: async (caseId) => {
      const row = await withTenant(pool, tenant, (client) => subject.one(client, [tenant, caseId]));
      if (!row) throw new Error(`there is no case ${caseId}`);
      return { tenant, number: row.number, pack: row.pack, packVersion: row.pack_version };
    },
    journal: (caseId) => withTenant(pool, tenant, (client) => rows.run(client, [tenant, caseId])),
    documents: async (caseId) => {
      const entries = await withTenant(pool, tenant, (client) => readJournal(client, tenant, caseId));
      const known = new Map((await ofCase(caseId)).map((one) => [one.id, one]));
      const printed: DossierDocument[] = [];
      for (const paper of papersOf(entries, settings.letterhead)) printed.push(await print(pool, tenant, paper, known));
      return printed;
    },
    attachments: async (caseId) => {
      const found = [];
      for (const { id, name, type, sha256 } of await ofCase(caseId)) {
        const bytes = await readAttachment(pool, tenant, id);
        if (bytes) found.push({ id, name, type, sha256, bytes });
      }
      return found;
    },
    anchors: (caseId) => anchorsOfCase(pool, tenant, caseId, settings.publicKey),
    sign: async (bytes) => ({ signature: settings.key.sign(Buffer.from(bytes)), publicKey: settings.publicKey }),
    now: settings.now,
  };
}

async function print(
  pool: Pool,
  tenant: string,
  paper: CasePaper,
  known: Map<string, Attachment>,
): Promise<DossierDocument> {
  const shown = new Map<string, PrintedAttachment>();
  for (const id of paper.shows) {
    const one = known.get(id);
    if (!one) continue;
    const image = one.hasThumbnail ? await readThumbnailOf(pool, tenant, id) : null;
    shown.set(id, { id, name: one.name, sha256: one.sha256, ...(image ? { image } : {}) });
  }
  const drawn = paper.signatureImage ? await readAttachment(pool, tenant, paper.signatureImage) : undefined;
  const { form, number, digest, model } = paper;
  return { form, number, digest, title: model.title, pdf: await renderPdf(withPictures(paper, shown, drawn ?? null)) };
}

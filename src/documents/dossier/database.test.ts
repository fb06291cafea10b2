import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import type { CaseEvent } from '#case/event.ts';
import { toTimestamp, withTenant } from '#db/pool.ts';
import { testDatabase } from '#db/testing.ts';
import { castAnchor } from '#journal/anchor.ts';
import { digestText, GENESIS, seal } from '#journal/chain.ts';
import { allFinished } from '#journal/testing.ts';
import { inspectUpload } from '../attachments.ts';
import { readPdf } from '../pdf-reader.ts';
import { attachToCase, saveAttachment } from '../store.ts';
import { workshop } from '../workshop/workshop.ts';
import { buildDossier } from './build.ts';
import { databaseSource } from './database.ts';
import { installationKey } from './installation-key.ts';
import { verifyDossier } from './verify.ts';
import { unpack } from './zip.ts';

const db = testDatabase();
afterAll(() => workshop.close());

const AT = Date.UTC(2026, 0, 7, 9, 0, 0, 123);
const clerk = { kind: 'staff', personId: '7', name: '前台小李' } as const;
const owner = { kind: 'owner', personId: null, name: '王秀兰' } as const;
const folder = mkdtempSync(join(tmpdir(), 'huiyin-anchors-'));
afterAll(() => rmSync(folder, { recursive: true }));
let arrivals = 0;
const same = (word: string) => ({ zh: word, en: word });

const source = () =>
  databaseSource(db.appPool, 'home', {
    letterhead: { company: '和庭物业服务有限公司', estate: '云栖花园', page: 'https://example.com/c/1', lang: 'zh' },
    ...installationKey(folder),
    now: () => AT + 1000,
  });

test('a case in the database becomes a sound dossier with the form as it was issued and signed', async () => {
  const photo = await hand('现场.jpg');
  const drawn = await hand('签名.png');
  const caseId = await write([photo, drawn]);
  const members = unpack(await buildDossier(caseId, source())) ?? new Map();
  expect([...members.keys()].filter((path) => path.includes('/')).sort()).toEqual([
    'attachments/01-现场.jpg',
    'attachments/02-签名.jpg',
    'documents/01-投诉登记表-TS-1-1.pdf',
    'documents/02-投诉登记表-TS-1-2.pdf',
  ]);
  const [first, second] = [...members].filter(([path]) => path.endsWith('.pdf')).map(([, bytes]) => readPdf(bytes));
  expect(first?.text).toContain('电梯停在十二层');
  expect(first?.text).toContain('签字后表单内容有变动');
  expect(first?.text).toContain('王秀兰');
  expect(first?.raw.match(/\/Subtype\s*\/Image/g)).toHaveLength(2);
  expect(second?.text).toContain('电梯已修好');
  expect(second?.text).not.toContain('签字人');
  const report = verifyDossier(await buildDossier(caseId, source()));
  expect(report.findings.filter(({ severity }) => severity === 'broken')).toEqual([]);
  expect(report.checked.entries).toBe(4);
});

test('after a lawful erasure the dossier is still sound, and the form says what is gone', async () => {
  const caseId = await write([await hand('a.jpg'), await hand('b.jpg')]);
  await db.ownerPool.query('update huiyin.journal set personal = null, personal_salt = null where case_id = $1', [
    caseId,
  ]);
  const bytes = await buildDossier(caseId, source());
  expect(verifyDossier(bytes).sound).toBe(true);
  const form = [...(unpack(bytes) ?? [])].find(([path]) => path.endsWith('-2.pdf'))?.[1];
  expect(readPdf(form ?? new Uint8Array()).text).toContain('表内个人信息已依法删除');
  expect(readPdf(form ?? new Uint8Array()).text).not.toContain('电梯已修好');
});

test('anchors cast over many cases vouch for this one, and show a journal that was written anew', async () => {
  const cases: string[] = [];
  for (let i = 0; i < 5; i++) cases.push(await write([await hand('a.jpg'), await hand('b.jpg')]));
  const [caseId = ''] = cases;
  expect(verifyDossier(await buildDossier(caseId, source())).findings).toContainEqual(
    expect.objectContaining({ code: 'anchor.notYet' }),
  );
  // An anchor covers finished transactions only, and the server is shared with other tests.
  await allFinished(db.ownerPool);
  await castAnchor(db.appPool, installationKey(folder).key, folder, AT + 60_000);
  for (const each of cases) {
    const report = verifyDossier(await buildDossier(each, source()));
    expect(report).toMatchObject({ sound: true, checked: { anchors: 1 }, findings: [{ code: 'seal.compare' }] });
  }
  // Somebody with every power writes another, self-consistent journal and seals it with the stolen key.
  const honest = source();
  const rows = await honest.journal(cases[1] ?? '');
  const forged = await buildDossier(caseId, { ...honest, journal: async () => rows });
  expect(verifyDossier(forged).findings).toContainEqual(
    expect.objectContaining({ code: 'anchor.contradiction', member: 'anchors.json:1' }),
  );
});

test('a row that a superuser edited in the database is named in the dossier', async () => {
  const caseId = await write([await hand('a.jpg'), await hand('b.jpg')]);
  await db.ownerPool.query('alter table huiyin.journal disable trigger journal_is_final');
  await db.ownerPool.query(
    `update huiyin.journal set actor = '{"kind":"staff","personId":"9","name":"别人"}' where case_id = $1 and seq = 3`,
    [caseId],
  );
  await db.ownerPool.query('alter table huiyin.journal enable trigger journal_is_final');
  const report = verifyDossier(await buildDossier(caseId, source()));
  expect(report.findings).toContainEqual(expect.objectContaining({ code: 'journal.hash', member: 'journal.jsonl:3' }));
});

async function hand(name: string): Promise<string> {
  const bytes = await sharp({ create: { width: 80, height: 60, channels: 3, background: '#446688' } })
    .jpeg()
    .toBuffer();
  const looked = await inspectUpload(bytes, name);
  if (!looked.ok) throw new Error(looked.refusal.code);
  arrivals += 1;
  return (await saveAttachment(db.appPool, 'home', randomUUID(), looked.value, clerk, AT + arrivals)).id;
}

/** A case whose form was issued, signed, changed and issued again; written as the journal writes it. */
async function write([photo = '', drawn = '']: string[]): Promise<string> {
  const caseId = randomUUID();
  const digest = (n: number) => digestText(`${caseId}${n}`);
  const form = (n: number, value: string): CaseEvent => ({
    type: 'documentIssued',
    at: AT + n,
    actor: clerk,
    data: { form: 'register', number: `TS-1/${n}`, title: same('投诉登记表'), digest: digest(n), clause: '三.4.2' },
    personal: {
      sections: [
        {
          title: same('内容'),
          rows: [
            { label: same('经过'), value },
            { label: same('照片'), value: '1 件', attachments: [photo] },
          ],
        },
      ],
    },
  });
  const events: CaseEvent[] = [
    form(1, '电梯停在十二层'),
    {
      type: 'documentSigned',
      at: AT + 5,
      actor: owner,
      data: {
        form: 'register',
        digest: digest(1),
        signer: '王秀兰',
        method: 'glass',
        attachment: drawn,
        witness: null,
        clause: '三.4.2',
      },
    },
    {
      type: 'signatureVoided',
      at: AT + 6,
      actor: clerk,
      data: { form: 'register', digest: digest(1), reason: same('签字后表单内容有变动') },
    },
    form(2, '电梯已修好'),
  ];
  const entries = seal('home', caseId, 0, GENESIS, events);
  await withTenant(db.appPool, 'home', async (client) => {
    for (const e of entries)
      await client.query(
        `insert into huiyin.journal (tenant_id, case_id, seq, written_in, type, at, actor, data, personal, salt, personal_salt, data_digest, personal_digest, prev_hash, hash)
         values ('home', $1, $2, pg_current_xact_id()::text::bigint, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          caseId,
          e.seq,
          e.type,
          toTimestamp(e.at),
          e.actor,
          e.data,
          e.personal,
          e.salt,
          e.personalSalt,
          e.dataDigest,
          e.personalDigest,
          e.prevHash,
          e.hash,
        ],
      );
    await client.query(
      `insert into huiyin.case_file (tenant_id, id, number, pack, pack_version, procedure, matter, channel, state_name, state, seq, head_hash, open, received_at, registered_at, changed_at, changed_by)
       values ('home', $1, $2, 'S1', '1.0.0', 'complaint', 'complaint', 'phone', 'open', '{}', 4, $3, true, now(), now(), now(), 'x')`,
      [caseId, createHash('sha256').update(caseId).digest('hex').slice(0, 12), entries.at(-1)?.hash],
    );
    await attachToCase(client, 'home', caseId, [photo, drawn]);
  });
  return caseId;
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseState } from '#case/state.ts';
import { withTenant } from '#db/pool.ts';
import { testDatabase } from '#db/testing.ts';
import { inspectUpload } from '#documents/attachments.ts';
import { attachToCase, saveAttachment } from '#documents/store.ts';
import { uuid7 } from '#handling/uuid.ts';
import { digestText } from '#journal/chain.ts';
import { checkPapers } from '#reports/archive/papers.ts';
import { type ArchivedCase, readArchived } from '#reports/archive/read.ts';
import { openStage, owner, play, type Stage } from '../support/stage.ts';

const db = testDatabase();
let stage: Stage;
let complaint: CaseState;
let inspection: CaseState;
let page = '';

const place = { category: 'environment/greening', place: 'JX-GB1', unit: 'gardening', assignee: 'wujianping' };
const tale = {
  ...place,
  contact: 2,
  inspect: 20,
  complete: 30,
  tell: 50,
};

/** The page the owner signed, handed in as a file and given to the case. */
async function signaturePage(state: CaseState): Promise<string> {
  const upload = await inspectUpload(new TextEncoder().encode(`签字页 ${state.number}`), '签字页.txt');
  if (!upload.ok) throw new Error(upload.refusal.code);
  const id = uuid7(stage.now());
  await saveAttachment(
    db.appPool,
    stage.tenant,
    id,
    upload.value,
    { kind: 'owner', personId: null, name: '业主' },
    stage.now(),
  );
  await withTenant(db.appPool, stage.tenant, (client) => attachToCase(client, stage.tenant, state.id, [id]));
  page = id;
  return id;
}

/** As the owner of the database, behind the back of everything that forbids it. */
async function tamper(sql: string, values: unknown[] = []): Promise<void> {
  const client = await db.ownerPool.connect();
  try {
    await client.query('begin');
    for (const table of ['attachment', 'attachment_content', 'journal', 'case_file'])
      await client.query(`alter table huiyin.${table} disable trigger user`);
    await client.query(sql, values);
    for (const table of ['attachment', 'attachment_content', 'journal', 'case_file'])
      await client.query(`alter table huiyin.${table} enable trigger user`);
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** What the archivist is told after he has asked for the check once more. */
async function checkAgain(): Promise<unknown> {
  const archivist = await stage.staff('luwenbo');
  await stage.take(archivist, inspection, 'recheck', { rectified: '已核对并整改' });
  expect(await stage.handling.drainJobs()).toBe(true);
  return (await stage.stateOf(inspection.id)).entries.recordFindings?.at(-1)?.values;
}

beforeAll(async () => {
  stage = await openStage(db, '2026-03-05 08:00');
  const tales = [
    { received: '2026-03-05 09:00', ...tale, answer: 'satisfied' as const, signature: signaturePage },
    { received: '2026-03-05 10:00', ...tale, answer: 'acceptable' as const },
  ];
  const [first, open] = await play(stage, tales, '2026-03-12 09:00');
  if (!first || !open) throw new Error('Nothing was played');
  complaint = first;
  expect([first.state, open.state]).toEqual(['archived', 'awaitingSignature']);
}, 120_000);
afterAll(() => stage.close());

test('S1-33 · The archivist starts the inspection; a sound archive has no findings', async () => {
  inspection = await stage.begin(
    await stage.staff('luwenbo'),
    'archiveInspection',
    { scope: 'quarter' },
    { channel: 'other' },
  );
  expect(await stage.handling.drainJobs()).toBe(true);
  inspection = await stage.stateOf(inspection.id);
  expect(inspection.state).toBe('rectifying');
  expect(inspection.entries.recordFindings?.[0]?.values).toEqual({ checked: 1 });
});

test('S1-33 · The signature page is taken out of one case: the check names the case and what it lacks, and the inspection cannot pass', async () => {
  const kept = await db.ownerPool.query<{ tenant_id: string; part: number; bytes: Buffer }>(
    'select tenant_id, part, bytes from huiyin.attachment_content where attachment_id = $1',
    [page],
  );
  await tamper('delete from huiyin.attachment_content where attachment_id = $1', [page]);
  expect(await checkAgain()).toEqual({
    missing: [
      `${complaint.number} 缺签：投诉登记表（签名页不在或被改动）`,
      `${complaint.number} 缺附件：签字页.txt（内容不在）`,
    ],
    checked: 1,
  });
  const archivist = await stage.staff('luwenbo');
  expect(await stage.refused(archivist, inspection, 'pass', { conclusion: '合格' })).toBe('inspection.stillMissing');
  for (const row of kept.rows)
    await tamper(
      'insert into huiyin.attachment_content (tenant_id, attachment_id, part, bytes) values ($1, $2, $3, $4)',
      [row.tenant_id, page, row.part, row.bytes],
    );
});

test('S1-33 · A signature page with one byte changed is as good as none', async () => {
  const flip =
    'update huiyin.attachment_content set bytes = set_byte(bytes, 0, 255 - get_byte(bytes, 0)) where attachment_id = $1';
  await tamper(flip, [page]);
  expect(await checkAgain()).toMatchObject({
    missing: [expect.stringContaining('缺签：投诉登记表'), `${complaint.number} 附件被改动：签字页.txt`],
  });
  await tamper(flip, [page]);
});

test('S1-33 · A register form whose words were changed behind the program no longer agrees with the journal', async () => {
  const change = (from: string, to: string) =>
    tamper(
      `update huiyin.journal set personal = replace(personal::text, $2, $3)::json where case_id = $1 and type = 'documentIssued'`,
      [complaint.id, from, to],
    );
  await change('已整改', '未整改');
  expect(await checkAgain()).toMatchObject({
    missing: [expect.stringMatching(/TS260305-0001 记录不一致：.*个人信息部分被改动/)],
  });
  await change('未整改', '已整改');
});

test('S1-33 · A case sealed without its papers is found: an entry taken out of the journal breaks the chain', async () => {
  const removed = await db.ownerPool.query<{ seq: number }>(
    `select seq from huiyin.journal where case_id = $1 and type = 'documentIssued' order by seq limit 1`,
    [complaint.id],
  );
  await tamper(
    `create table public.kept as select * from huiyin.journal where case_id = '${complaint.id}' and seq = ${removed.rows[0]?.seq}`,
  );
  await tamper('delete from huiyin.journal where case_id = $1 and seq = $2', [complaint.id, removed.rows[0]?.seq]);
  expect(await checkAgain()).toMatchObject({ missing: [expect.stringContaining(`${complaint.number} 记录不一致`)] });
  await tamper('insert into huiyin.journal overriding system value select * from public.kept');
});

test('S1-33 · A paper forged with a fitting digest is still found: it says something else than the journal', async () => {
  const read = (): Promise<ArchivedCase[]> =>
    withTenant(db.appPool, stage.tenant, (client) =>
      readArchived(client, stage.tenant, { pack: 'S1', since: null, until: stage.now(), after: null, limit: 10 }),
    );
  const [sound] = await read();
  const [forged] = await read();
  if (!sound || !forged) throw new Error('The archive is empty');
  const pack = await stage.handling.packs.version(stage.tenant, 'S1', sound.state.packVersion);
  const around = { pack, directory: await stage.directory.at(stage.tenant, stage.now()) };
  expect(checkPapers(sound, around, new Set())).toEqual([]);
  const paper = forged.state.documents.findLast((one) => one.form === 'registerForm');
  const issue = forged.events.find((event) => event.type === 'documentIssued' && event.data.digest === paper?.digest);
  if (!paper || issue?.type !== 'documentIssued' || !issue.personal) throw new Error('There is no register form');
  issue.personal = JSON.parse(JSON.stringify(issue.personal).replaceAll('已整改', '业主很满意'));
  expect(checkPapers(forged, around, new Set())).toEqual(['不一致：投诉登记表（内容与签发时的摘要不符）']);
  const digest = digestText(JSON.stringify(['registerForm', issue.data.number, issue.personal?.sections]));
  issue.data = { ...issue.data, digest };
  paper.digest = digest;
  expect(checkPapers(forged, around, new Set())).toEqual([
    '不一致：投诉登记表“处理结果”',
    '不一致：投诉登记表“处理情况”',
  ]);
});

test('S1-33 · Put right and checked again, nothing is missing and the inspection passes into the archive itself', async () => {
  expect(await checkAgain()).toEqual({ checked: 1 });
  const archivist = await stage.staff('luwenbo');
  const passed = await stage.take(archivist, inspection, 'pass', { conclusion: '档案完整' });
  expect(passed).toMatchObject({ state: 'finished', outcome: '档案完整' });
  expect(passed.archivedAt).not.toBeNull();
  expect(passed.documents.some((paper) => paper.form === 'inspectionSheet')).toBe(true);
});

test('S1-33 · A complaint withdrawn by its owner needs no signature and is archived complete', async () => {
  const [state] = await play(stage, [{ received: '2026-03-12 10:00', ...place, contact: 2 }], '2026-03-12 15:00');
  if (!state) throw new Error('Nothing was played');
  await stage.take(owner, state, 'withdraw', { reason: '已自行解决', sure: true });
  await stage.take(await stage.staff('luwenbo'), state, 'archive', { conclusion: '业主撤回' });
  const second = await stage.begin(
    await stage.staff('luwenbo'),
    'archiveInspection',
    { scope: 'all' },
    { channel: 'other' },
  );
  await stage.handling.drainJobs();
  expect((await stage.stateOf(second.id)).entries.recordFindings?.[0]?.values).toEqual({ checked: 3 });
});

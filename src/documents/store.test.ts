import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { withTenant } from '#db/pool.ts';
import { testDatabase } from '#db/testing.ts';
import { HOUR } from '#kernel/instant.ts';
import type { Upload } from './attachments.ts';
import {
  attachmentsOfCase,
  attachToCase,
  openAttachment,
  purgeUnused,
  readAttachment,
  readThumbnailOf,
  saveAttachment,
} from './store.ts';

const db = testDatabase();
const clerk = { kind: 'staff', personId: '7', name: '前台小李' } as const;
const NOW = Date.UTC(2026, 0, 7, 9);

function upload(bytes: Uint8Array, thumbnail: Uint8Array | null = null): Upload {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name: '照片.jpg', type: 'image/jpeg', bytes, size: bytes.length, sha256, thumbnail, width: 10, height: 10 };
}
const save = (bytes: Uint8Array, tenant = 'home', at = NOW) =>
  saveAttachment(db.appPool, tenant, randomUUID(), upload(bytes), clerk, at);
const attach = (caseId: string, ids: string[]) =>
  withTenant(db.appPool, 'home', (client) => attachToCase(client, 'home', caseId, ids));

test('a file of several parts comes back to the byte, whole or in part', async () => {
  const bytes = randomBytes(700_001);
  const saved = await saveAttachment(db.appPool, 'home', randomUUID(), upload(bytes, Buffer.from('small')), clerk, NOW);
  expect(saved).toMatchObject({
    name: '照片.jpg',
    size: 700_001,
    uploadedBy: clerk,
    uploadedAt: NOW,
    caseId: null,
    hasThumbnail: true,
  });
  expect(await readAttachment(db.appPool, 'home', saved.id)).toEqual(bytes);
  const part = await openAttachment(db.appPool, 'home', saved.id, { start: 262_000, end: 600_000 });
  expect(Buffer.concat((await part?.stream.toArray()) ?? [])).toEqual(bytes.subarray(262_000, 600_001));
  expect(await readThumbnailOf(db.appPool, 'home', saved.id)).toEqual(Buffer.from('small'));
});

test('another company sees nothing of it', async () => {
  const saved = await save(randomBytes(10));
  expect(await openAttachment(db.appPool, 'other', saved.id)).toBeUndefined();
  expect(await readThumbnailOf(db.appPool, 'other', saved.id)).toBeUndefined();
  expect(await openAttachment(db.appPool, 'home', 'no id')).toBeUndefined();
});

test('an upload belongs to the first case that uses it', async () => {
  const [one, two] = [await save(randomBytes(10)), await save(randomBytes(10))];
  const [mine, theirs] = [randomUUID(), randomUUID()];
  expect(await attach(mine, [one.id])).toMatchObject({ ok: true, value: [{ id: one.id, caseId: mine }] });
  expect(await attach(mine, [one.id])).toMatchObject({ ok: true });
  expect(await attach(theirs, [two.id, one.id])).toMatchObject({ refusal: { code: 'attachment.ofAnotherCase' } });
  expect(await attach(theirs, [two.id, randomUUID()])).toMatchObject({ refusal: { code: 'attachment.unknown' } });
  expect(await attach(theirs, ['nonsense'])).toMatchObject({ refusal: { code: 'attachment.unknown' } });
  const kept = await withTenant(db.appPool, 'home', async (client) => [
    (await attachmentsOfCase(client, 'home', mine)).map((a) => a.id),
    await attachmentsOfCase(client, 'home', theirs),
  ]);
  expect(kept).toEqual([[one.id], []]);
});

test('two cases asking for one upload at the same moment: one gets it', async () => {
  const saved = await save(randomBytes(10));
  const answers = await Promise.all(Array.from({ length: 4 }, () => attach(randomUUID(), [saved.id])));
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
});

test('unused uploads go after 24 hours, used ones never', async () => {
  const [old, used, fresh] = [
    await save(randomBytes(9), 'home', NOW),
    await save(randomBytes(9), 'home', NOW),
    await save(randomBytes(9), 'home', NOW + 2 * HOUR),
  ];
  await attach(randomUUID(), [used.id]);
  expect(await purgeUnused(db.appPool, 'home', NOW + 24 * HOUR)).toBe(0);
  expect(await purgeUnused(db.appPool, 'home', NOW + 25 * HOUR)).toBeGreaterThan(0);
  expect(await readAttachment(db.appPool, 'home', old.id)).toBeUndefined();
  expect(await readAttachment(db.appPool, 'home', used.id)).toHaveLength(9);
  expect(await readAttachment(db.appPool, 'home', fresh.id)).toHaveLength(9);
  const orphans = await db.ownerPool.query(
    'select 1 from huiyin.attachment_content c where not exists (select from huiyin.attachment a where a.id = c.attachment_id)',
  );
  expect(orphans.rowCount).toBe(0);
});

test('evidence of a case can be neither changed nor removed, not even by the owner of the schema', async () => {
  const saved = await save(randomBytes(9));
  await attach(randomUUID(), [saved.id]);
  const refused = /is final/;
  await expect(db.ownerPool.query('delete from huiyin.attachment where id = $1', [saved.id])).rejects.toThrow(refused);
  await expect(db.ownerPool.query(`update huiyin.attachment set name = 'x' where id = $1`, [saved.id])).rejects.toThrow(
    refused,
  );
  await expect(
    db.ownerPool.query(`update huiyin.attachment_content set bytes = 'x' where attachment_id = $1`, [saved.id]),
  ).rejects.toThrow(refused);
  await expect(
    db.ownerPool.query('delete from huiyin.attachment_content where attachment_id = $1', [saved.id]),
  ).rejects.toThrow(refused);
  await expect(
    withTenant(db.appPool, 'home', (client) =>
      client.query(`update huiyin.attachment set name = 'x' where id = $1`, [saved.id]),
    ),
  ).rejects.toThrow(/permission denied/);
});

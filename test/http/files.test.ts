import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readPdf } from '#documents/pdf-reader.ts';
import type { AttachmentView } from '#http/contract/attachment.ts';
import type { CaseView } from '#http/contract/case.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { DocumentPreview } from '#http/contract/document.ts';
import type { SessionView } from '#http/contract/session.ts';
import { type Answer, type Client, site, usual } from './support.ts';

const at = site();

async function photo(): Promise<Blob> {
  const bytes = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#3a6' } })
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 12/1 0/1' } })
    .jpeg()
    .toBuffer();
  return new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' });
}

function upload(person: Client, file: Blob, name: string): Promise<Answer<AttachmentView & WireProblem>> {
  const body = new FormData();
  body.append('file', file, name);
  return person.ask('/api/v1/attachments', { method: 'POST', body });
}

test('a photo goes up cleaned, becomes part of the case, and is seen by those who see the case', async () => {
  const clerk = await at().as('chenlijuan');
  const sent = await upload(clerk, await photo(), '楼道𠮷.jpg');
  expect(sent.status, sent.text).toBe(201);
  expect(sent.body).toMatchObject({ name: '楼道𠮷.jpg', type: 'image/jpeg', thumbnail: true });
  const stranger = await at().as('fengdahai');
  expect((await stranger.ask(`/api/v1/attachments/${sent.body.id}`)).status).toBe(404);
  const stolen = await stranger.ask<WireProblem>('/api/v1/cases', {
    method: 'POST',
    body: { matter: 'complaint', channel: 'phone', values: { ...usual(), photos: [sent.body.id] } },
  });
  expect(stolen.body).toMatchObject({ status: 422, code: 'attachment.unknown' });
  const made = await clerk.register({ photos: [sent.body.id] });
  expect(made.values.photos).toEqual([sent.body.id]);
  const colleague = await at().as('zhaominghui');
  const raw = await fetch(`${at().url}/api/v1/attachments/${sent.body.id}`, { headers: colleague.headers });
  const bytes = Buffer.from(await raw.arrayBuffer());
  expect(raw.headers.get('content-security-policy')).toContain('sandbox');
  expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  expect((await colleague.ask(`/api/v1/attachments/${sent.body.id}/thumbnail`)).status).toBe(200);
  expect((await stranger.ask(`/api/v1/attachments/${sent.body.id}`)).status).toBe(404);
  const twice = await clerk.ask<WireProblem>('/api/v1/cases', {
    method: 'POST',
    body: { matter: 'complaint', channel: 'phone', values: { ...usual(), photos: [sent.body.id] } },
  });
  expect(twice.body).toMatchObject({ status: 409, code: 'attachment.ofAnotherCase' });
});

test('a photo becomes the case’s in the same moment as the entry that names it, and stays free when that is refused', async () => {
  const { program, database } = at();
  const clerk = await at().as('chenlijuan');
  const photos = [(await upload(clerk, await photo(), 'a.jpg')).body.id];
  const caseOf = async () =>
    (await database.ownerPool.query('select case_id from huiyin.attachment where id = $1', [photos[0]])).rows[0];
  const ask = (values: object, key: string) =>
    clerk.ask<CaseView & WireProblem>('/api/v1/cases', {
      method: 'POST',
      headers: { 'idempotency-key': key },
      body: { matter: 'complaint', channel: 'phone', values: { ...usual(), photos, ...values } },
    });
  const early = await ask({ occurredAt: '2999-01-01T00:00:00+08:00' }, 'the-late-one');
  expect(early.body).toMatchObject({ status: 422, field: 'occurredAt' });
  expect(await caseOf()).toEqual({ case_id: null });
  // A program killed before it could answer: nothing but the journal's own write is left of it.
  const me = (await clerk.ask<SessionView>('/api/v1/session')).body.signedIn;
  const posts = me?.posts.map((post) => post.code) ?? [];
  const pack = await program.handling.packs.current('demo', 'S1');
  const said = await program.handling.handle({
    tenant: 'demo',
    actor: { kind: 'staff', personId: clerk.personId, name: me?.person.name ?? '', posts },
    pack: pack?.pack ?? '',
    command: { type: 'register', matter: 'complaint', channel: 'phone', values: { ...usual(), photos } },
  });
  if (!said.ok) throw new Error(JSON.stringify(said.refusal));
  expect(await caseOf()).toEqual({ case_id: said.value.caseId });
  // Of two cases that ask for one photo at the same moment one gets it, and the other is not begun.
  const both = [(await upload(clerk, await photo(), 'b.jpg')).body.id];
  const answers = await Promise.all([ask({ photos: both }, 'the-first-one'), ask({ photos: both }, 'the-second-one')]);
  expect(answers.map((one) => one.status).sort(), answers[0]?.text).toEqual([201, 409]);
  expect(answers.find((one) => one.status === 409)?.body.code).toBe('attachment.ofAnotherCase');
  // Asked again with the same key, the first answer comes, files and all.
  const key = answers[0]?.status === 201 ? 'the-first-one' : 'the-second-one';
  const again = await ask({ photos: both }, key);
  expect(again.status).toBe(201);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(again.body.id).toBe(answers.find((one) => one.status === 201)?.body.id);
});

test('what is no file, a script, or too large is refused by its real content', async () => {
  const clerk = await at().as('chenlijuan');
  const script = await upload(clerk, new Blob(['<html><script>alert(1)</script></html>']), 'photo.jpg');
  expect(script.body).toMatchObject({ status: 415, code: 'attachment.notAllowed' });
  const empty = await upload(clerk, new Blob([]), 'photo.jpg');
  expect(empty.body).toMatchObject({ status: 422, code: 'attachment.empty' });
  const none = await clerk.ask<WireProblem>('/api/v1/attachments', { method: 'POST', body: new FormData() });
  expect(none.body.code).toBe('attachment.missing');
});

test('a form is shown masked, says whether it was issued, and prints as PDF only once it was', async () => {
  const clerk = await at().as('chenlijuan');
  const made: CaseView = await clerk.register();
  const path = `/api/v1/cases/${made.id}/documents`;
  const form = await clerk.ask<DocumentPreview>(`${path}/registerForm`);
  expect(form.status, form.text).toBe(200);
  const rows = form.body.sections.flatMap((section) => section.rows.map((row) => row.value));
  expect(rows).toContain('王**');
  expect(rows).not.toContain('王小明');
  expect((await clerk.ask<WireProblem>(`${path}/noSuchForm`)).body.code).toBe('document.unknown');
  const issued = made.documents[0]?.form;
  const pdf = await fetch(`${at().url}${path}/${issued ?? 'registerForm'}.pdf`, { headers: clerk.headers });
  if (issued === undefined) expect(pdf.status).toBe(404);
  else expect(readPdf(new Uint8Array(await pdf.arrayBuffer())).text).not.toContain('王小明');
  const sealed = await clerk.ask<WireProblem>(`/api/v1/cases/${made.id}/dossier.zip`);
  expect(sealed.body).toMatchObject({ status: 409, code: 'dossier.notSealed' });
});

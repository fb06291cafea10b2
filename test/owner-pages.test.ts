import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { responsible } from '#case/next-moment.ts';
import { testDatabase } from '#db/testing.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { inspectUpload } from '#documents/attachments.ts';
import { saveAttachment } from '#documents/store.ts';
import { phonePhoto } from '#documents/testing-heic.ts';
import { HOUR } from '#kernel/instant.ts';
import { formOf, sendForm, type WebFile } from './support/form.ts';
import { type OwnerSite, openOwnerSite } from './support/owner-site.ts';

const db = testDatabase();
let site: OwnerSite;
let photo: WebFile;

const START = Date.parse('2026-11-23T10:00:00+08:00');
beforeAll(async () => {
  site = await openOwnerSite(db, START);
  const bytes = await sharp({ create: { width: 900, height: 700, channels: 3, background: '#7a9' } })
    .jpeg()
    .toBuffer();
  photo = { name: '绿化带.jpg', bytes, type: 'image/jpeg' };
});
afterAll(() => site.close());
// Every visitor takes a quarter of an hour, so that nobody is taken for a program and nobody comes too often.
beforeEach(() => site.setTime(site.now() + HOUR / 4));

const open = async (url: string, headers: Record<string, string> = {}): Promise<string> =>
  (await fetch(new URL(url, site.url), { headers })).text();
const text = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
const complaint = {
  'f.content': '绿化带两个月没人修剪，草比人高',
  'f.contactName': '王秀英',
  'f.contactPhone': '199 0000 1234',
};

/** What the button sends that says: mine is another thing. */
const ALONE = { alike: 'anew' };

/** Opens the form at a door, waits as long as writing takes, sends it. */
async function report(values: Record<string, string> = complaint, files: Record<string, WebFile[]> = {}) {
  const form = formOf(await open(site.door('JX-3-2-502')));
  site.setTime(site.now() + 60_000);
  // Many here report the same thing at the same door; whoever is asked whether it is that says no.
  return sendForm(site.url, form, { ...values, ...ALONE }, files);
}

/** A report that arrived: its number, its page and its case. */
async function reported(values?: Record<string, string>, files?: Record<string, WebFile[]>) {
  const sent = await report(values, files);
  const number = /TS\d{6}-\d{4}/.exec(sent.page)?.[0];
  if (number === undefined) throw new Error(text(sent.page));
  const state = await site.caseOf(number);
  return { number, state, page: sent.page, url: new URL(sent.url).pathname };
}

/** The staff bring a case to where the owner is asked whether he is satisfied. */
async function answered(caseId: string): Promise<void> {
  const at = '2026-12-20';
  await site.staff('chenlijuan', caseId, 'contact', {
    how: 'phone',
    spokenWith: '王秀英',
    contentConfirmed: true,
    procedureExplained: true,
  });
  await site.staff('chenlijuan', caseId, 'classify', { category: 'environment/greening' });
  await site.staff('chenlijuan', caseId, 'dispatch', { unit: 'gardening', assignee: site.person('wujianping') });
  await site.staff('wujianping', caseId, 'accept');
  await site.staff('wujianping', caseId, 'inspect', { findings: '两个月未修剪', noEvidenceReason: '天黑' });
  await site.staff('wujianping', caseId, 'plan', { measures: ['修剪'], completeBy: at });
  await site.staff('wujianping', caseId, 'doMeasure', { measure: '修剪' });
  await site.staff('wujianping', caseId, 'complete', { outcome: '已修剪' });
  await site.staff('wujianping', caseId, 'notifyResult', {
    handling: '绿化带已修剪完毕',
    improvement: '养护改为每月两次',
    how: 'page',
  });
}

test('before anything is sent the page says what is promised and by which clause (S1-03, S1-11)', async () => {
  const page = await open(site.door('JX-3-2-502'));
  expect(text(page)).toMatch(/24 小时内联系您 第 三\.1\.3 条/);
  expect(text(page)).toContain('公正：被投诉的人不经手本件');
  expect(page).toContain('就在这里：锦绣花园3栋2单元502');
  expect(Buffer.byteLength(page)).toBeLessThan(30 * 1024);
});

test('nothing on the pages comes from another address and no script stands in them', async () => {
  const answer = await fetch(site.door('JX-3-2-502'));
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  const page = await answer.text();
  const addresses = [...page.matchAll(/\s(?:src|href|action)="([^"]*)"/g)].map(([, address = '']) => address);
  expect(addresses.filter((address) => !/^(\/o\b|tel:|#|data:,)/.test(address))).toEqual([]);
  const served = await fetch(new URL(/src="(\/o\/s[^"]+)"/.exec(page)?.[1] ?? '', site.url));
  const script = await served.text();
  expect(Buffer.byteLength(script)).toBeLessThan(15 * 1024);
  expect(script).toMatch(/^\(\(\) => \{.*\}\)\(\);\n$/s);
});

test('what is missing is named one by one, and nothing typed or photographed is lost (S1-10)', async () => {
  const sent = await report({ 'f.content': '电梯里有<b>水</b>', 'f.contactPhone': '123' }, { 'f.photos': [photo] });
  expect(sent.status).toBe(422);
  expect(text(sent.page)).toContain('请填写“业主姓名”');
  expect(text(sent.page)).toContain('电话号码不对');
  expect(sent.page).toContain('电梯里有&lt;b&gt;水&lt;/b&gt;</textarea>');
  const form = formOf(sent.page);
  const kept = form.values.filter(([name]) => name === 'f.photos.kept');
  expect(kept).toHaveLength(1);
  const small = await fetch(`${site.url}/o/u/${DEMO_TENANT}/${kept[0]?.[1]}`);
  expect([small.status, small.headers.get('content-type')]).toEqual([200, 'image/jpeg']);

  const again = await sendForm(site.url, form, { 'f.contactName': '赵先生', 'f.contactPhone': '19900001234' });
  const number = /TS\d{6}-\d{4}/.exec(again.page)?.[0] ?? '';
  const state = await site.caseOf(number);
  expect(state.values).toMatchObject({ content: '电梯里有<b>水</b>', photos: [kept[0]?.[1]] });
  expect(state.channel).toBe('doorCode');
  expect(state.values.place).toMatchObject({ text: '锦绣花园3栋2单元502' });
  const held = await db.ownerPool.query('select case_id from huiyin.attachment where id = $1', [kept[0]?.[1]]);
  expect(held.rows).toEqual([{ case_id: state.id }]);
});

test('the same form sent twice is one case, even with the photo uploaded again', async () => {
  const form = formOf(await open(site.door('JX-3-2-502')));
  site.setTime(site.now() + 60_000);
  const count = async (): Promise<number> =>
    (await db.ownerPool.query<{ n: number }>('select count(*)::int as n from huiyin.case_file')).rows[0]?.n ?? 0;
  const before = await count();
  const sent = await Promise.all([
    sendForm(site.url, form, complaint, { 'f.photos': [photo] }),
    sendForm(site.url, form, complaint, { 'f.photos': [photo] }),
  ]);
  const later = await sendForm(site.url, form, { ...complaint, 'f.content': '改过的话' });
  expect(await count()).toBe(before + 1);
  const numbers = [...sent, later].map(({ page }) => /TS\d{6}-\d{4}/.exec(page)?.[0]);
  expect(new Set(numbers).size).toBe(1);
  expect([...sent, later].map(({ status }) => status)).toEqual([200, 200, 200]);
});

test('a program is stopped, a person who was taken for one presses once more and loses nothing', async () => {
  const form = formOf(await open(site.door('JX-3-2-502')));
  const fast = await sendForm(site.url, form, complaint);
  expect([fast.status, text(fast.page).includes('再按一次“提交”')]).toEqual([422, true]);
  site.setTime(site.now() + 5_000);
  const trapped = await sendForm(site.url, formOf(fast.page), { website: 'http://spam.example' });
  expect(trapped.status).toBe(422);
  const sent = await sendForm(site.url, formOf(trapped.page), ALONE);
  expect(sent.page).toContain('绿化带两个月没人修剪');
  expect(sent.url).toContain('new=1');
});

test('changing what it is about keeps every word, and the promise changes with it (S1-04)', async () => {
  const form = formOf(await open(site.door('JX-3-2-502')));
  const other = await sendForm(site.url, form, { ...complaint, switch: 'S1.suggestion' }, { 'f.photos': [photo] });
  expect(other.status).toBe(200);
  expect(text(other.page)).toContain('5 个工作日内答复 第 二.1 条');
  const again = formOf(other.page);
  expect(again.values).toContainEqual(['f.content', complaint['f.content']]);
  expect(again.values.some(([name]) => name === 'f.photos.kept')).toBe(true);
  site.setTime(site.now() + 60_000);
  const sent = await sendForm(site.url, again, ALONE);
  expect(text(sent.page)).toMatch(/已收到，编号 JY\d{6}-\d{4}/);
});

test('without a code at a door the estate is chosen, the room typed, and the room is recognised', async () => {
  const form = formOf(await open('/o'));
  const estate = /value="([0-9a-f-]{36})"><span>锦绣花园/.exec(await open('/o'))?.[1] ?? '';
  site.setTime(site.now() + 60_000);
  const sent = await sendForm(site.url, form, {
    ...complaint,
    ...ALONE,
    'f.place': estate,
    'f.place.text': '5栋1单元1102',
  });
  const state = await site.caseOf(/TS\d{6}-\d{4}/.exec(sent.page)?.[0] ?? '');
  expect(state.channel).toBe('web');
  const room = await db.ownerPool.query<{ id: string }>(
    `select premises_id as id from huiyin.premises where code = 'JX-5-1-1102'`,
  );
  expect(state.values.place).toMatchObject({ premisesId: room.rows[0]?.id });
});

test('yesterday afternoon, somewhere else: time and place are recorded as they were said', async () => {
  const { state } = await reported({
    ...complaint,
    'f.occurredAt': 'yesterday',
    'f.occurredAt.time': '15:30',
    'f.place': 'elsewhere',
    'f.place.text': '东门岗亭旁边',
  });
  expect(state.values.occurredAt).toBe(Date.parse('2026-11-22T15:30:00+08:00'));
  expect(state.values.place).toMatchObject({ text: '东门岗亭旁边' });
});

test('after sending, the page says the number, by when somebody calls, who is responsible and his own words', async () => {
  const { number, page, url, state } = await reported();
  expect(text(page)).toContain(`已收到，编号 ${number}`);
  expect(text(page)).toMatch(/最迟 明天（11月24日）\d\d:\d\d 24 小时内联系您 第 三\.1\.3 条/);
  expect(page).toContain(state.duties.caseOfficer?.name);
  expect(page).toContain('绿化带两个月没人修剪，草比人高');
  expect(text(page)).toContain('199****1234');
  expect(page).not.toContain('19900001234');
  expect(Buffer.byteLength(page)).toBeLessThan(30 * 1024);
  expect(text(await open(`${url}?lang=en`))).toContain('Contact you within 24 hours');
  expect(text(await open(url, { 'accept-language': 'en' }))).toContain('What happened');
});

test('a promise that was not kept is said to be late, and stays so after it was done (S1-11)', async () => {
  const { url, state } = await reported();
  site.setTime(state.receivedAt + 26 * HOUR);
  expect(text(await open(url))).toMatch(/已经晚了 2 小时.*对不起/);
  await site.staff('chenlijuan', state.id, 'contact', {
    how: 'phone',
    spokenWith: '王秀英',
    contentConfirmed: true,
    procedureExplained: true,
  });
  const after = text(await open(url));
  expect(after).toMatch(/24 小时内联系您 第 三\.1\.3 条 晚了 · .* 才做到，晚了 2 小时/);
  expect(after).toContain('没有按时：24 小时内联系您');
});

test('satisfied: he reads the whole form and confirms it with his name, and exactly that form is signed (S1-24)', async () => {
  const { url, state } = await reported();
  await answered(state.id);
  const page = await open(url);
  expect(text(page)).toMatch(/通知您?处理结果 处理情况 绿化带已修剪完毕/);
  const rated = await sendForm(site.url, formOf(await open(`${url}/do/satisfied`)), { 'f.rating': 'satisfied' });
  expect(text(rated.page)).toContain('谢谢，已经记下了');
  const paper = await open(`${url}/do/sign`);
  expect(text(paper)).toContain('投诉登记表');
  expect(text(paper)).toContain('绿化带两个月没人修剪');
  const unsigned = await sendForm(site.url, formOf(paper));
  expect([unsigned.status, text(unsigned.page).includes('还没有签')]).toEqual([422, true]);
  const signed = await sendForm(site.url, formOf(unsigned.page), { 'f.signature.tick': 'yes' });
  expect(signed.url).toContain('done=sign');
  const form = (await site.caseOf(state.number)).documents.find((one) => one.form === 'registerForm');
  expect(form?.signature).toMatchObject({ signer: '王秀英', method: 'electronic', attachment: null });
  expect(paper).toContain(form?.digest);
  expect(text(signed.page)).toContain('《投诉登记表》已签字（网上确认）');
});

test('a signature drawn on the glass is kept as a picture of the case (S1-24)', async () => {
  const { url, state } = await reported();
  await answered(state.id);
  await sendForm(site.url, formOf(await open(`${url}/do/satisfied`)), { 'f.rating': 'acceptable' });
  const drawing = await sharp({ create: { width: 640, height: 280, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const signed = await sendForm(site.url, formOf(await open(`${url}/do/sign`)), {
    'f.signature.drawn': `data:image/png;base64,${drawing.toString('base64')}`,
  });
  expect(signed.url).toContain('done=sign');
  const signature = (await site.caseOf(state.number)).documents.find((one) => one.form === 'registerForm')?.signature;
  expect(signature?.method).toBe('glass');
  const kept = await db.ownerPool.query('select case_id from huiyin.attachment where id = $1', [signature?.attachment]);
  expect(kept.rows).toEqual([{ case_id: state.id }]);
});

test('when the form has changed since he read it, it is not signed but shown again (S1-24)', async () => {
  const { url, state } = await reported();
  await answered(state.id);
  await sendForm(site.url, formOf(await open(`${url}/do/satisfied`)), { 'f.rating': 'satisfied' });
  const form = formOf(await open(`${url}/do/sign`));
  const stale = form.values.map(([name, value]): [string, string] => [
    name,
    name === 'f.signature.digest' ? value.replace(/^../, value.startsWith('00') ? '11' : '00') : value,
  ]);
  const refused = await sendForm(site.url, { ...form, values: stale }, { 'f.signature.tick': 'yes' });
  expect(refused.status).toBe(409);
  expect(text(refused.page)).toContain('表上的内容刚刚有变动');
  expect(text(refused.page)).toContain('投诉登记表');
  expect((await site.caseOf(state.number)).state).toBe('awaitingSignature');
});

test('not satisfied: his reason and his photo reach the people responsible, and he sees the new promise (S1-25)', async () => {
  const { url, state } = await reported();
  await answered(state.id);
  const form = formOf(await open(`${url}/do/dissatisfied`));
  const sent = await sendForm(site.url, form, { 'f.reason': '东边还有一片没剪' }, { 'f.photos': [photo] });
  expect(text(sent.page)).toContain('24 小时内再次沟通');
  const entry = (await site.caseOf(state.number)).entries.dissatisfied?.[0];
  expect(entry?.values.reason).toBe('东边还有一片没剪');
  const photos = entry?.values.photos;
  const id = Array.isArray(photos) ? photos[0] : undefined;
  const image = await fetch(`${site.url}${url}/a/${id}`);
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  // Pressed twice: the second press is answered like the first.
  const twice = await sendForm(site.url, form, { 'f.reason': '东边还有一片没剪' }, { 'f.photos': [photo] });
  expect(twice.url).toContain('done=dissatisfied');
  expect((await site.caseOf(state.number)).entries.dissatisfied).toHaveLength(1);
});

test('something new happened while he wrote: he sees it, and his words are still there', async () => {
  const { url, state } = await reported();
  const form = formOf(await open(`${url}/do/reportShirking`));
  await site.staff('chenlijuan', state.id, 'contact', {
    how: 'phone',
    spokenWith: '王秀英',
    contentConfirmed: true,
    procedureExplained: true,
  });
  const met = await sendForm(site.url, form, { 'f.what': '打了三次电话都说在忙' });
  expect(met.status).toBe(412);
  expect(text(met.page)).toMatch(/刚才有新的进展.*联系您/);
  const again = formOf(met.page);
  expect(again.values).toContainEqual(['f.what', '打了三次电话都说在忙']);
  const sent = await sendForm(site.url, again);
  expect(sent.url).toContain('done=reportShirking');
  expect((await site.caseOf(state.number)).entries.reportShirking).toHaveLength(1);
});

test('an act that is no longer possible hands his words over to the note', async () => {
  const { url, state } = await reported();
  const late = formOf(await open(`${url}/do/withdraw`));
  await sendForm(site.url, formOf(await open(`${url}/do/withdraw`)), { 'f.reason': '已经解决', 'f.sure': 'yes' });
  const refused = await sendForm(site.url, late, { 'f.reason': '其实还有一句话要说', 'f.sure': 'yes' });
  expect(refused.status).toBe(409);
  const note = formOf(refused.page, '/note');
  expect(note.values).toContainEqual(['text', '其实还有一句话要说']);
  const sent = await sendForm(site.url, note);
  expect(text(sent.page)).toContain('其实还有一句话要说');
  expect((await site.caseOf(state.number)).notes[0]?.visible).toBe(true);
});

test('when it is finished he reads the outcome, and how to say more or report again (S1-06)', async () => {
  const { url, state } = await reported();
  await sendForm(site.url, formOf(await open(`${url}/do/withdraw`)), { 'f.reason': '邻居已经修好了', 'f.sure': 'yes' });
  await site.staff('luwenbo', state.id, 'archive', { conclusion: '业主撤回' });
  const page = text(await open(url));
  expect(page).toContain('已办结归档');
  expect(page).toContain('处理结果 邻居已经修好了');
  expect(page).toMatch(/重新反映.*补充几句/);
  const noted = await sendForm(site.url, formOf(await open(url), '/note'), { text: '过了一周又坏了' });
  expect(text(noted.page)).toContain('过了一周又坏了');
});

test('a link that was guessed, and a photo that is not on the page, are not found', async () => {
  const guessed = await fetch(`${site.url}/o/c/${DEMO_TENANT}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`);
  expect([guessed.status, text(await guessed.text()).includes('没有找到')]).toEqual([404, true]);
  expect((await fetch(`${site.url}/o/c/nonsense`)).status).toBe(404);
  const door = await fetch(`${site.url}/o/d/${DEMO_TENANT}.AAAAAAAAAAAAAAAAAAAAAAAA`);
  expect(door.status).toBe(404);

  const inspected = await inspectUpload(photo.bytes, 'staff.jpg');
  if (!inspected.ok) throw new Error('the photo is not a photo');
  const secret = crypto.randomUUID();
  const clerk = { kind: 'staff', personId: site.person('chenlijuan'), name: '陈丽娟' } as const;
  await saveAttachment(db.appPool, DEMO_TENANT, secret, inspected.value, clerk, site.now());
  const { url, state } = await reported({ ...complaint, 'f.photos.kept': secret });
  expect(state.values.photos).toBeUndefined();
  expect((await fetch(`${site.url}${url}/a/${secret}`)).status).toBe(404);
  expect((await fetch(`${site.url}/o/u/${DEMO_TENANT}/${secret}`)).status).toBe(404);
});

test('words with markup in them are shown as words everywhere', async () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
  const { url, page } = await reported({ ...complaint, 'f.content': evil, 'f.contactName': evil.slice(0, 50) });
  const noted = await sendForm(site.url, formOf(page, '/note'), { text: evil });
  for (const shown of [page, noted.page, await open(`${url}?lang=en`), await open(`${url}/do/withdraw`)]) {
    expect(shown.match(/<script/g)).toHaveLength(1);
    expect(shown).not.toContain('<img src=x');
  }
});

test('too many reports from one address are asked to wait, politely and without losing a word', async () => {
  const form = formOf(await open(site.door('JX-3-2-502')));
  let last = { status: 0, page: '' };
  for (let i = 0; i < 31; i += 1) last = await sendForm(site.url, form, { 'f.content': '第一句话' });
  expect(last.status).toBe(429);
  expect(last.page).toContain('第一句话</textarea>');
  expect(text(last.page)).toMatch(/过 10 分钟再试/);
});

test('a photo sent ahead of its form is kept, so that a lost connection costs one photo and not all of them', async () => {
  const form = formOf(await open(site.door('JX-3-2-502')));
  const ahead = new FormData();
  ahead.append('matter', 'S1.complaint');
  ahead.append('f.photos', new Blob([new Uint8Array(phonePhoto)], { type: 'image/heic' }), 'IMG_0001.HEIC');
  const parked = await fetch(new URL(`${form.action}?park=1`, site.url), { method: 'POST', body: ahead });
  expect([parked.status, parked.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  const id = /[0-9a-f-]{36}/.exec(await parked.text())?.[0] ?? '';
  site.setTime(site.now() + 60_000);
  const sent = await sendForm(site.url, form, { ...complaint, ...ALONE, 'f.photos.kept': id });
  const state = await site.caseOf(/TS\d{6}-\d{4}/.exec(sent.page)?.[0] ?? '');
  expect(state.values.photos).toEqual([id]);
  const image = await fetch(`${site.url}${new URL(sent.url).pathname}/a/${id}`);
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
});

test('a film is not taken, and he reads what to do with it; his words are still there', async () => {
  const film: WebFile = {
    name: '漏水.mp4',
    bytes: Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom\0\0\0\0isommp42', 'latin1')]),
    type: 'video/mp4',
  };
  const sent = await report(complaint, { 'f.photos': [film] });
  expect(sent.status).toBe(422);
  expect(text(sent.page)).toContain('漏水.mp4：这里不收视频和录音');
  expect(sent.page).toContain('绿化带两个月没人修剪，草比人高</textarea>');
});

test('photos can be added to what was reported, and everybody who may see the case sees them', async () => {
  const { url, state } = await reported();
  const form = formOf(await open(url), '/note');
  const noted = await sendForm(site.url, form, { text: '' }, { 'f.files': [photo] });
  expect(noted.status).toBe(200);
  const note = (await site.caseOf(state.number)).notes.at(-1);
  expect(note).toMatchObject({ text: '见所附材料', visible: true });
  const id = note?.files?.[0] ?? '';
  expect(noted.page).toContain(`/a/${id}?small=1`);
  expect((await fetch(`${site.url}${url}/a/${id}`)).status).toBe(200);
  const held = await db.ownerPool.query('select case_id from huiyin.attachment where id = $1', [id]);
  expect(held.rows).toEqual([{ case_id: state.id }]);
  // The answer was lost on its way and the phone sends it all again.
  await sendForm(site.url, form, { text: '' }, { 'f.files': [photo] });
  expect((await site.caseOf(state.number)).notes).toHaveLength(1);
  const told = await db.ownerPool.query(
    `select recipient_name, text_zh from huiyin.notice where case_id = $1 and notice = 'ownerWrote'`,
    [state.id],
  );
  expect(told.rows, 'whoever answers for the case hears of it, once').toEqual([
    {
      recipient_name: responsible(state)?.name,
      text_zh: `${state.number} 业主补充了话，附 1 个文件，请看过后回应。`,
    },
  ]);
});

test('while a flood comes in at one door its visitors answer a sum; nobody is turned away and the telephone stands on top', async () => {
  expect(text(await open(site.door('JX-5-1-1102')))).toMatch(/急事请直接打电话 [\d-]+ .*投诉内容/);
  const form = formOf(await open(site.door('JX-5-1-1102')));
  site.setTime(site.now() + 60_000);
  for (let i = 0; i < 20; i += 1) await sendForm(site.url, form, { 'f.content': '刷屏' });
  const next = formOf(await open(site.door('JX-5-1-1102')));
  site.setTime(site.now() + 60_000);
  const asked = await sendForm(site.url, next, complaint);
  expect(asked.status).toBe(422);
  const sum = /([一二三四五六七八九])加([一二三四五六七八九])等于几/.exec(asked.page);
  const digit = (sign = ''): number => '一二三四五六七八九'.indexOf(sign) + 1;
  const wrong = await sendForm(site.url, formOf(asked.page), { sum: '99' });
  expect(wrong.status).toBe(422);
  const sent = await sendForm(site.url, formOf(wrong.page), {
    ...ALONE,
    sum: String(digit(sum?.[1]) + digit(sum?.[2])),
  });
  expect(text(sent.page)).toMatch(/已收到，编号 TS/);
  site.setTime(site.now() + HOUR / 4);
  expect((await report()).status).toBe(200);
});

test('a neighbour who reports the same thing is asked before it is registered; joined, he has a number and answers of his own, and learns nothing of whoever reported it', async () => {
  const first = await reported({
    'f.content': '三楼声控灯坏了一个星期，老人上下楼摸黑，我叫王秀英',
    'f.contactName': '王秀英',
    'f.contactPhone': '19900001111',
  });
  const neighbour = {
    'f.content': '楼道声控灯坏了好几天，老人上下楼摸黑',
    'f.contactName': '李国强',
    'f.contactPhone': '19900002222',
  };
  const ask = async (door: string) => {
    const form = formOf(await open(site.door(door)));
    site.setTime(site.now() + 60_000);
    return sendForm(site.url, form, neighbour);
  };
  const count = async (): Promise<number> =>
    (await db.ownerPool.query<{ n: number }>('select count(*)::int as n from huiyin.case_file')).rows[0]?.n ?? 0;
  await site.staff('chenlijuan', first.state.id, 'classify', { category: 'facility/lighting' });
  const before = await count();
  const asked = await ask('JX-3-2-302');
  const box = /<section class="box" role="status" id="faults".*?<\/section>/s.exec(asked.page)?.[0] ?? '';
  expect(text(box)).toMatch(/是不是这件事？.*公共照明 同一单元 · 今天报的.*是这件，并进去.*不是，单独提交/);
  expect(box).not.toMatch(/王|1111|502|TS\d|声控|投诉/);
  expect(box).not.toContain(first.state.id);
  expect(await count(), 'nothing is registered before he has answered').toBe(before);
  // Whose household it was cannot be found out by trying rooms: the very door answers as its neighbour does.
  const plain = (page: string): string => text(page.replace(/value="[^"]*"/g, ''));
  const same = await ask('JX-3-2-502');
  expect(plain(/<section class="box" role="status".*?<\/section>/s.exec(same.page)?.[0] ?? '')).toBe(plain(box));

  const sign = /name="alike" value="([0-9a-f]{24})"/.exec(box)?.[1] ?? '';
  const joined = await sendForm(site.url, formOf(asked.page), { alike: sign });
  const number = /TS\d{6}-\d{4}/.exec(joined.page)?.[0] ?? '';
  expect(number).not.toBe(first.number);
  const own = await site.caseOf(number);
  expect(own.links).toMatchObject([{ relation: 'joinedTo', caseId: first.state.id }]);
  expect(own.values).toMatchObject({ contactName: '李国强', content: neighbour['f.content'] });
  expect(joined.page).not.toContain(first.number);

  // An answer about something that is not there any more never stands in the way.
  const late = await sendForm(site.url, formOf(same.page), { alike: '0'.repeat(24) });
  expect((await site.caseOf(/TS\d{6}-\d{4}/.exec(late.page)?.[0] ?? '')).links).toEqual([]);
});

test('whoever tries does not learn that a neighbour was complained of: noise, and whatever nobody has sorted yet, is never asked about', async () => {
  const noise = '楼上邻居半夜关灯拖椅子，吵得睡不着';
  const unsorted = await reported({
    'f.content': noise,
    'f.contactName': '王',
    'f.contactPhone': '19900003333',
  });
  const tried = async (): Promise<string> => {
    const form = formOf(await open(site.door('JX-3-2-302')));
    site.setTime(site.now() + 60_000);
    const sent = await sendForm(site.url, form, {
      'f.content': noise,
      'f.contactName': '李',
      'f.contactPhone': '19900004444',
    });
    return sent.page;
  };
  expect(await tried()).toMatch(/已收到，编号/);
  await site.staff('chenlijuan', unsorted.state.id, 'classify', { category: 'environment/noise' });
  expect(await tried()).toMatch(/已收到，编号/);
});

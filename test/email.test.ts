import { fileURLToPath } from 'node:url';
import { ImapFlow } from 'imapflow';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCalendars } from '#app/calendars.ts';
import { readPackFolder } from '#app/packs.ts';
import type { CaseState } from '#case/state.ts';
import type { RunningChannel } from '#channels/contract.ts';
import { deadLetters } from '#channels/email/dead-letters.ts';
import { mailSettings, startEmailChannel } from '#channels/email/index.ts';
import { mailReceiver } from '#channels/email/receive.ts';
import { emailSettings } from '#channels/email/settings.ts';
import { readRawMail } from '#channels/email/store.ts';
import { withTenant } from '#db/pool.ts';
import { until } from '#db/process.ts';
import { testDatabase } from '#db/testing.ts';
import { type DirectoryCache, openDirectoryCache } from '#directory/cache.ts';
import { createDemoCompany } from '#directory/demo/company.ts';
import { premisesId } from '#directory/demo/premises.ts';
import { attachmentsOfCase, readAttachment } from '#documents/store.ts';
import { type Handling, openHandling } from '#handling/index.ts';
import { systemTime } from '#handling/time.ts';
import { prepareJobs } from '#jobs/prepare.ts';
import { type MailServers, startMailServers, whyNoMailServers } from './support/mail-servers.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const obstacle = whyNoMailServers();
if (obstacle) console.warn(`SKIPPED: e-mail against real servers (S1-08): ${obstacle}`);

const db = testDatabase();
let servers: MailServers;
let directory: DirectoryCache;
let handling: Handling;
let channel: RunningChannel;
let tenant: string;
const failures: string[] = [];
let setUp: NonNullable<ReturnType<typeof emailSettings>>;

describe.skipIf(obstacle !== null)('邮件渠道', () => {
  beforeAll(async () => {
    servers = await startMailServers({ from: 41_700, to: 41_799 });
    await prepareJobs(db.owner);
    ({ tenant } = await createDemoCompany(db.appPool, async () => undefined));
    directory = await openDirectoryCache(db.appPool);
    const calendars = await loadCalendars(`${ROOT}calendars`);
    if (!calendars.ok) throw new Error(calendars.refusal.message.en);
    const mail = {
      imapUrl: servers.imapUrl('cases'),
      smtpUrl: servers.smtpUrl,
      mailFrom: '锦绣物业 <cases@wy.test>',
      mailPlus: true,
    };
    const settings = emailSettings(mail);
    if (!settings) throw new Error('the channel is not set up');
    setUp = settings;
    handling = await openHandling({
      pool: db.appPool,
      owner: db.owner,
      time: systemTime,
      directory,
      calendars: calendars.value,
      reports: {},
      mail: mailSettings(mail),
      dataDir: null,
      works: true,
      onFailure: ({ where, cause }) => failures.push(`${where}: ${cause}`),
    });
    const sources = await readPackFolder(`${ROOT}packs/s1`);
    const published = await handling.publish(tenant, { sources, by: '测试', reviewNote: '' });
    if (!published.ok) throw new Error(JSON.stringify(published.refusal));
    channel = start();
  }, 300_000);
  afterAll(async () => {
    await channel?.stop();
    await handling?.close();
    directory?.close();
    await servers?.stop();
  });

  test('S1-08 业主发来邮件，自动登记并回执编号', async () => {
    await send({
      from: '"张三" <zhangsan@home.test>',
      to: 'cases@wy.test',
      subject: '电梯坏了没人修',
      text: '我住锦绣花园3栋2单元502，电梯坏了三天，请尽快来修。\n-- \n张三 138-0013-8000',
      messageId: '<first@home.test>',
      attachments: [{ filename: '说明.txt', content: '电梯停在三楼' }],
    });
    const receipt = await nextLetter('zhangsan');
    const state = await caseNamed(numberOf(receipt));
    expect(state).toMatchObject({
      matter: 'complaint',
      channel: 'email',
      state: 'registered',
      values: {
        content: '【电梯坏了没人修】\n我住锦绣花园3栋2单元502，电梯坏了三天，请尽快来修。',
        place: { premisesId: premisesId('JX-3-2-502'), text: '锦绣花园3栋2单元502' },
        contactName: '张三',
        contactPhone: '13800138000',
        contactEmail: 'zhangsan@home.test',
      },
    });
    const head = unfolded(receipt);
    expect(head).toMatch(/^In-Reply-To: <first@home\.test>$/im);
    expect(head).toMatch(/^Auto-Submitted: auto-replied$/im);
    expect(head).toMatch(new RegExp(`^Reply-To: cases\\+${state.number}\\.[a-z2-7]{16}@wy\\.test$`, 'im'));
    const [file] = await withTenant(db.appPool, tenant, (client) => attachmentsOfCase(client, tenant, state.id));
    expect(state.values.photos).toEqual([file?.id]);
    expect((await readAttachment(db.appPool, tenant, file?.id ?? ''))?.toString()).toBe('电梯停在三楼');
    const [letter] = await handling.notices.ofOwner(tenant, state.id);
    expect(letter).toMatchObject({ notice: 'registered', delivery: 'sent' });
  });

  test('S1-08 没有留电话的业主也能登记，以后用邮件联系', async () => {
    await send({ from: 'quiet@home.test', to: 'cases@wy.test', subject: '楼道灯', text: '地址：东门快递柜旁，灯不亮' });
    const state = await caseNamed(numberOf(await nextLetter('quiet')));
    expect(state.values).toMatchObject({ contactEmail: 'quiet@home.test', contactName: 'quiet' });
    expect(state.values.contactPhone).toBeUndefined();
    expect(state.values.place).toEqual({ premisesId: null, text: '东门快递柜旁' });
  });

  test('S1-04 主题以“建议”开头的邮件登记为意见建议', async () => {
    await send({
      from: 'idea@home.test',
      to: 'cases@wy.test',
      subject: '建议：增设充电桩',
      text: '希望地下车库增设充电桩',
    });
    const state = await caseNamed(numberOf(await nextLetter('idea')));
    expect(state).toMatchObject({ procedure: 'suggestion', matter: 'suggestion', channel: 'email' });
  });

  test('S1-08 同一封邮件送达两次，只登记一件', async () => {
    const twice = {
      from: 'twice@home.test',
      to: 'cases@wy.test',
      subject: '漏水',
      text: '天花板漏水',
      messageId: '<twice@home.test>',
      date: new Date(),
    };
    await send(twice);
    await send(twice);
    await nextLetter('twice');
    await settled(2, 'twice@home.test');
    expect(await casesOf('twice@home.test')).toHaveLength(1);
    expect(await lettersOf('twice')).toHaveLength(1);
  });

  test('S1-08 程序在登记之后、标记已读之前被杀死，重读邮件仍只有一件，回执仍只有一封', async () => {
    await channel.stop();
    await send({ from: 'crash@home.test', to: 'cases@wy.test', subject: '门禁坏了', text: '单元门禁坏了' });
    const receive = mailReceiver({ pool: db.appPool, time: systemTime, handling }, tenant, setUp.own);
    const raw = await waitFor(async () => (await letters('cases')).find((mail) => mail.includes('crash@home.test')));
    const first = await receive({
      bytes: Buffer.from(raw, 'latin1'),
      size: raw.length,
      whole: true,
      receivedAt: systemTime.now(),
    });
    expect(first.became).toBe('case');
    // What a crash between the two transactions leaves: the case is there, the mail is not settled.
    await db.ownerPool.query(
      `update huiyin.mail_message set status = 'kept', case_id = null, settled_at = null where sender = 'crash@home.test'`,
    );
    channel = start();
    await waitFor(async () => (await flagsOf('crash@home.test')).includes('\\Seen') || undefined);
    expect(await casesOf('crash@home.test')).toHaveLength(1);
    await nextLetter('crash');
    expect(await lettersOf('crash')).toHaveLength(1);
    const [mine] = await casesOf('crash@home.test');
    expect('caseId' in first && first.caseId).toBe(mine?.id);
  });

  test('S1-08 业主回复回执，内容进入同一件', async () => {
    await send({ from: 'reply@home.test', to: 'cases@wy.test', subject: '垃圾没人收', text: '3栋楼下垃圾三天没人收' });
    const receipt = await nextLetter('reply');
    const number = numberOf(receipt);
    const head = unfolded(receipt);
    await send({
      from: 'reply@home.test',
      to: /^Reply-To: (.*)$/im.exec(head)?.[1]?.trim(),
      subject: '答复：随便什么主题',
      text: '今天还是没有人来。\n\n------------------ 原始邮件 ------------------\n发件人: 物业\n旧内容',
      attachments: [{ filename: '补充.txt', content: '补充说明' }],
    });
    // Another program answers to the sender, naming only the message.
    await send({
      from: 'reply@home.test',
      to: 'cases@wy.test',
      subject: 'Re: hello',
      text: '第二次回复',
      inReplyTo: /^Message-ID: (.*)$/im.exec(head)?.[1]?.trim(),
    });
    const notes = await waitFor(async () => {
      const state = await caseNamed(number);
      return state.notes.length >= 2 ? state.notes : undefined;
    });
    expect(notes.map((note) => note.text).sort()).toEqual(['今天还是没有人来。\n（附件：补充.txt）', '第二次回复']);
    expect(await casesOf('reply@home.test')).toHaveLength(1);
    // An answer gets no answer: nothing can go round in circles.
    await handling.drainJobs();
    expect(await lettersOf('reply')).toHaveLength(1);
  });

  test('别人编造的编号地址和编号不会写进案件', async () => {
    const [victim] = await casesOf('reply@home.test');
    await send({
      from: 'liar@home.test',
      to: `cases+${victim?.number}.aaaaaaaaaaaaaaaa@wy.test`,
      subject: `[${victim?.number}] 撤销`,
      text: '请撤销',
    });
    const own = await caseNamed(numberOf(await nextLetter('liar')));
    expect(own.number).not.toBe(victim?.number);
    expect((await caseNamed(victim?.number ?? '')).notes).toHaveLength(2);
  });

  test('S1-08 自动回复不会登记，也不会得到回复', async () => {
    const robots: SendMailOptions[] = [
      { headers: { 'Auto-Submitted': 'auto-replied' } },
      { headers: { Precedence: 'bulk' } },
      { headers: { 'X-Autoreply': 'yes' } },
    ];
    for (const [n, robot] of robots.entries())
      await send({ from: 'robot@home.test', to: 'cases@wy.test', subject: `外出 ${n}`, text: '我在休假', ...robot });
    await waitFor(async () => ((await statuses('robot@home.test')).length === 3 ? true : undefined));
    expect(await statuses('robot@home.test')).toEqual(['nothing', 'nothing', 'nothing']);
    await handling.drainJobs();
    expect(await casesOf('robot@home.test')).toEqual([]);
    expect(await lettersOf('robot')).toEqual([]);
  });

  test('回执被退回时，退信记在那一件上，通知标为未送达', async () => {
    await send({ from: 'lost@gone.test', to: 'cases@wy.test', subject: '停车位被占', text: '车位被占，请处理' });
    const state = await waitFor(async () => {
      const [found] = await casesOf('lost@gone.test');
      return found && found.notes.length > 0 ? found : undefined;
    });
    expect(state.notes[0]?.text).toContain('lost@gone.test');
    expect(state.notes[0]?.visible).toBe(false);
    const told = await waitFor(async () => {
      const [letter] = await handling.notices.ofOwner(tenant, state.id);
      return letter?.delivery === 'failed' ? letter : undefined;
    });
    expect(told.deliveryNote).toContain('lost@gone.test');
  });

  test('邮件服务器当场拒收的回执立即标为未送达，不反复重试', async () => {
    await send({ from: 'nobody@nowhere.test', to: 'cases@wy.test', subject: '路灯', text: '路灯不亮' });
    const [state] = await waitFor(async () => {
      const found = await casesOf('nobody@nowhere.test');
      return found.length > 0 ? found : undefined;
    });
    const told = await waitFor(async () => {
      const [letter] = await handling.notices.ofOwner(tenant, state?.id ?? '');
      return letter?.delivery === 'failed' ? letter : undefined;
    });
    expect(told.deliveryNote).toContain('550');
  });

  test('损坏和超大的邮件保留为待人工处理，不妨碍后面的邮件', async () => {
    const client = await open('cases');
    await client.append('INBOX', Buffer.from('Subject: no sender at all\r\n\r\n什么'), []);
    await client.append('INBOX', Buffer.concat([Buffer.from('\0\xff\xfe'), Buffer.from('garbage')]), []);
    const head = 'From: huge@home.test\r\nMessage-ID: <huge@home.test>\r\nSubject: huge\r\n\r\n';
    await client.append('INBOX', Buffer.concat([Buffer.from(head), Buffer.alloc(26 * 1024 * 1024, 'x\r\n')]), []);
    await client.logout();
    await send({ from: 'after@home.test', to: 'cases@wy.test', subject: '后面的邮件', text: '还能登记' });
    expect(numberOf(await nextLetter('after'))).toMatch(/^TS/);
    const dead = await deadLetters(db.appPool, tenant);
    expect(dead.map((one) => one.code).sort()).toEqual(['mail.noSender', 'mail.noSender', 'mail.tooLarge']);
    const huge = dead.find((one) => one.code === 'mail.tooLarge');
    expect(huge).toMatchObject({ sender: 'huge@home.test', subject: 'huge', whole: false });
    expect(await flagsOf('huge@home.test')).toEqual(expect.arrayContaining(['\\Seen', '\\Flagged']));
    const kept = dead.find((one) => one.subject === 'no sender at all');
    const bytes = await readRawMail(db.appPool, tenant, Buffer.from(kept?.key ?? '', 'hex'));
    expect(bytes?.toString()).toBe('Subject: no sender at all\r\n\r\n什么');
  });

  test('一个发件人一小时内最多登记二十件，其余留给人看', async () => {
    for (let n = 0; n < 22; n += 1)
      await send({ from: 'flood@home.test', to: 'cases@wy.test', subject: `第 ${n} 封`, text: `内容 ${n}` });
    await settled(22, 'flood@home.test', 60_000);
    const all = await statuses('flood@home.test');
    expect(all.filter((status) => status === 'case')).toHaveLength(20);
    expect(all.filter((status) => status === 'deadLetter')).toHaveLength(2);
  }, 90_000);

  test('没有任何失败被悄悄吞掉', () => {
    expect(failures).toEqual([]);
  });
});

const start = (): RunningChannel =>
  startEmailChannel({
    pool: db.appPool,
    time: systemTime,
    handling,
    tenant,
    ...setUp,
    onFailure: ({ where, cause }) => failures.push(`${where}: ${cause}`),
  });

async function send(mail: SendMailOptions): Promise<void> {
  const transport = nodemailer.createTransport(servers.smtpUrl);
  await transport.sendMail(mail);
  transport.close();
}

async function open(box: string): Promise<ImapFlow> {
  const url = new URL(servers.imapUrl(box));
  const auth = { user: box, pass: url.password };
  const client = new ImapFlow({ host: url.hostname, port: Number(url.port), secure: false, auth, logger: false });
  await client.connect();
  await client.mailboxOpen('INBOX');
  return client;
}

async function letters(box: string): Promise<string[]> {
  const client = await open(box);
  const found: string[] = [];
  for await (const mail of client.fetch('1:*', { source: true })) found.push(mail.source?.toString('latin1') ?? '');
  await client.logout();
  return found;
}
const lettersOf = letters;

async function flagsOf(sender: string): Promise<string[]> {
  const client = await open('cases');
  const found: string[] = [];
  for await (const mail of client.fetch('1:*', { envelope: true, flags: true }))
    if (mail.envelope?.from?.[0]?.address === sender) found.push(...(mail.flags ?? []));
  await client.logout();
  return found;
}

const nextLetter = (box: string): Promise<string> => waitFor(async () => (await letters(box))[0]);

/** Waits until something is there, at most `patience` milliseconds. */
async function waitFor<T>(look: () => Promise<T | undefined>, patience = 20_000): Promise<T> {
  let found: T | undefined;
  await until(
    async () => {
      found = await look();
      return found !== undefined;
    },
    patience,
    100,
  );
  if (found === undefined) throw new Error(`it did not come; failures so far: ${failures.join(' | ')}`);
  return found;
}

const unfolded = (mail: string): string =>
  mail
    .split(/\r?\n\r?\n/)[0]
    ?.replace(/\r?\n[ \t]+/g, ' ')
    .replace(/\r/g, '') ?? '';

function numberOf(mail: string): string {
  const number = /Reply-To: cases\+([A-Z]{2}\d{6}-\d{4})\./i.exec(unfolded(mail))?.[1];
  if (!number) throw new Error(`no number in ${mail}`);
  return number;
}

const casesOf = (sender: string): Promise<CaseState[]> => states(`state->'values'->>'contactEmail' = $2`, sender);
async function caseNamed(number: string): Promise<CaseState> {
  const [found] = await states('number = $2', number);
  if (!found) throw new Error(`no case ${number}`);
  return found;
}
const states = (where: string, value: string): Promise<CaseState[]> =>
  withTenant(db.appPool, tenant, async (client) => {
    const ask = `select state from huiyin.case_file where tenant_id = $1 and ${where} order by number`;
    return (await client.query<{ state: CaseState }>(ask, [tenant, value])).rows.map((row) => row.state);
  });

const statuses = (sender: string): Promise<string[]> =>
  withTenant(db.appPool, tenant, async (client) => {
    const ask = `select status from huiyin.mail_message where tenant_id = $1 and sender = $2 and status <> 'kept'`;
    return (await client.query<{ status: string }>(ask, [tenant, sender])).rows.map((row) => row.status);
  });

/** Waits until so many mails of a sender lie in the box and all were read. */
const settled = (count: number, sender: string, patience = 20_000): Promise<true> =>
  waitFor(async () => {
    const flags = await flagsOf(sender);
    return flags.filter((flag) => flag === '\\Seen').length >= count ? true : undefined;
  }, patience);

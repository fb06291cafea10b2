// Longer than usual: one story, told against one pair of real mail servers.
import { fileURLToPath } from 'node:url';
import type { SendMailOptions } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCalendars } from '#app/calendars.ts';
import { readPackFolder } from '#app/packs.ts';
import type { CaseState } from '#case/state.ts';
import type { RunningChannel } from '#channels/contract.ts';
import { deadLetters } from '#channels/email/dead-letters.ts';
import { mailSettings, startEmailChannel } from '#channels/email/index.ts';
import { mailReceiver } from '#channels/email/receive.ts';
import { emailSettings, type MailConfig } from '#channels/email/settings.ts';
import { readRawMail } from '#channels/email/store.ts';
import { withTenant } from '#db/pool.ts';
import { testDatabase } from '#db/testing.ts';
import { type DirectoryCache, openDirectoryCache } from '#directory/cache.ts';
import { createDemoCompany } from '#directory/demo/company.ts';
import { premisesId } from '#directory/demo/premises.ts';
import { attachmentsOfCase, readAttachment } from '#documents/store.ts';
import { type Handling, openHandling } from '#handling/index.ts';
import { systemTime } from '#handling/time.ts';
import { prepareJobs } from '#jobs/prepare.ts';
import { type MailServers, startMailServers, whyNoMailServers } from './support/mail-servers.ts';
import { headOf, MailUser, numberOf, waitFor as waiting } from './support/mail-user.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const obstacle = whyNoMailServers();
if (obstacle) console.warn(`SKIPPED: e-mail against real servers (S1-08): ${obstacle}`);

const db = testDatabase();
let servers: MailServers;
let user: MailUser;
let directory: DirectoryCache;
let handling: Handling;
let channel: RunningChannel;
let tenant: string;
const failures: string[] = [];
let mailConfig: MailConfig;
let setUp: NonNullable<ReturnType<typeof emailSettings>>;

describe.skipIf(obstacle !== null)('邮件渠道', () => {
  beforeAll(async () => {
    servers = await startMailServers({ from: 41_700, to: 41_799 });
    user = new MailUser(servers);
    await prepareJobs(db.owner);
    ({ tenant } = await createDemoCompany(db.appPool, async () => undefined));
    directory = await openDirectoryCache(db.appPool);
    const calendars = await loadCalendars(`${ROOT}calendars`);
    if (!calendars.ok) throw new Error(calendars.refusal.message.en);
    mailConfig = {
      imapUrl: servers.imapUrl('cases'),
      smtpUrl: servers.smtpUrl,
      mailFrom: '锦绣物业 <cases@wy.test>',
      mailPlus: true,
    };
    const settings = emailSettings(mailConfig);
    if (!settings) throw new Error('the channel is not set up');
    setUp = settings;
    handling = await openHandling({
      pool: db.appPool,
      owner: db.owner,
      time: systemTime,
      directory,
      calendars: calendars.value,
      reports: {},
      mail: mailSettings(mailConfig),
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
    await user.send({
      from: '"张三" <zhangsan@home.test>',
      to: 'cases@wy.test',
      subject: '电梯坏了没人修',
      text: '我住锦绣花园3栋2单元502，电梯坏了三天，请尽快来修。\n-- \n张三 138-0013-8000',
      messageId: '<first@home.test>',
      attachments: [{ filename: '说明.txt', content: '电梯停在三楼' }],
    });
    const receipt = await user.firstLetter('zhangsan');
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
    expect(headOf(receipt, 'In-Reply-To')).toBe('<first@home.test>');
    expect(headOf(receipt, 'Auto-Submitted')).toBe('auto-replied');
    expect(headOf(receipt, 'Reply-To')).toMatch(new RegExp(`^cases\\+${state.number}\\.[a-z2-7]{16}@wy\\.test$`));
    const [file] = await withTenant(db.appPool, tenant, (client) => attachmentsOfCase(client, tenant, state.id));
    expect(state.values.photos).toEqual([file?.id]);
    expect((await readAttachment(db.appPool, tenant, file?.id ?? ''))?.toString()).toBe('电梯停在三楼');
    const [letter] = await handling.notices.ofOwner(tenant, state.id);
    expect(letter).toMatchObject({ notice: 'registered', delivery: 'sent' });
  });

  test('S1-08 没有留电话的业主也能登记，以后用邮件联系', async () => {
    await user.send({
      from: 'quiet@home.test',
      to: 'cases@wy.test',
      subject: '楼道灯',
      text: '地址：东门快递柜旁，灯不亮',
    });
    const state = await caseNamed(numberOf(await user.firstLetter('quiet')));
    expect(state.values).toMatchObject({ contactEmail: 'quiet@home.test', contactName: 'quiet' });
    expect(state.values.contactPhone).toBeUndefined();
    expect(state.values.place).toEqual({ premisesId: null, text: '东门快递柜旁' });
  });

  test('S1-04 主题以“建议”开头的邮件登记为意见建议', async () => {
    await user.send({
      from: 'idea@home.test',
      to: 'cases@wy.test',
      subject: '建议：增设充电桩',
      text: '希望地下车库增设充电桩',
    });
    const state = await caseNamed(numberOf(await user.firstLetter('idea')));
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
    await user.send(twice);
    await user.send(twice);
    await user.firstLetter('twice');
    await settled(2, 'twice@home.test');
    expect(await casesOf('twice@home.test')).toHaveLength(1);
    expect(await user.letters('twice')).toHaveLength(1);
  });

  test('S1-08 程序在登记之后、标记已读之前被杀死，重读邮件仍只有一件，回执仍只有一封', async () => {
    await channel.stop();
    await user.send({ from: 'crash@home.test', to: 'cases@wy.test', subject: '门禁坏了', text: '单元门禁坏了' });
    const receive = mailReceiver({ pool: db.appPool, time: systemTime, handling }, tenant, setUp.own);
    const raw = await waitFor(async () =>
      (await user.letters('cases')).find((mail) => mail.includes('crash@home.test')),
    );
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
    await waitFor(async () => (await user.flags('cases', 'crash@home.test')).includes('\\Seen') || undefined);
    expect(await casesOf('crash@home.test')).toHaveLength(1);
    await user.firstLetter('crash');
    expect(await user.letters('crash')).toHaveLength(1);
    const [mine] = await casesOf('crash@home.test');
    expect('caseId' in first && first.caseId).toBe(mine?.id);
  });

  test('S1-08 业主回复回执，内容进入同一件', async () => {
    await user.send({
      from: 'reply@home.test',
      to: 'cases@wy.test',
      subject: '垃圾没人收',
      text: '3栋楼下垃圾三天没人收',
    });
    const receipt = await user.firstLetter('reply');
    const number = numberOf(receipt);
    await user.send({
      from: 'reply@home.test',
      to: headOf(receipt, 'Reply-To'),
      subject: '答复：随便什么主题',
      text: '今天还是没有人来。\n\n------------------ 原始邮件 ------------------\n发件人: 物业\n旧内容',
      attachments: [{ filename: '补充.txt', content: '补充说明' }],
    });
    // Another program answers to the sender, naming only the message.
    await user.send({
      from: 'reply@home.test',
      to: 'cases@wy.test',
      subject: 'Re: hello',
      text: '第二次回复',
      inReplyTo: headOf(receipt, 'Message-ID'),
    });
    const notes = await waitFor(async () => {
      const state = await caseNamed(number);
      return state.notes.length >= 2 ? state.notes : undefined;
    });
    expect(notes.map((note) => note.text).sort()).toEqual(['今天还是没有人来。\n（附件：补充.txt）', '第二次回复']);
    expect(await casesOf('reply@home.test')).toHaveLength(1);
    // An answer gets no answer: nothing can go round in circles.
    await handling.drainJobs();
    expect(await user.letters('reply')).toHaveLength(1);
  });

  test('别人编造的编号地址和编号不会写进案件', async () => {
    const [victim] = await casesOf('reply@home.test');
    await user.send({
      from: 'liar@home.test',
      to: `cases+${victim?.number}.aaaaaaaaaaaaaaaa@wy.test`,
      subject: `[${victim?.number}] 撤销`,
      text: '请撤销',
    });
    const own = await caseNamed(numberOf(await user.firstLetter('liar')));
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
      await user.send({
        from: 'robot@home.test',
        to: 'cases@wy.test',
        subject: `外出 ${n}`,
        text: '我在休假',
        ...robot,
      });
    await waitFor(async () => ((await statuses('robot@home.test')).length === 3 ? true : undefined));
    expect(await statuses('robot@home.test')).toEqual(['nothing', 'nothing', 'nothing']);
    await handling.drainJobs();
    expect(await casesOf('robot@home.test')).toEqual([]);
    expect(await user.letters('robot')).toEqual([]);
  });

  test('回执被退回时，退信记在那一件上，通知标为未送达', async () => {
    await user.send({ from: 'lost@gone.test', to: 'cases@wy.test', subject: '停车位被占', text: '车位被占，请处理' });
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
    await user.send({ from: 'nobody@nowhere.test', to: 'cases@wy.test', subject: '路灯', text: '路灯不亮' });
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
    const client = await user.open('cases');
    await client.append('INBOX', Buffer.from('Subject: no sender at all\r\n\r\n什么'), []);
    await client.append('INBOX', Buffer.concat([Buffer.from('\0\xff\xfe'), Buffer.from('garbage')]), []);
    const head = 'From: huge@home.test\r\nMessage-ID: <huge@home.test>\r\nSubject: huge\r\n\r\n';
    await client.append('INBOX', Buffer.concat([Buffer.from(head), Buffer.alloc(26 * 1024 * 1024, 'x\r\n')]), []);
    await client.logout();
    await user.send({ from: 'after@home.test', to: 'cases@wy.test', subject: '后面的邮件', text: '还能登记' });
    expect(numberOf(await user.firstLetter('after'))).toMatch(/^TS/);
    const dead = await deadLetters(db.appPool, tenant);
    expect(dead.map((one) => one.code).sort()).toEqual(['mail.noSender', 'mail.noSender', 'mail.tooLarge']);
    const huge = dead.find((one) => one.code === 'mail.tooLarge');
    expect(huge).toMatchObject({ sender: 'huge@home.test', subject: 'huge', whole: false });
    expect(await user.flags('cases', 'huge@home.test')).toEqual(expect.arrayContaining(['\\Seen', '\\Flagged']));
    const kept = dead.find((one) => one.subject === 'no sender at all');
    const bytes = await readRawMail(db.appPool, tenant, Buffer.from(kept?.key ?? '', 'hex'));
    expect(bytes?.toString()).toBe('Subject: no sender at all\r\n\r\n什么');
  });

  test('一个发件人一小时内最多登记二十件，其余留给人看', async () => {
    for (let n = 0; n < 22; n += 1)
      await user.send({ from: 'flood@home.test', to: 'cases@wy.test', subject: `第 ${n} 封`, text: `内容 ${n}` });
    await settled(22, 'flood@home.test', 60_000);
    const all = await statuses('flood@home.test');
    expect(all.filter((status) => status === 'case')).toHaveLength(20);
    expect(all.filter((status) => status === 'deadLetter')).toHaveLength(2);
  }, 90_000);

  test('员工直接回复系统通知不会登记成新的投诉，也不会冒充业主的话', async () => {
    const [state] = await casesOf('reply@home.test');
    await user.send({
      from: 'chenlijuan@example.com',
      to: 'cases@wy.test',
      subject: `Re: [${state?.number}] 新的事项`,
      text: '收到',
    });
    await waitFor(async () => ((await statuses('chenlijuan@example.com')).length > 0 ? true : undefined));
    expect(await statuses('chenlijuan@example.com')).toEqual(['deadLetter']);
    expect((await caseNamed(state?.number ?? '')).notes).toHaveLength(2);
  });

  test('两个进程同时读到同一封邮件，也只有一件', async () => {
    const bytes = Buffer.from('From: race@home.test\r\nMessage-ID: <race@home.test>\r\nSubject: race\r\n\r\nhello\r\n');
    const raw = { bytes, size: bytes.length, whole: true, receivedAt: systemTime.now() };
    const receive = () => mailReceiver({ pool: db.appPool, time: systemTime, handling }, tenant, setUp.own)(raw);
    const [one, two] = await Promise.all([receive(), receive()]);
    expect(one).toEqual(two);
    expect(await receive()).toEqual(one);
    expect(await casesOf('race@home.test')).toHaveLength(1);
  });

  test('第一次启用时，只收还没人看过的邮件', async () => {
    const box = await user.open('old');
    const mail = (name: string): Buffer =>
      Buffer.from(`From: ${name}@home.test\r\nMessage-ID: <${name}@home.test>\r\nSubject: ${name}\r\n\r\nx\r\n`);
    await box.append('INBOX', mail('dealt'), ['\\Seen']);
    await box.append('INBOX', mail('waiting'), []);
    await box.logout();
    const settings = emailSettings({ ...mailConfig, imapUrl: servers.imapUrl('old') });
    if (!settings) throw new Error('not set up');
    const second = startEmailChannel({
      pool: db.appPool,
      time: systemTime,
      handling,
      tenant,
      ...settings,
      onFailure: ({ cause }) => failures.push(cause),
    });
    await waitFor(async () => ((await casesOf('waiting@home.test')).length > 0 ? true : undefined));
    await second.stop();
    expect(await statuses('dealt@home.test')).toEqual([]);
  });

  test('没有任何失败被悄悄吞掉', async () => {
    const deadLetter = (one: string): boolean => one.startsWith('email.deadLetter: ');
    expect(failures.filter((one) => !deadLetter(one))).toEqual([]);
    // Every one that waits for a person was told to the log as well.
    const dead = await deadLetters(db.appPool, tenant);
    expect(failures.filter(deadLetter)).toHaveLength(dead.length);
    expect(dead.length).toBeGreaterThan(0);
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

const waitFor = <T>(look: () => Promise<T | undefined>, patience?: number): Promise<T> =>
  waiting(look, `failures so far: ${failures.join(' | ')}`, patience);

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
    const flags = await user.flags('cases', sender);
    return flags.filter((flag) => flag === '\\Seen').length >= count ? true : undefined;
  }, patience);

// Longer than usual: one story told against one counterpart of four services.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Values } from '#case/event.ts';
import type { CaseState } from '#case/state.ts';
import { connectionOf } from '#channels/messaging/connections.ts';
import type { Sent } from '#channels/messaging/messenger.ts';
import { orderMessage } from '#channels/messaging/store.ts';
import { sortedSha1 } from '#channels/messaging/vendor-crypto.ts';
import { wireOf } from '#channels/messaging/wire.ts';
import { localDate } from '#clock/civil.ts';
import { withTenant } from '#db/pool.ts';
import { openVault } from '#directory/account/vault.ts';
import { demoPerson } from '#directory/demo/company.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { people } from '#directory/demo/organisation.ts';
import { attachmentsOfCase } from '#documents/store.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { ConnectionView, FindingView } from '#http/contract/connection.ts';
import type { DeadLetterView } from '#http/contract/dead-letter.ts';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { FEISHU, feishuEvent, feishuPush } from '../support/vendors/feishu.ts';
import { GROUPS } from '../support/vendors/groups.ts';
import { TENCENT } from '../support/vendors/tencent.ts';
import {
  DINGTALK,
  openVendors,
  robotHeaders,
  SMS,
  sealedCall,
  type Vendors,
  WECHAT,
  WECOM,
} from '../support/vendors.ts';
import { site } from './support.ts';

const PUBLIC = 'https://wy.example.test';
const at = site({ webhookPrivate: true, publicUrl: PUBLIC });
let vendors: Vendors;
const callbacks: { [kind: string]: string } = {};
const KEYS = {
  wecom: { token: WECOM.token, aesKey: WECOM.aesKey, receiver: WECOM.corpId },
  wechat: { token: WECHAT.token, aesKey: WECHAT.aesKey, receiver: WECHAT.appId },
};

beforeAll(async () => {
  vendors = await openVendors(22_011);
  const wanted = { sms: SMS, wecom: WECOM, wechat: { ...WECHAT, templateId: 'TPL1' }, dingtalk: DINGTALK };
  const administrator = await at().as('xukai');
  for (const [kind, settings] of Object.entries(wanted)) {
    const body = { settings: { ...settings, base: vendors.url }, active: true };
    const saved = await administrator.ask<ConnectionView>(`/api/v1/connections/${kind}`, { method: 'PUT', body });
    expect(saved.status, saved.text).toBe(200);
    callbacks[kind] = (saved.body.callback ?? '').replace(PUBLIC, at().url);
  }
});
afterAll(() => vendors?.close());
beforeEach(() => {
  vendors.taken.length = 0;
});

/** Connects a service and answers the address it calls. */
const connectTo = async (kind: string, settings: object, active = true): Promise<string> => {
  const body = { settings: { ...settings, base: vendors.url }, active };
  const saved = await (await at().as('xukai')).ask<ConnectionView>(`/api/v1/connections/${kind}`, {
    method: 'PUT',
    body,
  });
  expect(saved.status, saved.text).toBe(200);
  return (saved.body.callback ?? '').replace(PUBLIC, at().url);
};
const switchOff = (kind: string, settings: object): Promise<string> => connectTo(kind, settings, false);
const drain = async (): Promise<void> => {
  expect(await at().program.handling.drainJobs()).toBe(true);
};
const tell = async (kind: 'wecom' | 'wechat', fields: { [name: string]: string }): Promise<string> => {
  const { query, body } = sealedCall(KEYS[kind], {
    ToUserName: 'us',
    CreateTime: String(Math.floor(Date.now() / 1000)),
    ...fields,
  });
  const said = await fetch(`${callbacks[kind]}?${query}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/xml' },
  });
  expect(said.status).toBe(200);
  return said.text();
};
let counter = 0;
const write = async (kind: 'wecom' | 'wechat', from: string, words: string): Promise<void> => {
  counter += 1;
  await tell(kind, { FromUserName: from, MsgType: 'text', Content: words, MsgId: String(7_000_000 + counter) });
  await drain();
};
const heardBy = (service: string, to: string): string[] =>
  vendors.taken.filter((one) => one.service === service && one.to === to).map(({ text }) => text);
const linkIn = (words: string | undefined): string =>
  /https:\/\/\S+/.exec(words ?? '')?.[0].replace(PUBLIC, at().url) ?? '';
const bind = async (link: string): Promise<void> => {
  const body = new URLSearchParams({ name: '王秀英', phone: '13800138000', place: '锦绣花园3栋2单元502' });
  const said = await fetch(link, { method: 'POST', body });
  expect(said.status, await said.text()).toBe(200);
  await drain();
};
const statesOf = async (kind: string, sender: string): Promise<CaseState[]> => {
  const found = await at().database.ownerPool.query<{ state: CaseState }>(
    `select c.state from huiyin.case_recipient r join huiyin.case_file c on c.id = r.case_id
     where r.kind = $1 and r.sender = $2 order by c.received_at`,
    [kind, sender],
  );
  return found.rows.map(({ state }) => state);
};
const only = async (kind: string, sender: string): Promise<CaseState> => {
  const [state, ...more] = await statesOf(kind, sender);
  if (!state || more.length > 0) throw new Error(`${more.length + (state ? 1 : 0)} cases`);
  return state;
};
const staff = async (key: string, caseId: string, step: string, values: Values = {}): Promise<void> => {
  const { handling } = at().program;
  const person = people.find((one) => one.key === key);
  const actor = { kind: 'staff', personId: demoPerson(key), name: key, posts: [...(person?.posts ?? [])] } as const;
  const done = await handling.handle({ tenant: DEMO_TENANT, actor, caseId, command: { type: 'take', step, values } });
  expect(done.ok, JSON.stringify(done)).toBe(true);
};
/** The staff bring a case to where the owner is asked whether he is satisfied. */
const answered = async (caseId: string): Promise<void> => {
  await staff('chenlijuan', caseId, 'contact', {
    how: 'phone',
    spokenWith: '王秀英',
    contentConfirmed: true,
    procedureExplained: true,
  });
  await staff('chenlijuan', caseId, 'classify', { category: 'environment/greening' });
  await staff('chenlijuan', caseId, 'dispatch', { unit: 'gardening', assignee: demoPerson('wujianping') });
  await staff('wujianping', caseId, 'accept');
  await staff('wujianping', caseId, 'inspect', { findings: '未修剪', noEvidenceReason: '天黑' });
  const completeBy = localDate(Date.now() + 2 * DAY);
  await staff('wujianping', caseId, 'plan', { measures: ['修剪'], completeBy });
  await staff('wujianping', caseId, 'doMeasure', { measure: '修剪' });
  await staff('wujianping', caseId, 'complete', { outcome: '已修剪' });
  await staff('wujianping', caseId, 'notifyResult', { handling: '已修剪完毕', improvement: '每月两次', how: 'page' });
  await drain();
};

test('业主第一次在公众号说话，先请他说明住处；填完，他刚才的话登记成投诉，编号发回给他', async () => {
  await write('wechat', 'oWang', '绿化带两个月没人修剪');
  expect(await statesOf('wechat', 'oWang')).toEqual([]);
  const [asked, ...more] = heardBy('wechat', 'oWang');
  expect(more).toEqual([]);
  const page = await (await fetch(linkIn(asked))).text();
  expect(page).toContain('告诉我们您住哪里');
  // He may be in need and never fill it in: after ten minutes somebody sees what he said.
  const administrator = await at().as('xukai');
  const waiting = async (): Promise<string[]> =>
    (
      await administrator.ask<{ items: { code: string; subject: string }[] }>('/api/v1/dead-letters')
    ).body.items.flatMap(({ code, subject }) => (code === 'channel.unanswered' ? [subject] : []));
  expect(await waiting()).toEqual([]);
  // The clock of the other tests is left alone: the message grows older instead.
  await at().database.ownerPool.query(`update huiyin.message_in set kept_at = kept_at - interval '11 minutes'`);
  expect(await waiting()).toEqual(['绿化带两个月没人修剪']);
  await bind(linkIn(asked));
  const state = await only('wechat', 'oWang');
  expect(await waiting()).toEqual([]);
  expect(state).toMatchObject({
    matter: 'complaint',
    values: {
      content: '绿化带两个月没人修剪',
      contactName: '王秀英',
      contactPhone: '13800138000',
      place: { text: '锦绣花园3栋2单元502' },
    },
  });
  expect(heardBy('wechat', 'oWang').at(-1)).toContain(state.number);
});

test('微信没等到回音，把同一条消息推三遍，只记一次；签名不对的一概不收', async () => {
  const fields = { FromUserName: 'oWang', MsgType: 'text', Content: '草比人高了', MsgId: '99001' };
  for (let n = 0; n < 3; n += 1) expect(await tell('wechat', fields)).toBe('success');
  await drain();
  const state = await only('wechat', 'oWang');
  expect(state.notes.map(({ text }) => text)).toEqual(['草比人高了']);
  expect(heardBy('wechat', 'oWang')).toHaveLength(1);
  const { query, body } = sealedCall({ ...KEYS.wechat, token: 'guessed' }, { ...fields, MsgId: '99002' });
  expect((await fetch(`${callbacks.wechat}?${query}`, { method: 'POST', body })).status).toBe(403);
  const elsewhere = `${(callbacks.wechat ?? '').slice(0, -6)}000000?${sealedCall(KEYS.wechat, fields).query}`;
  expect((await fetch(elsewhere, { method: 'POST', body })).status).toBe(403);
  const kept = await at().database.ownerPool.query(`select from huiyin.message_in where key = 'message:99002'`);
  expect(kept.rowCount).toBe(0);
});

test('图片和语音下载下来，附到他那一件上', async () => {
  await tell('wechat', { FromUserName: 'oWang', MsgType: 'image', MediaId: 'pic-1', MsgId: '99101' });
  await tell('wechat', { FromUserName: 'oWang', MsgType: 'voice', MediaId: 'voice-1', Format: 'amr', MsgId: '99102' });
  await drain();
  const { id } = await only('wechat', 'oWang');
  const files = await withTenant(at().database.appPool, DEMO_TENANT, (client) =>
    attachmentsOfCase(client, DEMO_TENANT, id),
  );
  expect(files.map(({ name }) => name).sort()).toEqual(['照片.jpg', '语音.amr']);
});

test('令牌过期了自动换一个再发；几条消息同时要，只换一次', async () => {
  vendors.endTokens();
  const before = vendors.tokens.wechat ?? 0;
  await Promise.all(
    [1, 2, 3].map((n) =>
      tell('wechat', { FromUserName: 'oWang', MsgType: 'text', Content: `第${n}句`, MsgId: `9920${n}` }),
    ),
  );
  await drain();
  expect(heardBy('wechat', 'oWang')).toHaveLength(3);
  expect((vendors.tokens.wechat ?? 0) - before).toBe(1);
});

test('办结后请业主评价，他回一个数字就算答复；不满意没写原因，请他补上', async () => {
  const { id } = await only('wechat', 'oWang');
  await answered(id);
  const offer = heardBy('wechat', 'oWang').at(-1) ?? '';
  expect(offer).toMatch(/1 满意，2 基本满意，3 不满意（请写明哪里不满意）/);
  await write('wechat', 'oWang', '3');
  expect(heardBy('wechat', 'oWang').at(-1)).toContain('请写明哪里不满意');
  expect((await only('wechat', 'oWang')).state).toBe('resultNotified');
  await write('wechat', 'oWang', '不满意，北边还没剪');
  const state = await only('wechat', 'oWang');
  expect(state.state).toBe('recommunicating');
  expect(state.entries.dissatisfied?.at(-1)?.values).toMatchObject({ reason: '北边还没剪' });
});

test('超过 48 小时只能发模板消息；没关注的人发不到，列出来，恢复后由人重发', async () => {
  vendors.answers.wechat = [{ errcode: 45015, errmsg: 'response out of time limit' }];
  await write('wechat', 'oWang', '有人来看过了');
  const [template] = vendors.taken.filter(({ service }) => service === 'template');
  expect(template?.to).toBe('oWang');
  const statusOf = async (): Promise<unknown> =>
    (
      await at().database.ownerPool.query('select status, reason_zh from huiyin.message_out where provider_id = $1', [
        template?.id,
      ])
    ).rows[0];
  expect(await statusOf()).toMatchObject({ status: 'sent' });
  const finish = { FromUserName: 'oWang', MsgType: 'event', Event: 'TEMPLATESENDJOBFINISH', MsgID: template?.id ?? '' };
  await tell('wechat', { ...finish, Status: 'failed:user block' });
  await drain();
  expect(await statusOf()).toMatchObject({ status: 'failed', reason_zh: '未送达：failed:user block' });
  vendors.taken.length = 0;
  vendors.answers.wechat = [{ errcode: 43004, errmsg: 'require subscribe' }];
  await write('wechat', 'oWang', '谢谢');
  const clerk = await at().as('chenlijuan');
  const listed = await clerk.ask<{ items: DeadLetterView[] }>('/api/v1/dead-letters');
  const [dead] = listed.body.items;
  expect(dead).toMatchObject({ channel: 'wechat', direction: 'out', again: true, code: 'wechat.43004' });
  expect(dead?.why.zh).toContain('没有关注');
  const which = { channel: dead?.channel, direction: dead?.direction, key: dead?.key };
  const again = await clerk.ask('/api/v1/dead-letters/again', { method: 'POST', body: which });
  expect(again.status, again.text).toBe(202);
  await drain();
  expect(heardBy('wechat', 'oWang')).toHaveLength(1);
  expect((await clerk.ask('/api/v1/dead-letters/again', { method: 'POST', body: which })).status).toBe(404);
});

test('关注时问好并给网址，取消关注后不再给他发', async () => {
  await tell('wechat', { FromUserName: 'oLi', MsgType: 'event', Event: 'subscribe' });
  await drain();
  expect(linkIn(heardBy('wechat', 'oLi')[0])).toContain('/o/bind/');
  await tell('wechat', { FromUserName: 'oLi', MsgType: 'event', Event: 'CLICK', EventKey: 'REPORT' });
  await drain();
  expect(heardBy('wechat', 'oLi')).toHaveLength(2);
  await tell('wechat', { FromUserName: 'oLi', MsgType: 'event', Event: 'unsubscribe' });
  await drain();
  const left = await at().database.ownerPool.query<{ gone: boolean }>(
    `select left_at is not null as gone from huiyin.channel_sender where sender = 'oLi'`,
  );
  expect(left.rows).toEqual([{ gone: true }]);
});

test('公众号推来的视频先给地址再下载；点“网页”菜单只是看看，不打扰他', async () => {
  await tell('wechat', { FromUserName: 'oWang', MsgType: 'video', MediaId: 'video-1', MsgId: '99103' });
  await tell('wechat', {
    FromUserName: 'oWang',
    MsgType: 'event',
    Event: 'VIEW',
    EventKey: 'https://wy.example.test/o',
    CreateTime: '1',
  });
  await drain();
  const kept = await at().database.ownerPool.query<{ key: string; status: string; reason: string | null }>(
    `select key, status, reason from huiyin.message_in where key = 'message:99103' or key like 'event:oWang:1:VIEW%' order by key`,
  );
  expect(kept.rows).toMatchObject([
    { status: 'nothing', reason: 'channel.event' },
    { status: 'addition', reason: null },
  ]);
});

test('两台服务器同时发现令牌失效，只换一次；快到期的提前换', async () => {
  const store = { pool: at().database.appPool, vault: openVault(at().dataDir), inner: true };
  const connection = await connectionOf(store, DEMO_TENANT, 'wecom');
  if (!connection) throw new Error('not connected');
  const ask = (now: number): Promise<Sent> =>
    connection.messenger.send(
      wireOf(store, connection, () => now),
      {
        id: 'x',
        to: 'zhaoliu',
        text: '试',
        number: null,
        link: null,
      },
    );
  expect((await ask(Date.now())).ok).toBe(true);
  vendors.endTokens();
  const before = vendors.tokens.wecom ?? 0;
  const sent = await Promise.all([1, 2, 3, 4].map(() => ask(Date.now())));
  expect(sent.every(({ ok }) => ok)).toBe(true);
  expect((vendors.tokens.wecom ?? 0) - before).toBe(1);
  // It lives two hours; with less than five minutes left another one is fetched.
  const later = Date.now() + 2 * HOUR - 4 * MINUTE;
  expect((await ask(later)).ok).toBe(true);
  expect((vendors.tokens.wecom ?? 0) - before).toBe(2);
});

test('很长的通知截短了发，后面的网址还在', async () => {
  const { id } = await only('wechat', 'oWang');
  const words = '修剪'.repeat(1500);
  for (const kind of ['wechat', 'wecom'] as const)
    await withTenant(at().database.appPool, DEMO_TENANT, (client) =>
      orderMessage(
        client,
        DEMO_TENANT,
        { kind, to: 'oWang', text: words, link: `${PUBLIC}/o/c/x`, caseId: id },
        Date.now(),
      ),
    );
  await drain();
  for (const kind of ['wechat', 'wecom']) expect(heardBy(kind, 'oWang')[0]).toMatch(/^修剪.*…\nhttps:.*\/o\/c\/x$/s);
});

test('菜单按制度的事项生成；点“报修”再说话就登记成报修，点“我的事项”看到在办的', async () => {
  const administrator = await at().as('xukai');
  for (const kind of ['wechat', 'wecom']) {
    const set = await administrator.ask<FindingView>(`/api/v1/connections/${kind}/menu`, { method: 'POST' });
    expect(set.body, set.text).toMatchObject({ ok: true });
  }
  expect((await administrator.ask('/api/v1/connections/sms/menu', { method: 'POST' })).status).toBe(404);
  expect(JSON.stringify(vendors.menus.wecom)).toContain('我的事项');
  const menu = JSON.stringify(vendors.menus.wechat);
  expect(menu).toContain('我的事项');
  const press = (EventKey: string) =>
    tell('wechat', { FromUserName: 'oWang', MsgType: 'event', Event: 'CLICK', EventKey });
  const [, key = '', matter = ''] = /"name":"建议","key":"(begin:(\w+))"/.exec(menu) ?? [];
  await press(key);
  await drain();
  expect(heardBy('wechat', 'oWang').at(-1)).toContain('请说说要登记的建议');
  await write('wechat', 'oWang', '儿童区装个灯');
  const begun = (await statesOf('wechat', 'oWang')).at(-1);
  expect(begun).toMatchObject({ matter, values: { content: '儿童区装个灯' } });
  await write('wechat', 'oWang', '要太阳能的');
  expect((await statesOf('wechat', 'oWang')).at(-1)?.notes).toHaveLength(1);
  await press('mine');
  await drain();
  const told = heardBy('wechat', 'oWang').at(-1) ?? '';
  for (const { number } of await statesOf('wechat', 'oWang')) expect(told).toContain(number);
  await press('place');
  await drain();
  expect(heardBy('wechat', 'oWang').at(-1)).toContain('锦绣花园3栋2单元502');
});

test('明文模式的公众号也能收；同一句话只在那时算数', async () => {
  const administrator = await at().as('xukai');
  const other = { ...WECHAT, base: vendors.url };
  await at().database.ownerPool.query(`delete from huiyin.channel_connection where kind = 'wechat'`);
  const { aesKey: _, ...plain } = other;
  const saved = await administrator.ask<ConnectionView>('/api/v1/connections/wechat', {
    method: 'PUT',
    body: { settings: plain, active: true },
  });
  const url = (saved.body.callback ?? '').replace(PUBLIC, at().url);
  const signed = (timestamp: string) =>
    new URLSearchParams({ timestamp, nonce: 'n', signature: sortedSha1(WECHAT.token, timestamp, 'n') });
  const now = String(Math.floor(Date.now() / 1000));
  expect(await (await fetch(`${url}?${signed(now)}&echostr=hello`)).text()).toBe('hello');
  const body =
    '<xml><FromUserName>oPlain</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>路灯不亮</Content><MsgId>99301</MsgId></xml>';
  expect(await (await fetch(`${url}?${signed(now)}`, { method: 'POST', body })).text()).toBe('success');
  expect((await fetch(`${url}?${signed('1409735669')}`, { method: 'POST', body })).status).toBe(403);
});

test('企业微信：成员发来的话登记成一件；对方限流时稍后再发，不丢', async () => {
  await write('wecom', 'zhaoliu', '门禁坏了');
  await bind(linkIn(heardBy('wecom', 'zhaoliu')[0]));
  const state = await only('wecom', 'zhaoliu');
  // The procedure knows no WeCom and takes it as its website; what is told of it is the true way all the same.
  expect(state).toMatchObject({ channel: 'web', via: { id: 'wecom', title: { zh: '企业微信' } } });
  const manager = await at().as('fangjing');
  const clerk = await at().as('chenlijuan');
  const [line] = (await clerk.ask<{ sentence: { zh: string } }[]>(`/api/v1/cases/${state.id}/journal`)).body;
  expect(line?.sentence.zh).toContain('企业微信');
  interface Summary {
    figures: { figures: { byChannel: { key: string; title: { zh: string } }[] } };
  }
  const { byChannel } = (await manager.ask<Summary>('/api/v1/reports/periodicSummary?pack=S1')).body.figures.figures;
  expect(byChannel).toContainEqual(expect.objectContaining({ key: 'wecom', title: { zh: '企业微信', en: 'WeCom' } }));
  expect(heardBy('wecom', 'zhaoliu').at(-1)).toContain(state.number);
  await tell('wecom', { FromUserName: 'zhaoliu', MsgType: 'image', MediaId: 'pic-2', MsgId: '99401' });
  await tell('wecom', { FromUserName: 'zhaoliu', MsgType: 'event', Event: 'enter_agent', AgentID: '1000002' });
  await drain();
  const files = await withTenant(at().database.appPool, DEMO_TENANT, (client) =>
    attachmentsOfCase(client, DEMO_TENANT, state.id),
  );
  expect(files.map(({ name }) => name)).toEqual(['照片.jpg']);
  vendors.taken.length = 0;
  vendors.answers.wecom = [{ errcode: 45009, errmsg: 'api freq out of limit' }];
  await write('wecom', 'zhaoliu', '今天还是坏的');
  expect(heardBy('wecom', 'zhaoliu')).toEqual([]);
  await at().database.ownerPool.query('update graphile_worker._private_jobs set run_at = now() where attempts > 0');
  await at().database.ownerPool.query(`select pg_notify('jobs:insert', '{"count":1}')`);
  await drain();
  expect(heardBy('wecom', 'zhaoliu')).toHaveLength(1);
  expect((await only('wecom', 'zhaoliu')).notes).toHaveLength(2);
});

test('企业微信：以“新事”开头的，另登记一件', async () => {
  await write('wecom', 'zhaoliu', '新事：楼道灯不亮');
  const [, second] = await statesOf('wecom', 'zhaoliu');
  expect(second?.values.content).toBe('楼道灯不亮');
});

test('钉钉机器人：签名对的才收，图片附上，工作通知发回', async () => {
  const send = (body: object, secret = DINGTALK.appSecret) =>
    fetch(callbacks.dingtalk ?? '', { method: 'POST', headers: robotHeaders(secret), body: JSON.stringify(body) });
  const from = { senderStaffId: 'staff01', senderId: '$:x', senderNick: '小王', conversationType: '1' };
  expect(
    (await send({ ...from, msgId: 'm1', msgtype: 'text', text: { content: ' 食堂漏水 ' } }, 'guessed')).status,
  ).toBe(403);
  expect((await send({ ...from, msgId: 'm1', msgtype: 'text', text: { content: ' 食堂漏水 ' } })).status).toBe(200);
  await drain();
  await bind(linkIn(heardBy('dingtalk', 'staff01')[0]));
  expect((await send({ ...from, msgId: 'm2', msgtype: 'picture', content: { downloadCode: 'dc' } })).status).toBe(200);
  await drain();
  const state = await only('dingtalk', 'staff01');
  expect(state.values.content).toBe('食堂漏水');
  expect(state.notes).toHaveLength(1);
  expect(heardBy('dingtalk', 'staff01').at(-1)).toContain(state.number);
});

test('钉钉：工作通知送没送到、读没读，过一会儿问钉钉；没送到的列出来', async () => {
  const soon = async (): Promise<void> => {
    await at().database.ownerPool.query('update graphile_worker._private_jobs set run_at = now() where run_at > now()');
    await at().database.ownerPool.query(`select pg_notify('jobs:insert', '{"count":1}')`);
    await drain();
  };
  await soon();
  const rows = async (): Promise<unknown[]> =>
    (
      await at().database.ownerPool.query(
        `select status, reason_zh from huiyin.message_out where kind = 'dingtalk' order by created_at`,
      )
    ).rows;
  const before = await rows();
  expect(before.every((row) => JSON.stringify(row).includes('arrived'))).toBe(true);
  const { id } = await only('dingtalk', 'staff01');
  const write = (text: string) =>
    withTenant(at().database.appPool, DEMO_TENANT, (client) =>
      orderMessage(client, DEMO_TENANT, { kind: 'dingtalk', to: 'staff01', text, caseId: id }, Date.now()),
    );
  vendors.workNotices.staff01 = 'invalid';
  await write('明天来修');
  await drain();
  expect((await rows()).at(-1)).toMatchObject({ status: 'sent' });
  await soon();
  expect((await rows()).at(-1)).toMatchObject({ status: 'failed', reason_zh: '未送达：没有这个员工' });
});

test('短信：打电话报事、留了手机号的业主收到短信；回执写明是否送达，回复的短信记入他那一件', async () => {
  const clerk = await at().as('zhouxiaoyan');
  const made = await clerk.register({ contactPhone: '13911112222' });
  await drain();
  const [notice] = vendors.taken.filter((one) => one.service === 'sms' && one.to === '13911112222');
  expect(JSON.parse(notice?.text ?? '{}')).toMatchObject({ number: made.number });
  const push = (body: unknown) =>
    fetch(callbacks.sms ?? '', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  const receipt = [
    {
      phone_number: '13911112222',
      biz_id: notice?.id,
      success: false,
      err_code: 'MK:0001',
      out_id: 'x',
      sms_size: '1',
    },
  ];
  expect(await (await push(receipt)).json()).toEqual({ code: 0, msg: '接收成功' });
  await drain();
  const told = await at().program.handling.notices.ofOwner(DEMO_TENANT, made.id);
  expect(told[0]).toMatchObject({ delivery: 'failed' });
  expect(told[0]?.deliveryNote).toContain('MK:0001');
  await push([
    { phone_number: '13911112222', content: '还没人来', send_time: '2026-11-22 10:00:00', sequence_id: 991 },
  ]);
  await push([
    { phone_number: '13911112222', content: '还没人来', send_time: '2026-11-22 10:00:00', sequence_id: 991 },
  ]);
  await drain();
  const file = await at().program.handling.caseById(DEMO_TENANT, made.id);
  expect(file?.state.notes.map(({ text }) => text)).toEqual(['还没人来']);
});

test('腾讯云短信：签名对了才收，变量太长就缩短；回执写明送达，回复记入他那一件', async () => {
  const connection = await connectTo('smstencent', TENCENT);
  await switchOff('sms', SMS);
  const clerk = await at().as('zhouxiaoyan');
  const made = await clerk.register({ contactPhone: '13955556666' });
  await drain();
  const [notice] = vendors.taken.filter((one) => one.service === 'smstencent' && one.to === '13955556666');
  expect(notice?.text.split('|')[0]).toBe(made.number);
  const push = (body: unknown) =>
    fetch(connection, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  const receipt = {
    user_receive_time: '2026-11-22 10:00:00',
    nationcode: '86',
    mobile: '13955556666',
    report_status: 'SUCCESS',
    errmsg: 'DELIVRD',
    description: '用户短信送达成功',
    sid: notice?.id,
  };
  expect(await (await push([receipt])).json()).toEqual({ result: 0, errmsg: 'OK' });
  expect((await push([{ ...receipt, sid: undefined }])).status).toBe(403);
  await push({
    extend: '01',
    mobile: '13955556666',
    nationcode: '86',
    sign: '锦绣物业',
    text: '还在漏',
    time: 1_457_336_869,
  });
  await push({
    extend: '01',
    mobile: '13955556666',
    nationcode: '86',
    sign: '锦绣物业',
    text: '还在漏',
    time: 1_457_336_869,
  });
  await drain();
  const sent = await at().database.ownerPool.query('select status from huiyin.message_out where provider_id = $1', [
    notice?.id,
  ]);
  expect(sent.rows).toEqual([{ status: 'arrived' }]);
  const file = await at().program.handling.caseById(DEMO_TENANT, made.id);
  expect(file?.state.notes.map(({ text }) => text)).toEqual(['还在漏']);
  // With both in use, what the one refuses for good the other carries.
  await connectTo('sms', SMS);
  vendors.smsAnswers['13955557777'] = 'isv.SMS_SIGNATURE_ILLEGAL';
  const other = await clerk.register({ contactPhone: '13955557777' });
  await drain();
  const carried = vendors.taken.filter(({ to }) => to === '13955557777');
  expect(carried.map(({ service }) => service)).toEqual(['smstencent']);
  expect(carried[0]?.text).toContain(other.number);
});

test('飞书：加密推送验签验令牌，过期和改过的不收；图片附上，对方读了通知就记已读', async () => {
  const url = await connectTo('feishu', FEISHU);
  const push = async ({ headers, body }: { headers: { [name: string]: string }; body: string }): Promise<Response> =>
    fetch(url, { method: 'POST', headers, body });
  const proof = { challenge: 'ajls384kdjx98XX', token: FEISHU.verificationToken, type: 'url_verification' };
  expect(await (await push(feishuPush(proof))).json()).toEqual({ challenge: 'ajls384kdjx98XX' });
  expect((await push(feishuPush({ ...proof, token: 'guessed' }))).status).toBe(403);
  const said = (id: string, type: string, content: object) =>
    feishuEvent('im.message.receive_v1', `e-${id}`, {
      sender: { sender_id: { open_id: 'ou_sun', user_id: 'u1' }, sender_type: 'user' },
      message: { message_id: `om_${id}`, chat_type: 'p2p', message_type: type, content: JSON.stringify(content) },
    });
  const first = said('1', 'text', { text: '@_user_1 会议室漏水' });
  const good = feishuPush(first);
  expect((await push({ ...good, headers: { ...good.headers, 'x-lark-signature': '0'.repeat(64) } })).status).toBe(403);
  expect((await push(feishuPush(first, FEISHU.encryptKey, Date.now() - 2 * HOUR))).status).toBe(403);
  expect((await push(feishuPush(first, 'another key'))).status).toBe(403);
  expect((await push(feishuPush(first, ''))).status).toBe(403);
  const strange = feishuEvent('im.message.receive_v1', 'e-9', {}, 'guessed');
  expect((await push(feishuPush(strange))).status).toBe(403);
  for (let n = 0; n < 2; n += 1) expect((await push(good)).status).toBe(200);
  await drain();
  await bind(linkIn(heardBy('feishu', 'ou_sun')[0]));
  const state = await only('feishu', 'ou_sun');
  expect(state.values.content).toBe('会议室漏水');
  const notice = vendors.taken
    .filter(({ service, text }) => service === 'feishu' && text.includes(state.number))
    .at(-1);
  const read = { reader: { reader_id: { open_id: 'ou_sun' }, read_time: '1' }, message_id_list: [`om_${notice?.id}`] };
  await push(feishuPush(feishuEvent('im.message.message_read_v1', 'e-r', read)));
  await push(feishuPush(said('2', 'image', { image_key: 'img_1' })));
  vendors.endTokens();
  await drain();
  const [told] = await at().program.handling.notices.ofOwner(DEMO_TENANT, state.id);
  expect(told?.readAt).not.toBeNull();
  const files = await withTenant(at().database.appPool, DEMO_TENANT, (client) =>
    attachmentsOfCase(client, DEMO_TENANT, state.id),
  );
  expect(files.map(({ name }) => name)).toEqual(['照片.jpg']);
});

test('钉钉 Stream：本机连过去收消息，收下了才回执；断了自己再连，改回 HTTP 就断开', async () => {
  const { stream } = vendors;
  await connectTo('dingtalk', { ...DINGTALK, mode: 'stream' });
  await expect.poll(() => stream.lines(), { timeout: 8_000 }).toBe(1);
  const robot = '/v1.0/im/bot/messages/get';
  const words = { senderStaffId: 'staff01', senderNick: '小王', msgtype: 'text', text: { content: '还没来修' } };
  const ack = await stream.push('CALLBACK', robot, { ...words, msgId: 's1' });
  expect(ack).toMatchObject({ code: 200, data: '{"response":null}' });
  const kept = await at().database.ownerPool.query(`select from huiyin.message_in where key = 'message:s1'`);
  expect(kept.rowCount).toBe(1);
  expect(await stream.push('SYSTEM', 'ping', { opaque: 'abc' })).toMatchObject({ code: 200, data: '{"opaque":"abc"}' });
  expect(await stream.push('CALLBACK', '/v1.0/card/instances/callback', {})).toMatchObject({ code: 404 });
  stream.cut();
  await expect.poll(() => stream.lines(), { timeout: 8_000 }).toBe(1);
  await stream.push('CALLBACK', robot, { ...words, msgId: 's1' });
  const leave = { userId: ['staff01'], timeStamp: '1' };
  const gone = await stream.push('EVENT', '*', leave, {
    eventType: 'user_leave_org',
    eventBornTime: '1',
    eventId: 'e1',
  });
  expect(gone).toMatchObject({ data: '{"status":"SUCCESS","message":""}' });
  await drain();
  expect(
    (await only('dingtalk', 'staff01')).notes.map(({ text }) => text).filter((text) => text === '还没来修'),
  ).toHaveLength(1);
  const left = await at().database.ownerPool.query<{ gone: boolean }>(
    `select left_at is not null as gone from huiyin.channel_sender where sender = 'staff01'`,
  );
  expect(left.rows).toEqual([{ gone: true }]);
  await connectTo('dingtalk', { ...DINGTALK, mode: '' });
  await expect.poll(() => stream.lines(), { timeout: 8_000 }).toBe(0);
});

test('钉钉那头断了网、不道别，本机停机也不会一直等它', async () => {
  const { stream } = vendors;
  await connectTo('dingtalk', { ...DINGTALK, mode: 'stream' }, false);
  const store = { pool: at().database.appPool, vault: openVault(at().dataDir), inner: true };
  const connection = await connectionOf(store, DEMO_TENANT, 'dingtalk');
  if (!connection) throw new Error('not connected');
  const failures: string[] = [];
  const wire = wireOf(store, connection, () => Date.now());
  const line = connection.messenger.listen?.(
    wire,
    async () => undefined,
    (cause) => failures.push(cause),
  );
  await expect.poll(() => stream.lines(), { timeout: 8_000 }).toBe(1);
  stream.fallSilent();
  await line?.stop();
  expect(stream.lines()).toBe(1);
  expect(failures).toEqual([]);
  stream.cut();
});

test('群机器人：员工的通知发到群里并 @ 他，业主的和他本人证书的不发', async () => {
  await connectTo('wecomgroup', GROUPS.wecom);
  const administrator = await at().as('xukai');
  const checked = await administrator.ask<{ findings: FindingView[] }>('/api/v1/connections/wecomgroup/check', {
    method: 'POST',
  });
  expect(checked.body.findings).toMatchObject([{ ok: true }, { ok: true }]);
  const clerk = await at().as('zhouxiaoyan');
  await clerk.register({ contactPhone: '13977778888' });
  await drain();
  const inGroup = vendors.taken.filter(({ service, to }) => service === 'wecomgroup' && to !== '');
  expect(inGroup.length).toBeGreaterThan(0);
  const phones = await at().database.ownerPool.query<{ phone: string }>(
    'select phone from huiyin.person where phone is not null',
  );
  for (const { to, text } of inGroup) {
    expect(phones.rows.map(({ phone }) => phone)).toContain(to);
    expect(text).not.toContain('13977778888');
  }
  // Whose certificate ends is told to him and his superior, not to the group.
  const order = (path: string, body: object) => administrator.ask(`/api/v1/${path}`, { method: 'POST', body });
  await order('staffing', { type: 'nameSkill', code: 'lifts', kind: 'qualification', zh: '电梯作业证' });
  const held = { personId: demoPerson('luoyong'), skill: 'lifts', certificateNumber: 'T1' };
  const granted = await order('staffing', { type: 'grantSkill', ...held, expiresOn: localDate(Date.now() + 2 * DAY) });
  expect(granted.status, granted.text).toBe(200);
  await order('sandbox/clock', { advance: 'PT1M' });
  await drain();
  const told = await at().database.ownerPool.query(`select from huiyin.notice where about = 'certificate'`);
  expect(told.rowCount).toBe(2);
  const certificates = vendors.taken.filter(({ text }) => text.includes('电梯作业证'));
  expect(certificates.filter(({ service }) => service === 'wecomgroup')).toEqual([]);
  await connectTo('dingtalkgroup', { ...GROUPS.dingtalk, secret: 'SECwrong00000' });
  const wrong = await administrator.ask<{ findings: FindingView[] }>('/api/v1/connections/dingtalkgroup/check', {
    method: 'POST',
  });
  expect(wrong.body.findings[0]?.said.zh).toContain('加签密钥');
  await connectTo('dingtalkgroup', GROUPS.dingtalk);
  const well = await administrator.ask<{ findings: FindingView[] }>('/api/v1/connections/dingtalkgroup/check', {
    method: 'POST',
  });
  expect(well.body.findings[0]).toMatchObject({ ok: true });
});

test('登录验证码可以走短信', async () => {
  const made = await at().program.server.inject({
    method: 'GET',
    url: '/api/v1/account',
    headers: (await at().as('xukai')).headers,
  });
  expect(made.body).toContain('"codeWays":["sms"]');
});

test('接入渠道：密钥存下后不再显示，留空不改；只有管理员看得到', async () => {
  const administrator = await at().as('xukai');
  const listed = await administrator.ask<{ items: ConnectionView[] }>('/api/v1/connections');
  expect(listed.body.items.map(({ kind }) => kind)).toEqual([
    'wechat',
    'wecom',
    'dingtalk',
    'feishu',
    'sms',
    'smstencent',
    'wecomgroup',
    'dingtalkgroup',
  ]);
  for (const secret of [SMS.accessKeySecret, WECOM.secret, WECOM.aesKey, DINGTALK.appSecret])
    expect(listed.text).not.toContain(secret);
  const kept = await at().database.ownerPool.query('select * from huiyin.channel_connection');
  expect(JSON.stringify(kept.rows)).not.toContain(WECOM.secret);
  const gardener = await (await at().as('fengdahai')).ask<WireProblem>('/api/v1/connections');
  expect(gardener.body).toMatchObject({ status: 403, code: 'role.notYours' });
  const { secret: _, ...rest } = WECOM;
  const body = { settings: { ...rest, base: vendors.url, secret: '' }, active: true };
  expect((await administrator.ask('/api/v1/connections/wecom', { method: 'PUT', body })).status).toBe(200);
  const found = await administrator.ask<{ findings: FindingView[] }>('/api/v1/connections/wecom/check', {
    method: 'POST',
  });
  expect(
    found.body.findings.slice(0, 2).every(({ ok }) => ok),
    found.text,
  ).toBe(true);
});

test('试一下：说得出哪一项不对', async () => {
  const administrator = await at().as('xukai');
  const check = async (kind: string, settings: object): Promise<string> => {
    const body = { settings: { base: vendors.url, ...settings }, active: true };
    const saved = await administrator.ask(`/api/v1/connections/${kind}`, { method: 'PUT', body });
    expect(saved.status, saved.text).toBe(200);
    const found = await administrator.ask<{ findings: FindingView[] }>(`/api/v1/connections/${kind}/check`, {
      method: 'POST',
    });
    return found.body.findings
      .filter(({ ok }) => !ok)
      .map(({ said }) => said.zh)
      .join('；');
  };
  expect(await check('wecom', { ...WECOM, secret: 'wrong' })).toContain('Secret 不对');
  expect(await check('wecom', { ...WECOM, agentId: '7' })).toContain('AgentId 不对');
  expect(await check('sms', { ...SMS, accessKeySecret: 'wrong' })).toContain('AccessKey Secret 不对');
  expect(await check('sms', { ...SMS, signName: '没批的' })).toContain('审核');
  expect(await check('dingtalk', { ...DINGTALK, appSecret: 'wrong' })).toContain('AppSecret 不对');
  expect(await check('wechat', { ...WECHAT, templateId: 'NONE' })).toContain('没有这个模板 ID');
  expect(await check('feishu', { ...FEISHU, appSecret: 'wrong' })).toContain('App Secret 不对');
  expect(await check('smstencent', { ...TENCENT, secretKey: 'wrong' })).toContain('SecretKey 不对');
  expect(await check('smstencent', { ...TENCENT, templateNotice: '1' })).toContain('没有这个模板 ID');
  const bad = await administrator.ask<WireProblem>('/api/v1/connections/wecom', {
    method: 'PUT',
    body: { settings: { ...WECOM, aesKey: 'short' }, active: true },
  });
  expect(bad.body).toMatchObject({ status: 422, code: 'channel.setting' });
});

// Over 120 lines: the whole life of calls at one desk, told in one place.
import { beforeAll, expect, test } from 'vitest';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { residentsOf } from '#directory/premises.ts';
import type { CallerCard, CallView, ExchangeView } from '#http/contract/call.ts';
import type { FindingView } from '#http/contract/connection.ts';
import { DAY, HOUR } from '#kernel/instant.ts';
import type { AnsweredRings } from '#reports/answered-rings.ts';
import { tell } from '../support/exchange.ts';
import { type Client, site } from './support.ts';

const at = site();
const LINE = '02088886666';
let clerk: Client;
let admin: Client;
let exchange: ExchangeView;
let secret: string;
let say: (event: string, call: string, more?: object, ago?: number) => Promise<Response>;

interface Calls {
  running: CallerCard[];
  unsettled: CallView[];
  missed: CallView[];
  mayAnswer: boolean;
}
const calls = async (who: Client = clerk): Promise<Calls> => (await who.ask<Calls>('/api/v1/calls')).body;
const journal = async (id: string): Promise<string[]> =>
  (await clerk.ask<{ sentence: { zh: string } }[]>(`/api/v1/cases/${id}/journal`)).body.map((one) => one.sentence.zh);

beforeAll(async () => {
  clerk = await at().as('chenlijuan');
  // Monday at ten in the morning, when the office is at work, whenever this runs.
  const ten = 2 * HOUR;
  const week = 7 * DAY;
  const monday = Math.ceil((Date.now() - 4 * DAY - ten) / week) * week + 4 * DAY + ten;
  await clerk.ask('/api/v1/sandbox/clock', {
    method: 'POST',
    body: { advance: `PT${Math.ceil((monday - Date.now()) / 60_000)}M` },
  });
  admin = await at().as('xukai');
  const estate = (await clerk.ask<{ id: string }[]>('/api/v1/premises')).body[0]?.id ?? '';
  const made = await admin.ask<{ exchange: ExchangeView; secret: string }>('/api/v1/exchanges', {
    method: 'POST',
    body: {
      name: '总机',
      numbers: [{ number: LINE, estateId: estate }],
      extensions: [
        { extension: '801', personId: clerk.personId },
        { extension: '802', personId: (await at().as('zhouxiaoyan')).personId },
      ],
      recordings: ['https://pbx.example.com/rec/'],
    },
  });
  expect(made.status, made.text).toBe(201);
  ({ exchange, secret } = made.body);
  say = (event, call, more = {}, ago = 0) => {
    const moment = new Date(Date.now() - ago * 1000).toISOString();
    return tell(at().url + exchange.url, secret, { event, call, at: moment, to: LINE, from: '13800000101', ...more });
  };
});

test('only the exchange itself is believed: a wrong signature, an old message and an unknown address are refused alike', async () => {
  const url = at().url + exchange.url;
  const ring = { event: 'ringing', call: 'x', at: new Date().toISOString() };
  const answers = await Promise.all([
    tell(url, 'whsec_AAAA', ring),
    tell(url, secret, ring, { at: Date.now() - 6 * 60_000 }),
    tell(url.replace(exchange.id, '00000000-0000-4000-8000-000000000000'), secret, ring),
    fetch(url, { method: 'POST', body: JSON.stringify(ring) }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  expect(new Set(await Promise.all(answers.map((one) => one.text()))).size).toBe(1);
  expect((await tell(url, secret, { ...ring, event: 'sings' })).status).toBe(422);
  expect((await calls()).running).toEqual([]);
  expect((await clerk.ask('/api/v1/exchanges')).status).toBe(403);
});

test('while it rings the clerk is told at once and sees whose number it is, his open cases and what is out at his place', async () => {
  const places = (await clerk.ask<{ id: string }[]>('/api/v1/premises?q=3-1-502')).body;
  const room = places[0]?.id ?? '';
  const manager = await at().as('linzhiyuan');
  const outage = await manager.ask('/api/v1/incidents', {
    method: 'POST',
    body: {
      kind: 'water',
      title: { zh: '3栋停水' },
      words: { zh: '下午四点恢复' },
      places: [{ premisesId: room }],
    },
  });
  expect(outage.status, outage.text).toBe(201);
  const residents = await residentsOf(at().program.pool, DEMO_TENANT, room, Date.now());
  const phone = residents.find((one) => one.phone !== null)?.phone ?? '';
  const open = await clerk.register({ contactPhone: phone });

  const stream = await fetch(`${at().url}/api/v1/events`, { headers: clerk.headers });
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await say('ringing', 'pop', { from: `+86 ${phone}` })).status).toBe(200);
  let heard = '';
  while (!heard.includes('event: call')) heard += (await reader?.read())?.value ?? '';
  const { running } = await calls();
  await reader?.cancel();
  expect(running).toMatchObject([
    {
      phase: 'ringing',
      line: LINE,
      cases: [{ number: open.number }],
      incidents: [{ title: { zh: '3栋停水' } }],
      places: [{ premisesId: room }],
    },
  ]);
  expect(running[0]?.phone).toMatch(/^\d{3}\*{4}\d{4}$/);

  const technician = await at().as('luoyong');
  expect(await calls(technician)).toMatchObject({ running: [], unsettled: [], missed: [], mayAnswer: false });

  const [taken] = await Promise.all([
    clerk.ask<{ phone: string; place: { premisesId: string } }>(`/api/v1/calls/${running[0]?.id}/taking`, {
      method: 'POST',
    }),
  ]);
  expect(taken.body).toMatchObject({ phone, place: { premisesId: room } });
  const other = await at().as('zhouxiaoyan');
  const late = await other.ask<{ code: string; who: { zh: string } }>(`/api/v1/calls/${running[0]?.id}/taking`, {
    method: 'POST',
  });
  expect([late.status, late.body.code]).toEqual([409, 'call.taken']);
  expect(JSON.stringify(await calls(other))).not.toContain(phone);
});

test('a number that is on no list but was left with an open case brings up that case and the name given there, masked', async () => {
  const open = await clerk.register({ contactPhone: '18912340987', contactName: '欧阳小虎' });
  expect((await say('ringing', 'unlisted', { from: '18912340987' })).status).toBe(200);
  const { running } = await calls();
  const [card] = running.filter(({ phone }) => phone === '189****0987');
  expect(card).toMatchObject({ places: [], cases: [{ number: open.number, name: '欧阳**' }] });
  const body = { case: open.id };
  expect((await clerk.ask(`/api/v1/calls/${card?.id}/outcome`, { method: 'POST', body })).status).toBe(200);
  await say('ended', 'unlisted', { from: '18912340987' });
});

test('S6-13 · whatever order a call’s events come in, and however often, it is one call with its true rings', async () => {
  const told = { from: '13911110000' };
  expect((await say('ended', 'mixed', told, 10)).status).toBe(200);
  expect((await say('answered', 'mixed', { ...told, extension: '801' }, 45)).status).toBe(200);
  expect((await say('ringing', 'mixed', told, 62)).status).toBe(200);
  const again = await (await say('answered', 'mixed', { ...told, rings: 9 }, 1)).json();
  expect(again).toMatchObject({ repeated: true });
  const [call, ...others] = (await calls()).unsettled.filter((one) => one.phone === '139****0000');
  expect(others).toEqual([]);
  // 17 seconds at 5 seconds a ring: the fourth.
  expect(call).toMatchObject({ phase: 'answered', rings: 4, answeredBy: '陈丽娟', mine: true, case: null });
});

test('an answered call waits until it has a case or a reason; bound to a case, it stands in its timeline with its recording', async () => {
  await say('ringing', 'kept', { from: '13922220000' }, 100);
  await say('answered', 'kept', { extension: '801', rings: 2 }, 62);
  const [call] = (await calls()).running.filter((one) => one.phone === '139****0000');
  const made = await clerk.register();
  const bound = await clerk.ask<CallView>(`/api/v1/calls/${call?.id}/outcome`, {
    method: 'POST',
    body: { case: made.id },
  });
  expect(bound.body.case).toEqual({ id: made.id, number: made.number });
  await say('ended', 'kept', {}, 2);
  await say('recording', 'kept', { recording: 'https://pbx.example.com/rec/../private/kept.wav' });
  await at().program.handling.drainJobs();
  const lines = (await journal(made.id)).filter((line) => line.startsWith('来电 '));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/响 2 声接听，接听人 陈丽娟，通话 1 分钟$/);
  const { items } = (await clerk.ask<{ items: CallView[] }>(`/api/v1/cases/${made.id}/calls`)).body;
  expect(items).toMatchObject([{ rings: 2, recording: { listen: false } }]);

  await say('ringing', 'wrong', { from: '13933330000' }, 30);
  await say('answered', 'wrong', { extension: '801' }, 28);
  await say('ended', 'wrong', {}, 20);
  const asks = (await calls()).unsettled.find((one) => one.phone === '139****0000' && one.rings === 1);
  const settle = (body: object) => clerk.ask(`/api/v1/calls/${asks?.id}/outcome`, { method: 'POST', body });
  expect((await settle({ reason: 'other' })).status).toBe(422);
  expect((await settle({ reason: 'calledBack' })).status).toBe(422);
  expect((await settle({ reason: 'wrongNumber' })).status).toBe(200);
  expect((await calls()).unsettled.map(({ id }) => id)).not.toContain(asks?.id);
});

test('a missed call stands in a list with the moment by which to call back, and leaves it only when somebody says what came of it', async () => {
  await say('ringing', 'missed', { from: '02012345678' }, 40);
  await say('ended', 'missed', {}, 10);
  const missed = (await calls()).missed.find(({ phone }) => phone?.endsWith('78'));
  expect(Date.parse(missed?.callBackBy ?? '') - Date.parse(missed?.endedAt ?? '')).toBe(30 * 60_000);
  const taken = await clerk.ask<{ phone: string }>(`/api/v1/calls/${missed?.id}/taking`, { method: 'POST' });
  expect(taken.body.phone).toBe('02012345678');
  const done = await clerk.ask(`/api/v1/calls/${missed?.id}/outcome`, {
    method: 'POST',
    body: { reason: 'calledBack', note: '已说明缴费方式' },
  });
  expect(done.status, done.text).toBe(200);
  expect((await calls()).missed).toEqual([]);
});

test('a missed call nobody calls back climbs from the desk to its head and on to his, on record, until somebody says what came of it', async () => {
  interface Bell {
    items: { id: string; notice: string; caseId: string | null; text: { zh: string }; readAt: string | null }[];
    unread: number;
  }
  const bell = async (who: Client) =>
    (await who.ask<Bell>('/api/v1/notices')).body.items.filter(
      ({ notice, text }) => notice === 'callBack' && text.zh.includes('139****0000'),
    );
  const pass = async (minutes: number): Promise<void> => {
    const body = { advance: `PT${minutes}M` };
    expect((await clerk.ask('/api/v1/sandbox/clock', { method: 'POST', body })).status).toBe(200);
  };
  await say('ringing', 'climbs', { from: '13955550000' }, 40);
  await say('ended', 'climbs', {}, 10);
  const open = async () => (await calls()).missed.find(({ phone }) => phone === '139****0000');
  expect(await open()).toMatchObject({ escalations: [] });
  await pass(31);
  const atDesk = await bell(clerk);
  expect(atDesk).toMatchObject([{ caseId: null, readAt: null }]);
  const read = await clerk.ask(`/api/v1/notices/${atDesk[0]?.id}/reading`, { method: 'POST' });
  expect(read.status, read.text).toBe(204);
  expect((await bell(clerk))[0]?.readAt).not.toBeNull();
  await pass(30);
  await pass(30);
  const { escalations = [], climbsAt } = (await open()) ?? {};
  expect(escalations.map(({ to }) => to.toSorted())).toEqual([['周晓燕', '陈丽娟'], ['唐慧敏'], ['何国栋']]);
  expect(climbsAt, 'there is nobody above the general manager').toBeNull();
  const settled = { reason: 'calledBack', note: '' };
  await clerk.ask(`/api/v1/calls/${(await open())?.id}/outcome`, { method: 'POST', body: settled });
  await pass(120);
  expect(await open()).toBeUndefined();
  expect(await bell(await at().as('tanghuimin'))).toHaveLength(1);
});

test('when the exchange gives more or less time to call back, whoever was missed before waits by the new time, and is not forgotten', async () => {
  const allow = async (callBackMinutes: number): Promise<void> => {
    const { id, url: _, madeAt: __, lastCallAt: ___, ...wish } = exchange;
    const body = { ...wish, callBackMinutes };
    expect((await admin.ask(`/api/v1/exchanges/${id}`, { method: 'PUT', body })).status).toBe(200);
  };
  const pass = async (minutes: number): Promise<void> => {
    await clerk.ask('/api/v1/sandbox/clock', { method: 'POST', body: { advance: `PT${minutes}M` } });
  };
  const open = async () => (await calls()).missed.find(({ phone }) => phone === '139****0001');
  await say('ringing', 'slow', { from: '13955550001' }, 40);
  await say('ended', 'slow', {}, 10);
  await allow(90);
  await pass(31);
  expect(await open()).toMatchObject({ escalations: [] });
  await pass(60);
  expect((await open())?.escalations).toHaveLength(1);
  const settle = async (): Promise<void> => {
    const body = { reason: 'calledBack', note: '' };
    await clerk.ask(`/api/v1/calls/${(await open())?.id}/outcome`, { method: 'POST', body });
  };
  await settle();
  await say('ringing', 'quick', { from: '13955550001' }, 40);
  await say('ended', 'quick', {}, 10);
  await allow(5);
  await pass(6);
  expect((await open())?.escalations).toHaveLength(1);
  await allow(exchange.callBackMinutes);
  await settle();
});

test('when everybody with an extension has left the company, those who may register see the calls', async () => {
  const hired = await admin.ask<{ person: { id: string } }>('/api/v1/people', {
    method: 'POST',
    body: { name: '孙小美', unit: 'service', posts: ['receptionist'] },
  });
  expect(hired.status, hired.text).toBe(201);
  const { id, url: _, madeAt: __, lastCallAt: ___, ...wish } = exchange;
  const seat = async (extensions: ExchangeView['extensions']): Promise<void> => {
    const said = await admin.ask(`/api/v1/exchanges/${id}`, { method: 'PUT', body: { ...wish, extensions } });
    expect(said.status, said.text).toBe(200);
  };
  const seenBy = async (): Promise<string | undefined> =>
    (
      await admin.ask<{ findings: FindingView[] }>(`/api/v1/exchanges/${id}/check`, { method: 'POST' })
    ).body.findings.find(({ what }) => what.zh === '现在谁看得到来电')?.said.zh;
  await seat([{ extension: '801', personId: hired.body.person.id }]);
  expect(await seenBy()).toBe('孙小美');
  const left = await admin.ask(`/api/v1/people/${hired.body.person.id}/deactivation`, { method: 'POST' });
  expect(left.status, left.text).toBe(200);
  expect(await seenBy()).toContain('周晓燕');
  await seat(exchange.extensions);
});

test('S6-13 · the three-ring figure counts, from the events alone, who answered in time, who late, and what was missed', async () => {
  const before = await rings();
  await say('ringing', 'r3', {}, 60);
  await say('answered', 'r3', { rings: 3, extension: '801' }, 46);
  await say('ended', 'r3', {}, 40);
  await say('ringing', 'r4', {}, 60);
  await say('answered', 'r4', { rings: 4, extension: '802' }, 41);
  await say('ended', 'r4', {}, 40);
  await say('answered', 'unknown', {}, 41);
  await say('ended', 'unknown', {}, 40);
  await say('ringing', 'nobody', {}, 60);
  await say('ended', 'nobody', {}, 40);
  const after = await rings();
  const grown = (key: 'answered' | 'inTime' | 'uncounted' | 'missed') => after.all[key] - before.all[key];
  expect([grown('answered'), grown('inTime'), grown('uncounted'), grown('missed')]).toEqual([3, 1, 1, 1]);
  const late = after.byClerk.find(({ person }) => person === '周晓燕');
  expect(late).toMatchObject({ answered: 1, inTime: 0, share: 0 });
  expect((await (await at().as('luoyong')).ask('/api/v1/reports/answeredRings')).status).toBe(403);
});
const rings = async (): Promise<AnsweredRings> => {
  const manager = await at().as('fangjing');
  const said = await manager.ask<{ figures: AnsweredRings }>('/api/v1/reports/answeredRings');
  expect(said.status, said.text).toBe(200);
  return said.body.figures;
};

test('a call missed while the office is asleep is told of in the morning: the desk first, its head half an hour later', async () => {
  const rules = { quiet: { from: '22:00', to: '07:00' }, togetherMinutes: 0, unreadMinutes: 0, ways: [] };
  const set = await admin.ask('/api/v1/notice-settings/rules', { method: 'PUT', body: rules });
  expect(set.status, set.text).toBe(204);
  const clock = async (advance: string): Promise<number> => {
    const body = { advance };
    return Date.parse((await clerk.ask<{ now: string }>('/api/v1/sandbox/clock', { method: 'POST', body })).body.now);
  };
  const until = async (hour: number): Promise<void> => {
    const wanted = (hour - 8) * HOUR;
    const now = await clock('PT0S');
    await clock(`PT${Math.ceil(((((wanted - now) % DAY) + DAY) % DAY) / 60_000)}M`);
  };
  await until(23);
  await say('ringing', 'night', { from: '13955550002' }, 40);
  await say('ended', 'night', {}, 10);
  const told = async () => (await calls()).missed.find(({ phone }) => phone === '139****0002')?.escalations.length;
  await clock('PT60M');
  expect(await told()).toBe(0);
  await until(7);
  expect(await told()).toBe(1);
  await clock('PT31M');
  expect(await told()).toBe(2);
});

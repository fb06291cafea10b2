import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallerCard, CallView } from '#http/contract/call.ts';
import { site } from './http/support.ts';
import { type Exchange, NUMBER, startAsterisk, whyNoAsterisk } from './support/asterisk.ts';
import { KAMAILIO_NUMBER, startKamailio, whyNoKamailio } from './support/kamailio.ts';

const obstacle = whyNoAsterisk();
const noKamailio = whyNoKamailio();
for (const why of [obstacle, noKamailio]) if (why !== null) console.warn(`skipped: ${why}`);
let exchange: Exchange | undefined;
const at = site({
  channels: async () => {
    if (obstacle !== null) return { mailPlus: true };
    exchange = await startAsterisk();
    return { mailPlus: true, asteriskUrl: exchange.amiUrl };
  },
});
beforeAll(async () => {
  const admin = await at().as('xukai');
  const seat = { extension: '801', personId: (await at().as('zhouxiaoyan')).personId };
  const body = {
    name: '总机',
    numbers: [{ number: NUMBER }],
    extensions: [seat],
    recordings: ['https://pbx.example.com/rec/'],
  };
  expect((await admin.ask('/api/v1/exchanges', { method: 'POST', body })).status).toBe(201);
});
afterAll(async () => exchange?.stop());

test.skipIf(obstacle !== null)(
  'a real call through a real Asterisk pops up while it rings, and stands in its case with rings, clerk and recording',
  { timeout: 60_000 },
  async () => {
    const clerk = await at().as('zhouxiaoyan');
    const look = async () => (await clerk.ask<{ running: CallerCard[]; unsettled: CallView[] }>('/api/v1/calls')).body;
    const called = exchange?.call();
    await expect
      .poll(async () => (await look()).running, { timeout: 20_000 })
      .toMatchObject([{ phase: 'ringing', phone: '138****0101', line: NUMBER }]);
    const [call] = (await look()).running;
    const made = await clerk.register({ contactPhone: '13800000101' });
    const body = { case: made.id };
    expect((await clerk.ask(`/api/v1/calls/${call?.id}/outcome`, { method: 'POST', body })).status).toBe(200);
    await called;
    const journal = async (): Promise<string[]> =>
      (await clerk.ask<{ sentence: { zh: string } }[]>(`/api/v1/cases/${made.id}/journal`)).body.map(
        (one) => one.sentence.zh,
      );
    await expect
      .poll(async () => (await journal()).filter((line) => line.startsWith('来电 ')), { timeout: 20_000 })
      .toEqual([expect.stringMatching(/响 2 声接听，接听人 周晓燕，通话 1 分钟$/)]);
    const { items } = (await clerk.ask<{ items: CallView[] }>(`/api/v1/cases/${made.id}/calls`)).body;
    expect(items).toMatchObject([{ recording: { listen: true }, answeredBy: '周晓燕' }]);
  },
);

test.skipIf(noKamailio !== null)(
  'S6-13 · a real call through Debian’s own Kamailio pops up while it rings, and its rings and clerk are known when it is over',
  { timeout: 60_000 },
  async () => {
    const clerk = await at().as('zhouxiaoyan');
    const body = {
      name: '前台',
      numbers: [{ number: KAMAILIO_NUMBER }],
      extensions: [{ extension: '801', personId: clerk.personId }],
    };
    const admin = await at().as('xukai');
    const made = await admin.ask<{ exchange: { url: string }; secret: string }>('/api/v1/exchanges', {
      method: 'POST',
      body,
    });
    const { exchange: entered, secret } = made.body;
    const kamailio = await startKamailio({ url: at().url + entered.url, secret });
    const look = async () => (await clerk.ask<{ running: CallerCard[]; unsettled: CallView[] }>('/api/v1/calls')).body;
    const ours = <T extends CallView>(calls: T[]): T[] => calls.filter(({ line }) => line === KAMAILIO_NUMBER);
    try {
      const called = kamailio.call();
      await expect
        .poll(async () => ours((await look()).running), { timeout: 20_000 })
        .toMatchObject([{ phase: 'ringing', phone: '138****0101' }]);
      await called;
      await expect
        .poll(async () => ours((await look()).unsettled), { timeout: 20_000 })
        .toMatchObject([{ phase: 'answered', rings: 2, answeredBy: '周晓燕' }]);
    } finally {
      await kamailio.stop();
    }
  },
);

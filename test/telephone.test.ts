import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallerCard, CallView } from '#http/contract/call.ts';
import { site } from './http/support.ts';
import { type Exchange, NUMBER, startAsterisk, whyNoAsterisk } from './support/asterisk.ts';

const obstacle = whyNoAsterisk();
if (obstacle !== null) console.warn(`skipped: ${obstacle}`);
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

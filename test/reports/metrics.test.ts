import { expect, test } from 'vitest';
import type { CaseState } from '#case/state.ts';
import { DAY, HOUR } from '#kernel/instant.ts';
import { repeatWords } from '#policy/tell/detail.ts';
import type { CaseFact, RunFact } from '#reports/case-facts.ts';
import { type Counted, measure, metricFigure } from '#reports/clause-figures.ts';
import { openRepeats } from '#reports/repeats.ts';
import { packFrom } from '../support/story.ts';

const T0 = Date.parse('2026-03-05T10:00:00+08:00');
const ORDERS = Array.from({ length: 1_000 }, (_, i) => i);

const run = (clock: string, status: RunFact['status']): RunFact => ({
  ...{ clock, run: 1, status, startedAt: T0, dueAt: T0 + 24 * HOUR },
  ...{ stoppedAt: T0 + 20 * HOUR, breachedAt: status === 'late' ? T0 + 24 * HOUR : null },
});
const place = (n: number) => ({ premisesId: null, text: `${n} 号房` });
type Order = Pick<CaseState, 'number' | 'receivedAt' | 'values' | 'entries'>;
const by = { kind: 'system', personId: null, name: '' } as const;
const order = (number: string, receivedAt: number, values: CaseState['values']): Order => ({
  ...{ number, receivedAt, values },
  entries: {
    complete: [{ seq: 9, step: 'complete', round: 1, at: receivedAt + 2 * HOUR, by, values: {}, visible: true }],
  },
});

test.each([
  ['S6-36', 's6'],
  ['S7-34', 's7'],
])(
  '%s · of 1,000 repairs 980 in time will do and 979 will not; 10 repaired again will do and 11 will not',
  async (_rule, folder) => {
    const pack = await packFrom(folder);
    const figureOf = (name: string, count: (metric: Counted) => void) => {
      const spec = pack.metrics[name];
      if (!spec) throw new Error(`No metric ${name}`);
      const counted = { ...spec, kept: 0, of: 0 };
      count(counted);
      return metricFigure(pack, name, counted);
    };
    const inTime = (kept: number) =>
      figureOf('fixedInTime', (metric) => {
        for (const i of ORDERS) {
          const runs = [run('minorRepair', i < kept ? 'kept' : 'late')];
          // Only what the measure looks at; a case has much besides.
          measure(metric, { procedure: 'repair', runs, entries: [] } as unknown as CaseFact, T0 + 30 * DAY);
        }
      });
    expect(inTime(979)).toMatchObject({ value: 0.979, target: 0.98, met: false });
    expect(inTime(980)).toMatchObject({ value: 0.98, met: true });

    const again = (count: number, change: (later: Order) => Order = (later) => later) =>
      figureOf('repairedAgain', (metric) => {
        if (!('repeats' in metric.measure)) throw new Error('Not a metric of repeats');
        const repeated = openRepeats(pack, metric.measure.repeats);
        for (const i of ORDERS) repeated.add(order(`WX-${i}`, T0, { place: place(i) }), true);
        for (const i of ORDERS.slice(0, count))
          repeated.add(change(order(`FX-${i}`, T0 + 5 * DAY, { place: place(i), sourceCase: `WX-${i}` })), false);
        Object.assign(metric, repeated.sum());
      });
    expect(again(10)).toMatchObject({ value: 0.01, of: 1_000, atMost: 0.01, met: true });
    expect(again(11)).toMatchObject({ value: 0.011, met: false });
    // Later than the company's own 30 days, elsewhere, or of another order: not the same trouble.
    expect(again(11, (later) => ({ ...later, receivedAt: T0 + 31 * DAY })).value).toBe(0);
    expect(again(11, (later) => ({ ...later, values: { ...later.values, place: place(5_000) } })).value).toBe(0);
    expect(again(11, (later) => ({ ...later, values: { place: later.values.place ?? null } })).value).toBe(0);
  },
);

test.each([
  ['S6-36', 's6'],
  ['S7-34', 's7'],
])(
  '%s · what counts as repaired again is the company’s own choice, and is told beside the figure',
  async (_rule, folder) => {
    const pack = await packFrom(folder, (source) => ({
      ...source,
      text: source.text.replace('value: P30D', 'value: P7D'),
    }));
    const rule = pack.metrics.repairedAgain?.measure;
    if (!rule || !('repeats' in rule)) throw new Error('Not a metric of repeats');
    const repeated = openRepeats(pack, rule.repeats);
    repeated.add(order('WX-1', T0, { place: place(1) }), true);
    repeated.add(order('FX-1', T0 + 8 * DAY, { place: place(1), sourceCase: 'WX-1' }), false);
    expect(repeated.sum()).toEqual({ kept: 0, of: 1 });
    const words = repeatWords(pack, 'repair', rule.repeats);
    expect(words.zh).toBe('口径：“完工”后 7 天内又来、“原单号（返修）”写明本件且“房号或位置”相同的，算一次');
    expect(words.en).toContain('within 7 days of “Repaired”');
  },
);

import { expect, test } from 'vitest';
import { HOUR } from '#kernel/instant.ts';
import { type DispatchSpec, dispatchSchema } from '#policy/language/dispatch.ts';
import { blank } from '../blank.ts';
import type { Scope } from '../paths.ts';
import type { CandidateFacts } from './facts.ts';
import { rank } from './rank.ts';

const now = Date.parse('2026-03-03T10:00:00+08:00');
// Conditions read the case alone here.
const scope = (values: Scope['state']['values'] = {}): Scope =>
  ({ state: { ...blank, values }, values: {}, pack: {} }) as unknown as Scope;

function policy(more: Partial<{ [K in keyof DispatchSpec]: unknown }>): DispatchSpec {
  const words = { zh: '派单', en: 'Dispatch' };
  return dispatchSchema.parse({
    title: words,
    clause: '三',
    procedure: 'repair',
    step: 'dispatch',
    field: 'assignee',
    ways: [{ title: words, shift: 'now' }],
    score: {},
    ...more,
  });
}

const technician = (name: string, more: Partial<CandidateFacts> = {}): CandidateFacts => ({
  person: { id: name, name, unitId: null },
  holdsPost: true,
  inUnit: true,
  head: false,
  skills: new Set(),
  inTerritory: true,
  onShiftUntil: now + 7 * HOUR,
  nextShift: null,
  awayUntil: null,
  recused: false,
  declined: null,
  load: 0,
  near: null,
  knows: null,
  lastTurn: null,
  ...more,
});

const said = (spec: DispatchSpec, people: CandidateFacts[], values = {}): [string, boolean, string][] =>
  rank(spec, scope(values), people, now).ranked.map((one) => [one.facts.person.name, one.fit, one.why().zh]);

test('every candidate says why he is chosen or passed over', () => {
  const people = [
    technician('赵', { recused: true }),
    technician('钱', { awayUntil: now + HOUR }),
    technician('孙', { skills: new Set(['lift']), load: 5 }),
    technician('李', { skills: new Set(['lift']), load: 1, near: 'estate' }),
    technician('周', { skills: new Set(['lift']), onShiftUntil: null, nextShift: now + 22 * HOUR }),
    technician('吴'),
    technician('郑', { skills: new Set(['lift']), inTerritory: false }),
    technician('王', { skills: new Set(['lift']), declined: '梯井里有别家在施工' }),
    technician('冯', { holdsPost: false }),
    technician('陈', { inUnit: false }),
  ];
  const words = { zh: '持证当班', en: 'Certified, at work' };
  const spec = policy({
    cap: 5,
    ways: [{ title: words, skills: ['lift'], territory: true, shift: 'now' }],
    score: { load: 40, distance: 30 },
  });
  expect(said(spec, people)).toEqual([
    ['李', true, '当班至 17:00，在办 1 件；同在本小区 +15，共 15 分'],
    ['赵', false, '被投诉人，须回避'],
    ['钱', false, '休假至 03-03 11:00，在办 0 件'],
    ['孙', false, '在办 5 件，已到上限 5 件'],
    ['周', false, '不当班，03-04 08:00 上班，在办 0 件'],
    ['吴', false, '缺有效资质或技能：lift'],
    ['郑', false, '不在其片区'],
    ['王', false, '已婉拒：梯井里有别家在施工'],
    ['冯', false, '不任该岗位'],
    ['陈', false, '不在责任部门'],
  ]);
});

test('a technician in the same building goes before one in the same estate, and both before a stranger to it', () => {
  const spec = policy({ score: { distance: 20, continuity: 10, load: 5 } });
  const people = [
    technician('远', { load: 0 }),
    technician('同区', { near: 'estate', load: 2 }),
    technician('同楼', { near: 'building', load: 2 }),
    technician('熟', { knows: 'case', near: 'estate', load: 2 }),
  ];
  expect(rank(spec, scope(), people, now).ranked.map((one) => [one.facts.person.name, one.score])).toEqual([
    ['同楼', 20],
    ['熟', 20],
    ['同区', 10],
    ['远', 5],
  ]);
});

test('where nobody meets the strict conditions the next ones are tried, and where none is met nobody fits', () => {
  const spec = policy({
    ways: [
      { title: { zh: '片区当班', en: 'Here' }, territory: true, shift: 'now' },
      { title: { zh: '下一班', en: 'Next shift' }, shift: 'next' },
    ],
  });
  const off = technician('下一班的人', { onShiftUntil: null, nextShift: now + HOUR, inTerritory: false });
  const first = rank(spec, scope(), [off], now);
  expect([first.way?.title.zh, first.ranked[0]?.fit]).toEqual(['下一班', true]);
  const none = rank(spec, scope(), [{ ...off, nextShift: null }], now);
  expect(none.ranked.map((one) => [one.fit, one.why().zh])).toEqual([[false, '未排班，在办 0 件']]);
});

test('in an urgent case whoever is at work goes before somebody with less to do who is not', () => {
  const spec = policy({
    ways: [{ title: { zh: '任何人', en: 'Anybody' } }],
    urgent: { field: 'case.urgency', is: 'urgent' },
    score: { urgency: 60, load: 40 },
  });
  const people = [technician('在岗', { load: 3 }), technician('不在岗', { onShiftUntil: null, load: 1 })];
  const best = (urgency: string): string | undefined =>
    rank(spec, scope({ urgency }), people, now).ranked[0]?.facts.person.name;
  expect([best('urgent'), best('ordinary')]).toEqual(['在岗', '不在岗']);
});

test('by turns, whoever has waited longest since his last case is next', () => {
  const spec = policy({ score: { turn: 10 } });
  const people = [
    technician('刚派过', { lastTurn: now - HOUR }),
    technician('早派过', { lastTurn: now - 5 * HOUR }),
    technician('主管从未派', { head: true }),
    technician('从未派'),
  ];
  expect(rank(spec, scope(), people, now).ranked.map((one) => one.facts.person.name)).toEqual([
    '从未派',
    '主管从未派',
    '早派过',
    '刚派过',
  ]);
});

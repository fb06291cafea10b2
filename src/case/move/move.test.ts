import { expect, test } from 'vitest';
import type { Calendar } from '#clock/calendar.ts';
import { testPack } from '#handling/testing-pack.ts';
import { HOUR } from '#kernel/instant.ts';
import { type CompiledPack, compilePack } from '#policy/compile.ts';
import { allowedCommands } from '../allowed.ts';
import type { Actor, Command, Context, Directory, Person } from '../context.ts';
import { decide } from '../decide.ts';
import type { CaseEvent } from '../event.ts';
import { replay } from '../evolve.ts';
import type { CaseState } from '../state.ts';

const START = Date.parse('2026-11-23T10:00:00+08:00');
const calendar: Calendar = {
  id: 'office-hours',
  version: 'test',
  title: { zh: '办公室', en: 'Office' },
  offsetMinutes: 480,
  week: [0, 1, 2, 3, 4, 5, 6].map(() => [{ from: 540, to: 1080 }]),
  days: new Map(),
  years: new Map(),
};
const people: Person[] = [
  { id: 'p1', name: '张前台', unitId: 'u', posts: ['clerk'], active: true },
  { id: 'p2', name: '李经理', unitId: 'u', posts: ['manager'], active: true },
  { id: 'p3', name: '何总', unitId: 'u', posts: ['generalManager'], active: true },
];
const directory: Directory = {
  person: (id) => people.find((one) => one.id === id),
  holders: (post) => people.filter((one) => one.posts.includes(post)),
  superior: () => people[2],
  unit: (code) => ({ id: code, code, name: code }),
  members: () => [],
  near: () => [],
  outOfScope: () => null,
  standsInFor: () => [],
  authority: () => undefined,
};
const as = (n: number): Actor => {
  const { id, name, posts } = people[n] ?? { id: '', name: '', posts: [] };
  return { kind: 'staff', personId: id, name, posts };
};
const [clerk, manager, head] = [as(0), as(1), as(2)];

/** The small pack with some words of its complaint procedure replaced. */
function pack(version: string, ...changes: [string, string][]): CompiledPack {
  const sources = testPack(version).map((file) => ({
    ...file,
    text: file.path.endsWith('complaint.yaml')
      ? changes.reduce((text, [from, to]) => {
          expect(text).toContain(from);
          return text.replace(from, to);
        }, file.text)
      : file.text,
  }));
  const read = compilePack(sources);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

/** A case that is told act by act under one version, and may then be moved. */
function begin(under: CompiledPack) {
  let state: CaseState | null = null;
  const journal: CaseEvent[] = [];
  let following = under;
  const act = (command: Command, actor: Actor, hours: number, to?: CompiledPack) => {
    const ctx: Context = {
      now: START + hours * HOUR,
      actor,
      pack: following,
      calendar,
      directory,
      digest: (text) => text,
      newId: () => 'c2',
      target: to && { pack: to, calendar, journal: [...journal], movers: ['administrator', 'generalManager'] },
    };
    const said = decide(state, command, ctx, 'c1');
    if (!said.ok) return said.refusal;
    journal.push(...said.value);
    state = replay('c1', journal);
    if (to) following = to;
    return undefined;
  };
  const now = (): CaseState => {
    if (state === null) throw new Error('not registered');
    return state;
  };
  const values = { content: '楼上漏水' };
  const fault = act({ type: 'register', number: 'TS1', matter: 'complaint', channel: 'phone', values }, clerk, 0);
  if (fault) throw new Error(fault.code);
  return {
    now,
    journal,
    take: (step: string, more: Record<string, string>, actor = manager, hours = 1) =>
      act({ type: 'take', step, values: more }, actor, hours),
    tick: (hours: number) => act({ type: 'tick' }, { ...manager, kind: 'system', personId: null }, hours),
    move: (to: CompiledPack, { actor = head, reason = '新版更快', hours = 1 } = {}) =>
      act({ type: 'move', version: to.version, reason }, actor, hours, to),
    clock: (name: string) => now().clocks.findLast((run) => run.clock === name),
    allowed: (to: CompiledPack, actor: Actor) =>
      allowedCommands(now(), {
        now: START + HOUR,
        actor,
        pack: following,
        calendar,
        directory,
        digest: (text) => text,
        newId: () => 'c2',
        target: { pack: to, calendar, journal, movers: ['administrator', 'generalManager'] },
      }).find((one) => one.command === 'move'),
  };
}

const old = (): CompiledPack =>
  pack('1.0.0', ['limit: { elapsed: PT2H }', 'limit: { elapsed: PT2H }\n    shownToOwner: true']);
const shown: [string, string] = ['limit: { elapsed: PT2H }', 'limit: { elapsed: PT4H }\n    shownToOwner: true'];

test('a promise to the owner is never moved later; an inner limit follows the new version', () => {
  const story = begin(old());
  expect(story.move(pack('2.0.0', shown, ['PT72H', 'PT96H']))).toBeUndefined();
  expect(story.now().packVersion).toBe('2.0.0');
  expect(story.clock('contact')?.dueAt).toBe(START + 2 * HOUR);
  expect(story.clock('solve')?.dueAt).toBe(START + 96 * HOUR);
});

test('a shorter limit takes over from the clock’s own beginning, but makes nobody late by what was not yet in force', () => {
  const shorter = pack('2.0.0', ['PT72H', 'PT24H']);
  const inTime = begin(old());
  inTime.move(shorter, { hours: 1.5 });
  expect(inTime.clock('solve')?.dueAt).toBe(START + 24 * HOUR);
  const later = begin(old());
  later.take('contact', { words: '已联系' });
  later.move(shorter, { hours: 30 });
  expect(later.clock('solve')?.dueAt).toBe(START + 72 * HOUR);
  later.tick(40);
  expect(later.clock('solve')?.breachedAt).toBeNull();
});

test('a limit only the new version has begins at the moment of the move', () => {
  const story = begin(old());
  const more = pack(
    '2.0.0',
    ['starts: [contact, solve]', 'starts: [contact, solve, report]'],
    ['stops: [contact, solve]', 'stops: [contact, solve, report]'],
    [
      'clocks:\n',
      'clocks:\n  report:\n    title: { zh: 回报, en: Report }\n    clause: 二.8\n    limit: { elapsed: PT8H }\n    responsible: assignee\n    ladder: [{ after: PT0S, tells: [manager] }]\n',
    ],
  );
  expect(story.move(more)).toBeUndefined();
  expect(story.clock('report')).toMatchObject({ startedAt: START + HOUR, dueAt: START + 9 * HOUR, status: 'running' });
});

test('a breach stays as it was, and a new level of the ladder still hears of it', () => {
  const story = begin(old());
  story.tick(5);
  const breachedAt = story.clock('contact')?.breachedAt;
  expect(breachedAt).not.toBeNull();
  const higher = pack('2.0.0', shown, [
    'ladder: [{ after: PT0S, tells: [manager] }, { after: PT1H, tells: [manager] }]',
    'ladder: [{ after: PT0S, tells: [manager] }, { after: PT1H, tells: [manager] }, { after: PT2H, tells: [manager] }]',
  ]);
  expect(story.move(higher, { hours: 5 })).toBeUndefined();
  expect(story.clock('contact')).toMatchObject({ breachedAt, dueAt: START + 2 * HOUR });
  const before = story.journal.length;
  story.tick(5.1);
  expect(story.journal.slice(before).map((event) => event.type)).toContain('clockBreached');
});

test('what was done must exist in the new version and must lead where it led', () => {
  const done = (): ReturnType<typeof begin> => {
    const story = begin(old());
    story.take('contact', { words: '已联系' });
    return story;
  };
  const renamed = pack('2.0.0', ['  contact:\n    title: { zh: 联系业主', '  call:\n    title: { zh: 联系业主']);
  expect(done().move(renamed)).toMatchObject({ code: 'move.noPlace' });
  const led = pack('2.0.0', [
    '    fields: { words: { type: text, label: { zh: 说明, en: Words }, required: true } }',
    '    to: measured\n    fields: { words: { type: text, label: { zh: 说明, en: Words }, required: true } }',
  ]);
  const fault = done().move(led);
  expect(fault?.message.zh).toContain('已核数');
  expect(done().move(pack('2.0.0', shown))).toBeUndefined();
});

test('what the new version requires and the case lacks is named, all of it at once', () => {
  const story = begin(old());
  const asks = pack(
    '2.0.0',
    ['label: { zh: 姓名, en: Name }, personal: true', 'label: { zh: 姓名, en: Name }, required: true, personal: true'],
    [
      'label: { zh: 电话, en: Telephone }, personal: true',
      'label: { zh: 电话, en: Telephone }, required: true, personal: true',
    ],
  );
  const fault = story.move(asks);
  expect([fault, ...(fault?.also ?? [])].map((one) => one?.message.zh)).toEqual([
    '新版必填“姓名”，当时没有填',
    '新版必填“电话”，当时没有填',
  ]);
  expect(story.now().packVersion).toBe('1.0.0');
});

test('a promise to the owner that the new version does not know keeps the case where it is', () => {
  const story = begin(old());
  const without = pack('2.0.0', ['starts: [contact, solve]', 'starts: [solve]']);
  expect(story.move(without)?.message.zh).toContain('已向业主承诺');
  const inner = begin(pack('1.0.0'));
  expect(inner.move(without)).toBeUndefined();
  expect(inner.clock('contact')).toMatchObject({ status: 'cancelled', breachedAt: null });
});

test('a promise that stood still keeps its own length when it runs on under a longer limit', () => {
  const pausing: [string, string] = [
    'steps:\n',
    'steps:\n  hold:\n    title: { zh: 等料, en: Hold }\n    clause: 二.9\n    by: [assignee]\n    from: [open]\n    fields: { why: { type: text, label: { zh: 原因, en: Why }, required: true } }\n    pauses: [{ clock: contact, reason: why }]\n  goOn:\n    title: { zh: 继续, en: Go on }\n    clause: 二.9\n    by: [assignee]\n    from: [open]\n    resumes: [contact]\n',
  ];
  const story = begin(
    pack('1.0.0', pausing, ['limit: { elapsed: PT2H }', 'limit: { elapsed: PT2H }\n    shownToOwner: true']),
  );
  story.take('hold', { why: '等配件' }, manager, 1);
  expect(story.move(pack('2.0.0', pausing, shown), { hours: 3 })).toBeUndefined();
  story.take('goOn', {}, manager, 6);
  expect(story.clock('contact')).toMatchObject({ status: 'running', dueAt: START + 7 * HOUR });
});

test('only who answers for the procedures moves a case, with a reason; an ended one stays', () => {
  const story = begin(old());
  const next = pack('2.0.0', shown);
  expect(story.move(next, { actor: manager })).toMatchObject({ code: 'role.notYours', who: { zh: '何总' } });
  expect(story.allowed(next, manager)).toMatchObject({ allowed: false, mine: false });
  expect(story.allowed(next, head)).toMatchObject({ allowed: true, mine: true });
  expect(story.move(next, { reason: ' ' })).toMatchObject({ code: 'move.withoutReason' });
  story.take('close', { outcome: '已修好' });
  expect(story.move(next)?.message.zh).toContain('已办结');
});

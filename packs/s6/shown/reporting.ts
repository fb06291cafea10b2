// What the rules of following up and reporting come to, told under whichever pack carries them.
import { expect } from 'vitest';
import type { CompiledPack } from '#policy/compile.ts';
import { at, type Story } from '../../../test/support/story.ts';
import { without } from '../../../test/support/without.ts';
import { begin, done, endLinked, found, tapUpTo, visited, who } from '../golden.ts';

/** Repaired at 11:35, the order is back by 11:35 the next day, or the team is late. */
export function theOrderComesBack(pack: CompiledPack): void {
  expect(tapUpTo('handedBack', pack).clock('handBack')).toMatchObject({
    status: 'kept',
    dueAt: at('2026-03-06 11:35'),
  });
  const story = tapUpTo('charged', pack).until(at('2026-03-06 11:35') + 1000);
  expect(story.told('clock.limit', story.clock('handBack').clause)).toEqual(['田师傅', '莫班长']);
}

/** Seventy-two hours from the handing back, how and what was found; a failure opens a further repair. */
export function thenTheVisit(pack: CompiledPack): void {
  const story = tapUpTo('handedBack', pack);
  expect(story.clock('returnVisit').dueAt).toBe(at('2026-03-09 09:00'));
  for (const field of ['how', 'result'])
    expect(story.refused(who('east'), 'visit', without(visited, field)).field).toBe(field);
  story.take(who('east'), 'visit', { ...visited, result: 'fail', opinion: '又漏了' });
  expect(story.case.state).toBe('reworking');
  expect(story.all('caseOpened').at(-1)?.data).toMatchObject({
    procedure: 'repair',
    relation: 'rework',
    values: { content: '又漏了' },
  });
  expect(story.refused(who('qian'), 'confirmRework').code).toBe('rework.open');
  endLinked(story, 'rework', '已修好').take(who('qian'), 'confirmRework').take(who('east'), 'visit', visited);
  expect(story.case.state).toBe('visited');
  expect(story.told('reworkNeeded')).toEqual(['owner', '田师傅', '莫班长']);
}

const log = { done: ['3-501 水龙头'], unfinished: ['5-201 外墙', '门禁'] };

/** The day’s log is compared the next day; what is unfinished is explained item by item and carried on. */
export function theLogIsCompared(pack: CompiledPack): void {
  const story = begin(pack).register(who('mo'), { remark: '每日' }, { matter: 'dailyLog' });
  expect(story.clock('log').dueAt).toBe(at('2026-03-06 00:00') - 1);
  story.until('2026-03-05 18:00').take(who('mo'), 'closeDay', log);
  expect(story.clock('reconcile').dueAt).toBe(at('2026-03-07 00:00') - 1);
  story.until('2026-03-06 09:00').take(who('mo'), 'explainItem', { item: '门禁', why: '等配件' });
  expect(story.refused(who('qian'), 'compare').code).toBe('compare.unexplained');
  story.take(who('tech'), 'explainItem', { item: '5-201 外墙', why: '下雨' }).take(who('qian'), 'compare');
  expect(story.refused(who('qian'), 'confirm', { outcome: '一致' }).code).toBe('role.notYours');
  story.take(who('mo'), 'confirm', { outcome: '一致' });
  expect(story.all('caseOpened').map((event) => event.data.values.item)).toEqual(log.unfinished);
  expect(story.clock('reconcile').status).toBe('kept');
}

/** What is unfinished at the end of the month comes under the company’s supervision until it is done. */
export function unfinishedIsSupervised(pack: CompiledPack): void {
  const month = begin(pack)
    .register(who('qian'), { period: 'month' }, { matter: 'monthlyReport' })
    .take(who('qian'), 'submit', { summary: '共 30 件', unfinished: ['外墙'] })
    .take(who('service'), 'check', { opinion: '属实' });
  const item = begin(pack).register(
    who('service'),
    { ...month.all('caseOpened').at(-1)?.data.values },
    { matter: 'openItem' },
  );
  expect(item.told('supervised')).toEqual(['莫班长']);
  item.until(item.clock('supervision').dueAt + 1000);
  expect(item.told('clock.limit', item.clock('supervision').clause)).toContain('傅经理');
  expect(item.case.state).toBe('open');
  item.take(who('tech'), 'finish', { result: '已完成' });
  expect(item.case.state).toBe('done');
}

const longWork = (pack: CompiledPack): Story =>
  tapUpTo('onSite', pack).take(who('tech'), 'inspect', { ...found, expectedBy: '2026-03-09' });
const longPlan = { reason: '需换主管', milestones: ['开挖', '换管'], completeBy: '2026-03-12' };

/** Own repairs of more than three days wait for two approvals, and it is told when the third day passes without. */
export function longWorkNeedsAPlan(pack: CompiledPack): void {
  expect(tapUpTo('onSite', pack).take(who('tech'), 'inspect', { ...found, expectedBy: '2026-03-08' }).case.state).toBe(
    'repairing',
  );
  const story = longWork(pack);
  expect(story.case.state).toBe('planNeeded');
  expect(story.refused(who('tech'), 'complete', done).code).toBe('step.notNow');
  story.take(who('tech'), 'submitPlan', longPlan);
  expect(story.refused(who('director'), 'approveAsEngineer').code).toBe('role.notYours');
  story.take(who('engineer'), 'approveAsEngineer');
  expect(story.case.state).toBe('awaitingDirector');
  expect(story.clock('planApproval').dueAt).toBe(at('2026-03-09 00:00') - 1);
  story.until('2026-03-09 00:00');
  expect(story.told('clock.limit', story.clock('planApproval').clause)).toEqual(['田师傅', '龚经理', '丁主任']);
  story.take(who('director'), 'approveAsDirector');
  expect(story.case.state).toBe('repairing');
  expect(story.told('planWaits')).toEqual(['龚经理', '丁主任']);
  for (const field of Object.keys(longPlan))
    expect(longWork(pack).refused(who('tech'), 'submitPlan', without(longPlan, field)).field).toBe(field);
}

/** While it lasts, every day has its entry, of which the engineering manager hears. */
export function everyDayIsLogged(pack: CompiledPack): void {
  const story = longWork(pack).take(who('tech'), 'submitPlan', longPlan);
  story.take(who('engineer'), 'approveAsEngineer').take(who('director'), 'approveAsDirector');
  expect(story.clock('progressSheet').dueAt).toBe(at('2026-03-07 00:00') - 1);
  story.until('2026-03-06 17:00').take(who('tech'), 'logProgress', { today: '已开挖' });
  expect(story.told('dailyProgress')).toEqual(['龚经理']);
  story.until('2026-03-08 00:00');
  expect(story.told('clock.limit', story.clock('progressSheet').clause)).toEqual(['田师傅', '龚经理']);
}

/** Six kinds of document, each with its estate, its first day and its file. */
export function sixDocuments(pack: CompiledPack): void {
  expect(pack.taxonomies.basis?.terms).toHaveLength(6);
  const paper = {
    estate: '锦绣花园',
    kind: 'warranty',
    validFrom: '2026-01-01',
    validUntil: '2027-01-01',
    file: ['file-1'],
  };
  for (const field of Object.keys(paper))
    expect(
      begin(pack).refused(who('qian'), {
        type: 'register',
        number: 'YJ260305-0001',
        matter: 'basisDocument',
        channel: 'other',
        values: without(paper, field),
      }).field,
    ).toBe(field);
  begin(pack).register(who('qian'), paper, { matter: 'basisDocument' });
}

/** What was carried over is explained every day and stays until it is done. */
export function carriedUntilDone(pack: CompiledPack): void {
  const item = begin(pack).register(who('mo'), { item: '门禁', sourceCase: 'RZ260305-0001' }, { matter: 'openItem' });
  expect(item.clock('daily').dueAt).toBe(at('2026-03-07 00:00') - 1);
  item.until('2026-03-06 17:00').take(who('tech'), 'explain', { why: '等配件' });
  expect(item.clock('daily').dueAt).toBe(at('2026-03-08 00:00') - 1);
  item.until('2026-03-08 00:00');
  expect(item.told('clock.limit', item.clock('daily').clause)).toContain('莫班长');
  expect(item.case.state).toBe('open');
  expect(item.refused(who('tech'), 'finish').field).toBe('result');
}

/** Every month: the site centre sums up, customer service checks, the developer gets a version without personal data. */
export function everyMonthIsReported(pack: CompiledPack): void {
  expect(pack.schedules.monthlyReport).toMatchObject({ opens: 'monthlyReport', every: { months: 1, day: 1 } });
  const story = begin(pack, '2026-04-01 08:30').register(who('qian'), { period: 'month' }, { matter: 'monthlyReport' });
  expect(story.clock('submit').dueAt).toBe(at('2026-04-06 00:00') - 1);
  const sent = { outcome: '已函告', masked: true, paper: ['p'] };
  expect(story.refused(who('service'), 'reportToDeveloper', sent).code).toBe('step.notNow');
  story.take(who('qian'), 'submit', { summary: '共 30 件' });
  expect(story.refused(who('qian'), 'check', { opinion: '属实' }).code).toBe('role.notYours');
  story.take(who('service'), 'check', { opinion: '属实' });
  for (const field of Object.keys(sent))
    expect(story.refused(who('service'), 'reportToDeveloper', without(sent, field)).field).toBe(field);
  story.take(who('service'), 'reportToDeveloper', sent);
  expect(story.case.state).toBe('reported');
}

/** Papers and quality are gates: no end without the signed order back, and none without a visit that passed. */
export function papersAndQualityAreGates(pack: CompiledPack): void {
  const story = tapUpTo('repaired', pack);
  expect(story.refused(who('tech'), 'handBack').code).toBe('handBack.uncharged');
  expect(tapUpTo('handedBack', pack).refused(who('qian'), 'archive').code).toBe('step.notNow');
  const failed = tapUpTo('handedBack', pack).take(who('east'), 'visit', { ...visited, result: 'fail', opinion: '漏' });
  expect(failed.refused(who('qian'), 'archive').code).toBe('step.notNow');
}

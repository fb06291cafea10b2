import { describe, expect, test } from 'vitest';
import { holds } from '#case/guard.ts';
import { actor, directory, owner } from '../../test/support/organisation.ts';
import { at, packFrom, Story } from '../../test/support/story.ts';
import { b, chen, contacted, greenBelt, greenBeltUpTo, li, outcomeTold, pack, T0, wang, zhou } from './golden.ts';

describe('Classification and dispatch (clause 三.2)', () => {
  test('S1-13 · unclassified, it cannot be dispatched', () => {
    expect(greenBeltUpTo('contacted').refused(li, 'dispatch', { unit: 'gardening', assignee: 'b' })).toMatchObject({
      code: 'dispatch.unclassified',
      clause: '三.2.2',
    });
  });

  test('S1-13 · the four categories are there, with finer ones below; a change leaves a trace and needs a reason', () => {
    expect(pack.taxonomies.category?.terms.map((term) => term.id)).toEqual([
      'service',
      'facility',
      'safety',
      'environment',
      'other',
    ]);
    const story = greenBeltUpTo('dispatched');
    expect(story.refused(li, 'classify', { category: 'environment/cleaning' })).toMatchObject({
      code: 'field.required',
      field: 'reason',
    });
    story.take(li, 'classify', { category: 'environment/cleaning', reason: '核实是垃圾堆放' });
    expect(story.all('fieldsChanged').at(-1)?.data.changes).toEqual([
      { field: 'category', before: 'environment/greening', after: 'environment/cleaning' },
    ]);
  });

  test('S1-14 · hygiene / greening is suggested to the gardening department', () => {
    const scope = { state: greenBeltUpTo('classified').case, values: {}, pack };
    expect(pack.routing.rows.find((row) => row.when && holds(row.when, scope))?.unit).toBe('gardening');
  });

  test('S1-14 · reassigning needs a reason and leaves a trace', () => {
    const story = greenBeltUpTo('dispatched');
    expect(
      story.refused(li, { type: 'reassign', duty: 'assignee', personId: 'gardening-head', reason: ' ' }).code,
    ).toBe('assign.withoutReason');
    expect(
      story.apply({ type: 'reassign', duty: 'assignee', personId: 'gardening-head', reason: '赵园休假' }, li),
    ).toBeUndefined();
    expect(story.all('dutyAssigned').at(-1)?.data).toMatchObject({
      duty: 'assignee',
      previous: { id: 'b' },
      person: { id: 'gardening-head' },
      reason: '赵园休假',
    });
  });

  test('S1-15 · a department alone is not enough: one named person must answer for it', () => {
    expect(greenBeltUpTo('classified').refused(li, 'dispatch', { unit: 'gardening' })).toMatchObject({
      code: 'field.required',
      field: 'assignee',
    });
  });

  test('S1-15 · who has left cannot be put in charge, nor can somebody from outside the departments', () => {
    const story = greenBeltUpTo('classified');
    expect(story.refused(li, 'dispatch', { unit: 'gardening', assignee: 'gone' }).field).toBe('assignee');
    expect(story.refused(li, 'dispatch', { unit: 'gardening', assignee: 'wang' }).code).toBe('assign.notHolder');
  });

  test('S1-15 · from the first moment somebody by name answers for the case', () => {
    const story = new Story(pack, T0).register(owner, greenBelt, { channel: 'web' });
    expect(story.case.duties.caseOfficer).toMatchObject({ name: '李婷' });
    expect(story.case.duties.firstReceiver).toBeNull();
    expect(directory.person(story.case.duties.caseOfficer?.id ?? '')?.active).toBe(true);
  });
});

describe('Investigation, plan, work (clause 三.3)', () => {
  test('S1-16 · received on Friday 16:00: the inspection is due on Sunday 16:00, and late one second after', () => {
    const story = new Story(pack, '2026-03-06 16:00')
      .register(wang, greenBelt)
      .take(li, 'contact', contacted)
      .take(li, 'classify', { category: 'environment/greening' })
      .take(li, 'dispatch', { unit: 'gardening', assignee: 'b' });
    expect(story.clock('inspection').dueAt).toBe(at('2026-03-08 16:00'));
    story.until('2026-03-08 16:00');
    expect(story.clock('inspection').breachedAt).toBeNull();
    story.until(at('2026-03-08 16:00') + 1000);
    expect(story.clock('inspection').breachedAt).toBe(at('2026-03-08 16:00') + 1000);
    expect(story.told('clock.limit', '三.3.1')).toEqual(['赵园', '孙绿']);
  });

  test('S1-16 · set to count from acceptance, new cases count from there; the old case keeps its own reckoning', async () => {
    const later = await packFrom('s1', (source) => ({
      ...source,
      text: source.text.replace('value: received\n', 'value: accepted\n'),
    }));
    const old = greenBeltUpTo('investigating');
    expect(old.clock('inspection').startedAt).toBe(at(T0));
    const fresh = greenBeltUpTo('dispatched', T0, later);
    expect(fresh.case.clocks.some((run) => run.clock === 'inspection')).toBe(false);
    fresh.until('2026-03-06 09:00').take(b, 'accept');
    expect(fresh.clock('inspection').dueAt).toBe(at('2026-03-08 09:00'));
  });

  test('S1-17 · no evidence and no reason why: the inspection is not taken', () => {
    const story = greenBeltUpTo('investigating');
    expect(story.refused(b, 'inspect', { findings: '杂草' })).toMatchObject({
      code: 'inspect.withoutEvidence',
      field: 'evidence',
    });
    story.take(b, 'inspect', { findings: '杂草', noEvidenceReason: '雨太大，相机进水' });
    expect(story.case.state).toBe('investigated');
  });

  test('S1-18 · no plan without an inspection, unless a superior waives it with a reason', () => {
    const story = greenBeltUpTo('investigating');
    expect(story.refused(b, 'plan', { measures: ['修剪'], completeBy: '2026-03-10' })).toMatchObject({
      code: 'plan.withoutInspection',
      clause: '三.3.2',
    });
    expect(story.refused(b, 'waiveInspection', { reason: '照片已说明' }).code).toBe('role.notYours');
    expect(story.refused(actor('gardening-head'), 'waiveInspection')).toMatchObject({
      code: 'field.required',
      field: 'reason',
    });
    story
      .take(actor('gardening-head'), 'waiveInspection', { reason: '照片已说明' })
      .take(b, 'plan', { measures: ['修剪'], completeBy: '2026-03-10' });
    expect(story.case).toMatchObject({
      state: 'implementing',
      entries: { waiveInspection: [{ by: { name: '孙绿' }, values: { reason: '照片已说明' } }] },
    });
  });

  test('S1-19 · a plan without a promised day does not take effect', () => {
    expect(greenBeltUpTo('investigated').refused(b, 'plan', { measures: ['修剪'] })).toMatchObject({
      code: 'field.required',
      field: 'completeBy',
    });
  });

  test('S1-19 · past the promised day it is late and goes up the ladder', () => {
    const story = greenBeltUpTo('implementing').until('2026-03-11 00:00');
    expect(story.clock('completion').breachedAt).toBe(at('2026-03-11 00:00'));
    expect(story.told('clock.limit', '三.3.2')).toEqual(['赵园', '孙绿']);
  });

  test('S1-19 · a facility plan longer than 3 days needs the manager; one of 3 days does not', () => {
    const upToInspection = (): Story =>
      new Story(pack, T0)
        .register(wang, { ...greenBelt, category: 'facility/lighting' })
        .take(li, 'contact', contacted)
        .take(li, 'dispatch', { unit: 'engineering', assignee: 'chen' })
        .take(chen, 'accept')
        .take(chen, 'inspect', { findings: '灯头损坏', evidence: ['photo-1'] });
    expect(upToInspection().take(chen, 'plan', { measures: ['换灯'], completeBy: '2026-03-08' }).case.state).toBe(
      'implementing',
    );
    const long = upToInspection().take(chen, 'plan', { measures: ['换灯'], completeBy: '2026-03-09' });
    expect(long.case.state).toBe('awaitingApproval');
    expect(long.told('planAwaitsApproval')).toEqual(['周经理']);
    expect(long.refused(chen, 'approvePlan').code).toBe('role.notYours');
    long.take(zhou, 'approvePlan');
    expect(long.clock('completion').dueAt).toBe(at('2026-03-10 00:00') - 1);
  });

  test('S1-19 · a promise is put off only with the manager’s approval, and the broken one stays broken', () => {
    const story = greenBeltUpTo('implementing')
      .until('2026-03-11 09:00')
      .take(b, 'plan', { measures: ['修剪', '施肥'], completeBy: '2026-03-13' });
    expect(story.case.state).toBe('awaitingApproval');
    story.take(zhou, 'approvePlan');
    const runs = story.case.clocks.filter((run) => run.clock === 'completion');
    expect(runs.map((run) => run.status)).toEqual(['late', 'running']);
    expect(runs[0]?.breachedAt).toBe(at('2026-03-11 00:00'));
  });

  test('S1-20 · two of three measures done is not done', () => {
    const story = greenBeltUpTo('investigated').take(b, 'plan', {
      measures: ['修剪', '施肥', '补种'],
      completeBy: '2026-03-10',
    });
    story.take(b, 'doMeasure', { measure: '修剪' }).take(b, 'doMeasure', { measure: '施肥' });
    expect(story.refused(b, 'complete', { outcome: '好了' })).toMatchObject({
      code: 'complete.measuresOpen',
      clause: '三.3.3',
    });
    expect(story.refused(b, 'doMeasure', { measure: '浇水' })).toMatchObject({
      code: 'field.notOffered',
      field: 'measure',
    });
    expect(story.take(b, 'doMeasure', { measure: '补种' }).take(b, 'complete', { outcome: '好了' }).case.state).toBe(
      'completed',
    );
  });

  test('S1-20 · a changed plan is a new version; the earlier one stays readable', () => {
    const story = greenBeltUpTo('implementing').take(b, 'plan', {
      measures: ['修剪', '补种'],
      completeBy: '2026-03-10',
    });
    expect(story.case.entries.plan?.map((entry) => entry.values.measures)).toEqual([
      ['修剪', '施肥'],
      ['修剪', '补种'],
    ]);
  });

  test('S1-21 · 48 hours without news for the owner: the assignee is reminded, and again after another 48', () => {
    const story = greenBeltUpTo('implementing').until('2026-03-09 02:01');
    const silent = (): number => story.all('clockBreached').filter((event) => event.data.clock === 'progress').length;
    expect(story.clock('progress').dueAt).toBe(at('2026-03-09 02:00'));
    expect(silent()).toBe(1);
    expect(story.told('clock.limit')).toContain('赵园');
    story.until('2026-03-10 12:00');
    expect(silent()).toBe(2);
    story.until('2026-03-12 12:00');
    expect(silent()).toBe(3);
  });

  test('S1-21 · news reaches the owner with its moment and begins the silence afresh', () => {
    const story = greenBeltUpTo('implementing')
      .until('2026-03-08 09:00')
      .take(b, 'reportProgress', { progress: '今天开始修剪' });
    expect(story.clock('progress')).toMatchObject({
      run: story.case.clocks.filter((run) => run.clock === 'progress').length,
      dueAt: at('2026-03-10 09:00'),
      status: 'running',
    });
    expect(story.all('noticeIssued').at(-1)?.data).toMatchObject({ notice: 'progress', to: { kind: 'owner' } });
    expect(story.all('noticeIssued').at(-1)?.data.text.zh).toContain('今天开始修剪');
    expect(story.case.entries.reportProgress?.at(-1)).toMatchObject({ visible: true, at: at('2026-03-08 09:00') });
  });

  test('S1-23 · the notice of the outcome needs both parts, and is frozen when sent', () => {
    for (const part of ['handling', 'improvement'] as const)
      expect(greenBeltUpTo('completed').refused(b, 'notifyResult', { ...outcomeTold, [part]: '' })).toMatchObject({
        code: 'field.required',
        field: part,
      });
    const story = greenBeltUpTo('resultNotified');
    const [issued] = story.all('documentIssued');
    expect(issued?.data).toMatchObject({ form: 'resultNotice', title: { zh: '处理结果通知' } });
    expect(JSON.stringify(issued?.personal)).toContain(String(outcomeTold.improvement));
  });
});

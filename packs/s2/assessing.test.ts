import { describe, expect, test } from 'vitest';
import { at, type Story } from '../../test/support/story.ts';
import { assessed, without } from './asked.ts';
import { actor, chen, guard, head, lampUpTo, order, pack, routine, T0, triaged, xu } from './golden.ts';

describe('Verifying and assessing (四.二)', () => {
  test('S2-28 · only the first receiver or the information officer judges first; who and when is kept', () => {
    expect(lampUpTo('registered').refused(chen, 'triage', triaged).code).toBe('role.notYours');
    expect(lampUpTo('registered').take(guard, 'triage', triaged).case.entries.triage?.[0]).toMatchObject({
      by: { name: '雷保安' },
      at: at(T0),
    });
    expect(lampUpTo('registered').take(xu, 'triage', triaged).case.state).toBe('verifying');
  });

  test('S2-29 · without urgency or kind of problem nothing goes to verification; the five kinds are there', () => {
    for (const field of ['urgency', 'category'])
      expect(lampUpTo('registered').refused(xu, 'triage', without(triaged, field))).toMatchObject({
        code: 'field.required',
        field,
      });
    expect(pack.taxonomies.category?.terms.map((term) => term.title.zh)).toEqual([
      '工程维修类',
      '清洁绿化类',
      '安全秩序类',
      '客户服务类',
      '投诉建议类',
    ]);
    expect(pack.taxonomies.category?.open).toBe(true);
  });

  test('S2-30 · a verification names its department and person and has a time limit that is watched', () => {
    for (const field of ['unit', 'verifier'])
      expect(lampUpTo('registered').refused(xu, 'triage', without(triaged, field))).toMatchObject({ field });
    const story = lampUpTo('verifying').until('2026-03-10 00:00');
    expect(story.clock('verification').breachedAt).toBe(at('2026-03-10 00:00'));
    expect(story.told('clock.limit', '四.二.2')).toEqual(['陈工', '吴主任']);
  });

  test('S2-31 · a verification ends with a finding', () => {
    expect(lampUpTo('verifying').refused(chen, 'verify', { findings: '看过' })).toMatchObject({
      code: 'field.required',
      field: 'verdict',
    });
    for (const verdict of ['upheld', 'partly', 'unfounded', 'unverifiable'])
      expect(lampUpTo('verifying').take(chen, 'verify', { verdict, findings: '看过' }).case.values.verdict).toBe(
        verdict,
      );
  });

  test('S2-32 · what is out of scope is recorded, told where to go, and answered', () => {
    const story = lampUpTo('verifying');
    expect(story.refused(chen, 'verify', { verdict: 'outOfScope', findings: '市政路灯' })).toMatchObject({
      field: 'referredTo',
    });
    story.take(chen, 'verify', { verdict: 'outOfScope', findings: '市政路灯', referredTo: '路灯管理所' });
    story.take(xu, 'answerWithoutHandling', { answer: '属市政，请拨路灯管理所', basis: '管理范围图' });
    expect(story.told('result')).toEqual(['customer']);
    expect(lampUpTo('assessing').refused(xu, 'answerWithoutHandling', { answer: '不处理', basis: '无' }).code).toBe(
      'answer.notUnfounded',
    );
  });

  test('S2-33 · solved on the spot, it is finished in one step from the registration, but never without an outcome', () => {
    const done = { category: 'customerService', answer: '当场告知办卡流程', basis: '门禁卡管理办法', agreed: true };
    expect(lampUpTo('registered').refused(guard, 'resolveAtOnce', without(done, 'answer'))).toMatchObject({
      field: 'answer',
    });
    const story = lampUpTo('registered').take(guard, 'resolveAtOnce', done);
    expect(story.case).toMatchObject({ state: 'archived', outcome: '当场告知办卡流程' });
    expect(story.told('result')).toEqual(['customer']);
  });

  test('S2-34 · routine needs the department and the expected day, which the customer is told', () => {
    for (const field of ['unit', 'expectedBy'])
      expect(lampUpTo('assessing').refused(xu, 'assess', without(routine, field))).toMatchObject({
        code: 'field.required',
        field,
      });
    const story = lampUpTo('awaitingAcceptance');
    expect(story.all('noticeIssued').at(-1)?.data).toMatchObject({ notice: 'expected', to: { kind: 'owner' } });
    expect(story.all('noticeIssued').at(-1)?.data.text.zh).toContain('2026-03-10');
    expect(story.clock('handling').dueAt).toBe(at('2026-03-11 00:00') - 1);
    expect(pack.procedures.feedback?.clocks.handling?.shownToOwner).toBe(true);
  });

  test.each(['startPlan', 'teamConfirm', 'leaderConfirm', 'makeSafe'])(
    'S2-35 · without %s the emergency does not end',
    (left) => {
      const duties: [string, () => Parameters<Story['take']>][] = [
        ['startPlan', () => [xu, 'startPlan', { danger: 'facility', checklist: ['断电'] }]],
        ['teamConfirm', () => [actor('wu'), 'teamConfirm', { members: '武工' }]],
        ['leaderConfirm', () => [head, 'leaderConfirm', { instruction: '断电' }]],
        ['makeSafe', () => [actor('wu'), 'makeSafe', { done: '已断电' }]],
      ];
      const story = assessed({ class: 'emergency' });
      for (const [name, act] of duties) if (name !== left) story.take(...act());
      expect(story.refused(xu, 'endEmergency', { remaining: '换线' }).code).toBe('emergency.dutiesOpen');
      for (const [name, act] of duties) if (name === left) story.take(...act());
      expect(story.take(xu, 'endEmergency', { remaining: '换线' }).case.state).toBe('toDispatch');
    },
  );

  test('S2-35 · a team or a leader who does not confirm is called again and again', () => {
    const story = assessed({ class: 'emergency' }).until('2026-03-05 20:40');
    const calls = (clock: string): number =>
      story.all('clockBreached').filter((event) => event.data.clock === clock).length;
    for (const clock of ['planStart', 'teamReceipt', 'leaderReceipt'])
      expect(calls(clock), clock).toBeGreaterThanOrEqual(2);
    expect(story.told('clock.limit', '四.二.3')).toContain('周经理');
  });

  test('S2-36 · a major matter reaches the head at once; without minutes and a plan it cannot be dispatched', () => {
    const story = assessed({ class: 'major' });
    expect(story.told('majorReport')).toEqual(['周经理']);
    expect(story.refused(xu, 'dispatch', order).code).toBe('step.notNow');
    const plan = { measures: ['更换全部灯杆'], division: '工程部施工，秩序部围挡' };
    expect(story.refused(head, 'fixPlan', plan).code).toBe('plan.withoutSeminar');
    story.take(xu, 'recordSeminar', { participants: ['周经理', '吴主任'], judgement: '线路老化' });
    expect(story.refused(xu, 'fixPlan', plan).code).toBe('role.notYours');
    expect(story.refused(head, 'fixPlan', without(plan, 'measures'))).toMatchObject({ field: 'measures' });
    expect(story.take(head, 'fixPlan', plan).take(xu, 'dispatch', order).case.state).toBe('awaitingAcceptance');
    expect(assessed({ class: 'major' }).until('2026-03-05 20:45').clock('headReceipt').breachedAt).not.toBeNull();
  });
});

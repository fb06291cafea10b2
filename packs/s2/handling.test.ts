import { describe, expect, test } from 'vitest';
import { clockwork } from '../../test/support/organisation.ts';
import { at } from '../../test/support/story.ts';
import { without } from './asked.ts';
import { actor, begin, chen, customer, finished, guard, lampUpTo, order, tang, xu, yes } from './golden.ts';

describe('Dispatching and handling (四.三, 四.四)', () => {
  test('S2-37 · only the information officer issues the handling order, which carries over what is known', () => {
    for (const person of [guard, tang, chen])
      expect(lampUpTo('toDispatch').refused(person, 'dispatch', order).code).toBe('role.notYours');
    const [issued] = lampUpTo('awaitingAcceptance').all('documentIssued');
    expect(issued?.data).toMatchObject({ form: 'handlingOrder', title: { zh: '客户信息反馈处理单' } });
    expect(JSON.stringify(issued)).toContain('断电挂牌，换后夜间试亮');
  });

  test('S2-38 · dispatching has its own time limit; left too long the officer and the head are told', () => {
    const story = lampUpTo('toDispatch').until('2026-03-09 09:00');
    expect(story.clock('dispatching').breachedAt).not.toBeNull();
    expect(story.told('clock.limit', '四.三.1')).toContain('许专员');
    expect(lampUpTo('toDispatch').refused(xu, 'dispatch', without(order, 'assignee'))).toMatchObject({
      field: 'assignee',
    });
  });

  test('S2-39 · until task, requirement and time limit are accepted it waits, on the clock', () => {
    const story = lampUpTo('awaitingAcceptance');
    for (const field of ['content', 'requirement', 'timeLimit'])
      expect(story.refused(chen, 'accept', without(yes, field))).toMatchObject({ field });
    expect(story.refused(chen, 'complete', finished).code).toBe('step.notNow');
    expect(story.until('2026-03-07 09:00').told('clock.limit', '四.三.2')).toContain('许专员');
  });

  test('S2-40 · an objection needs reasons, is decided by the officer or a superior, and meanwhile the department stays in charge', () => {
    const story = lampUpTo('awaitingAcceptance');
    expect(story.refused(chen, 'object', { about: 'timeLimit' })).toMatchObject({ field: 'reason' });
    story.take(chen, 'object', { about: 'timeLimit', reason: '灯头缺货' });
    expect(story.told('objection')).toEqual(['许专员', '吴主任']);
    expect(story.case.duties.assignee).toMatchObject({ name: '陈工' });
    expect(story.refused(chen, 'rule', { ruling: 'maintain', grounds: '我说了算' }).code).toBe('role.notYours');
    expect(story.refused(xu, 'rule', { ruling: 'newLimit', grounds: '属实' })).toMatchObject({ field: 'expectedBy' });
    story.take(xu, 'rule', { ruling: 'newLimit', grounds: '属实', expectedBy: '2026-03-12' });
    expect(story.clock('handling')).toMatchObject({ run: 2, dueAt: at('2026-03-13 00:00') - 1 });
    const passed = lampUpTo('awaitingAcceptance').take(chen, 'object', { about: 'content', reason: '不归我' });
    passed.take(actor('engineering-head'), 'rule', {
      ruling: 'reassign',
      grounds: '改由武工',
      unit: 'engineering',
      assignee: 'wu',
    });
    expect(passed.case.duties.assignee).toMatchObject({ name: '武工' });
  });

  test('S2-41 · several departments need a leading one; until each that helps has reported it is not complete', () => {
    const cross = { ...order, crossUnit: true };
    expect(lampUpTo('toDispatch').refused(xu, 'dispatch', cross)).toMatchObject({
      code: 'field.required',
      field: 'lead',
    });
    const story = lampUpTo('toDispatch')
      .take(xu, 'dispatch', { ...cross, lead: 'engineering', checklist: [] })
      .take(chen, 'accept', yes);
    expect(story.refused(chen, 'complete', finished).code).toBe('complete.withoutAssistance');
    story.take(chen, 'askAssistance', {
      unit: 'security',
      helper: 'security-head',
      task: '夜间围挡',
      dueOn: '2026-03-08',
    });
    expect(story.refused(chen, 'complete', finished).code).toBe('complete.assistanceOpen');
    const [opened] = story.all('caseOpened');
    const help = begin('2026-03-06 11:00').register(
      clockwork,
      { ...opened?.data.values },
      { matter: 'assistance', channel: 'linked' },
    );
    expect([help.clock('receipt').status, help.clock('helping').dueAt]).toEqual([
      'running',
      at('2026-03-09 00:00') - 1,
    ]);
    help.take(actor('security-head'), 'confirm').take(actor('security-head'), 'finish', { result: '已围挡' });
    story.apply({ type: 'linkedEnd', caseId: opened?.data.caseId ?? '', outcome: '已围挡' }, clockwork);
    expect(story.take(chen, 'complete', finished).case.state).toBe('completed');
  });

  test('S2-42 · with a standard of the checklist open it is not complete, unless the company makes it advisory', async () => {
    const story = lampUpTo('handling').take(chen, 'doItem', { item: '断电挂牌' });
    expect(story.refused(chen, 'complete', finished)).toMatchObject({
      code: 'complete.checklistOpen',
      clause: '四.三.4',
    });
    expect(story.refused(chen, 'doItem', { item: '随便' }).code).toBe('field.notOffered');
    const { packFrom } = await import('../../test/support/story.ts');
    const lenient = await packFrom('s2', (source) => ({
      ...source,
      text: source.text.replace('value: required', 'value: advisory'),
    }));
    expect(lampUpTo('handling', undefined, lenient).take(chen, 'complete', finished).case.state).toBe('completed');
  });

  test('S2-44 · two working days without progress: the assignee is reminded; what he reports reaches the officer', () => {
    const story = lampUpTo('handling').until('2026-03-11 00:00');
    expect(story.clock('progress').breachedAt).toBe(at('2026-03-11 00:00'));
    expect(story.told('clock.limit', '四.四.1')).toEqual(['陈工']);
    const reporting = lampUpTo('handling')
      .until('2026-03-09 09:00')
      .take(chen, 'reportProgress', { progress: '灯头已到' });
    expect(reporting.told('progress')).toEqual(['许专员', '雷保安']);
    expect(reporting.clock('progress')).toMatchObject({ run: 2, status: 'running', dueAt: at('2026-03-12 00:00') - 1 });
  });

  test('S2-45 · an extension is asked for before the limit and decided; afterwards it counts as late', () => {
    const asked = { until: '2026-03-13', reason: '灯头缺货' };
    const story = lampUpTo('handling').take(chen, 'applyExtension', asked);
    expect(story.refused(xu, 'grantExtension', { expectedBy: '2026-03-14' }).code).toBe('extension.tooMuch');
    expect(story.take(xu, 'grantExtension', { expectedBy: '2026-03-12' }).clock('handling').dueAt).toBe(
      at('2026-03-13 00:00') - 1,
    );
    expect(lampUpTo('handling').until('2026-03-11 00:01').refused(chen, 'applyExtension', asked).code).toBe(
      'extension.tooLate',
    );
  });

  test('S2-50 · a customer who is not satisfied begins a second round', () => {
    const story = lampUpTo('resultTold').take(customer, 'dissatisfied', { reason: '又不亮了' });
    expect(story.told('dissatisfied')).toEqual(['许专员', '陈工', '吴主任']);
    story.take(xu, 'takeUpAgain', { back: 'verify', verifier: 'wu', reason: '换人核实' });
    expect(story.case).toMatchObject({ state: 'verifying', round: 2, duties: { assignee: { name: '武工' } } });
    expect(story.clock('verification')).toMatchObject({ run: 2, status: 'running' });
  });

  test('S2-49 S2-51 · silence past seven days leads to a follow-up visit, not before, and not by whoever handled it', () => {
    const story = lampUpTo('resultTold');
    expect(story.refused(xu, 'noReply', { tried: '两次未接' }).code).toBe('noReply.tooEarly');
    story.until('2026-03-17 00:01').take(xu, 'noReply', { tried: '两次未接' });
    expect(story.case.state).toBe('followUp');
    expect(story.refused(chen, 'visit', { how: 'phone', finding: '好' }).code).toBe('role.notYours');
  });

  test('S2-21 · whatever the channel, the register form is filled with all that the text asks for', () => {
    const story = lampUpTo('archived');
    const form = story.all('documentIssued').find((event) => event.data.form === 'registerForm');
    const paper = JSON.stringify(form);
    for (const words of ['访客甲', '13800007777', '微信群', '2 号楼东侧路灯不亮', '雷保安', '灯一直亮'])
      expect(paper).toContain(words);
  });

  test('S2-43 · what was recorded along the way stays as it was; a correction is a note beside it', () => {
    const story = lampUpTo('handling').take(chen, 'reportProgress', { progress: '灯头已到' });
    story.take(chen, 'reportProgress', { progress: '更正：下午才到' });
    expect(story.case.entries.reportProgress?.map((entry) => entry.values.progress)).toEqual([
      '灯头已到',
      '更正：下午才到',
    ]);
    expect(story.apply({ type: 'annotate', text: '型号写错' }, chen)).toBeUndefined();
    expect(story.case.notes.at(-1)).toMatchObject({ text: '型号写错' });
  });
});

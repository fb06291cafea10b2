import { describe, expect, test } from 'vitest';
import { clockwork } from '../../test/support/organisation.ts';
import { at } from '../../test/support/story.ts';
import { begin, clerk, comforted, complainant, leader, lift, liftUpTo, notUpheld, officer, upheld } from './golden.ts';

describe('The worked case: a student complains about the lift', () => {
  test('S8-45 · it goes through all eight steps in their order and then a follow-up, each one on record once', () => {
    const story = liftUpTo('archived');
    expect(story.case).toMatchObject({ state: 'archived', outcome: '门机已更换，运行正常' });
    const main = ['judge', 'assign', 'analyse', 'propose', 'instruct', 'implement', 'tellResult', 'sumUp', 'followUp'];
    const taken = story.all('stepTaken').map((event) => event.data.step);
    expect(taken.filter((step) => main.includes(step))).toEqual(main);
    expect(story.all('clockBreached')).toEqual([]);
  });

  test('S8-35 · a fault of ours is important and reaches the department within the hour', () => {
    const story = liftUpTo('assigned');
    expect(story.case.values.grade).toBe('important');
    expect(story.clock('handingOn')).toMatchObject({ status: 'kept', dueAt: at('2026-03-05 11:00') });
  });

  test('S8-36 · within three days the complainant is visited and signs the follow-up record', () => {
    const story = liftUpTo('followedUp');
    expect(story.clock('followUp')).toMatchObject({ status: 'kept', dueAt: at('2026-03-13 00:00') - 1 });
    expect(story.all('documentSigned')[0]?.data).toMatchObject({ form: 'followUpForm', signer: '学员甲' });
  });

  test('the journal alone gives the same case', () => {
    const story = liftUpTo('archived');
    expect(story.replayed()).toEqual(story.case);
  });
});

describe('The same case when things go wrong', () => {
  test('S8-38 · found not upheld, it cannot be closed before the reasons were given to the complainant', () => {
    const story = liftUpTo('comforted');
    story.take(officer(story), 'judge', notUpheld);
    expect(story.refused(officer(story), 'closeNotUpheld', { summary: '无' })).toMatchObject({
      code: 'close.unexplained',
      clause: '四.二',
    });
    story.take(leader, 'returnFinding', { reason: '请核对合同附件' }).take(officer(story), 'judge', notUpheld);
    expect(story.case.state).toBe('reviewingFinding');
  });

  test('S8-03 · passed on by an authority: the day it set is kept as a duty of its own, and nothing closes before it is answered', () => {
    const story = begin().register(
      clerk,
      {
        ...lift,
        origin: 'authority',
        authority: '市机关事务局',
        referenceNo: '转〔2026〕12 号',
        replyBy: '2026-03-12',
        photos: ['scan-1'],
      },
      { channel: 'authority' },
    );
    const [opened] = story.all('caseOpened');
    expect(opened?.data).toMatchObject({ procedure: 'authorityReply', values: { replyBy: '2026-03-12' } });
    expect(story.told('passedOn')).toEqual(['康处长']);
    const reply = begin().register(
      clerk,
      { ...opened?.data.values },
      { matter: 'authorityReply', channel: 'authority' },
    );
    reply.until('2026-03-13 00:00');
    expect(reply.clock('reply')).toMatchObject({
      dueAt: at('2026-03-13 00:00') - 1,
      breachedAt: at('2026-03-13 00:00'),
    });
    expect(reply.told('clock.limit')).toContain('康处长');
    reply.take(officer(reply), 'draft', { reply: '已更换门机' }).take(leader, 'approve');
    reply.take(officer(reply), 'send', { sentOn: '2026-03-13' });
    expect(reply.case).toMatchObject({ state: 'replied', outcome: '已更换门机' });
    expect(reply.clock('reply').status).toBe('late');

    story.take(officer(story), 'respond', comforted).take(officer(story), 'proposeTransfer', { reason: '是建议' });
    expect(story.refused(leader, 'confirmTransfer', { opinion: '同意' }).code).toBe('close.authorityUnanswered');
    story.apply({ type: 'linkedEnd', caseId: opened?.data.caseId ?? '', outcome: '已回复' }, clockwork);
    story.take(leader, 'confirmTransfer', { opinion: '同意' });
    expect(story.case.state).toBe('transferred');
  });

  test('S8-31 · well-founded and not settled after 30 days, it becomes a major complaint by itself, and the director decides', () => {
    const story = liftUpTo('assigned');
    story.until('2026-04-04 23:59');
    expect(story.case.values.grade).toBe('important');
    story.until('2026-04-05 00:00');
    expect(story.case).toMatchObject({ values: { grade: 'major' }, entries: { raise: [{ by: { kind: 'system' } }] } });
    expect(story.told('majorRaised')).toEqual(expect.arrayContaining(['康处长', '方主任', '邓技师']));
    expect(story.clock('presentation').dueAt).toBe(at('2026-04-06 00:00') - 1);
    expect(story.replayed()).toEqual(story.case);
  });

  test('S8-36 · a follow-up that fails opens the case again for a second round', () => {
    const story = liftUpTo('evaluated');
    story.take(officer(story), 'followUpFailed', { how: 'phone', reason: '昨天又停了' });
    expect(story.case).toMatchObject({ state: 'upheld', round: 2 });
    expect(story.refused(officer(story), 'archive').code).toBe('step.notNow');
    story
      .take(officer(story), 'assign', { unit: 'engineering', assignee: 'engineer', reason: '换人重办' })
      .until('2026-03-12 09:00');
    expect(story.case.duties.assignee?.id).toBe('engineer');
  });

  test('a complainant who is not satisfied has the case taken up again', () => {
    const story = liftUpTo('resultTold').take(complainant, 'dissatisfied', { reason: '门还是夹人' });
    expect(story.case).toMatchObject({ state: 'upheld', round: 2 });
    expect(story.told('dissatisfied')).toContain('邓技师');
    expect(upheld.finding).toBe('upheld');
  });
});

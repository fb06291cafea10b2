import { describe, expect, test } from 'vitest';
import { prove } from '#policy/prove/prove.ts';
import { at } from '../../test/support/story.ts';
import { broken, register, said, unverified, without } from './asked.ts';
import {
  actor,
  begin,
  chen,
  customer,
  finished,
  guard,
  lamp,
  lampUpTo,
  order,
  pack,
  tang,
  triaged,
  xu,
} from './golden.ts';

describe('Purpose and principles (一, 二, 三)', () => {
  test('S2-01 · a state without a responsible role does not pass the proof; nothing stands still unnoticed', () => {
    const findings = broken((copy) => {
      const state = copy.procedures.feedback?.states.handling;
      if (state) state.waitsFor = [];
    });
    expect(findings.map((one) => [one.law, one.at])).toContainEqual(['everyWaitHasAPerson', 'handling']);
    expect(prove(pack).findings).toEqual([]);
  });

  test.each(['triage', 'assessment', 'dispatching', 'resultTelling', 'archiving'])(
    'S2-03 · a stage that loses its time limit (%s) is named by the proof, and past the limit it is said',
    (clock) => {
      const findings = broken((copy) => {
        const feedback = copy.procedures.feedback;
        for (const act of feedback ? [feedback.intake, ...Object.values(feedback.steps)] : [])
          act.starts = act.starts.filter((item) => item.clock !== clock);
      });
      expect(findings.some((one) => one.law === 'everyClockIsUsed' && one.at === clock)).toBe(true);
      const story = lampUpTo('registered').until('2026-03-07 09:00');
      expect(story.clock('triage').breachedAt).not.toBeNull();
      expect(story.told('clock.limit')).toContain('许专员');
    },
  );

  test('S2-04 · what was not assessed cannot be dispatched; verification and assessment are records of their own', () => {
    expect(lampUpTo('assessing').refused(xu, 'dispatch', order).code).toBe('step.notNow');
    const { entries } = lampUpTo('toDispatch').case;
    expect(entries.verify?.[0]).toMatchObject({ by: { name: '陈工' }, values: { verdict: 'upheld' } });
    expect(entries.assess?.[0]).toMatchObject({ by: { name: '许专员' }, values: { class: 'routine' } });
  });

  test.each(['guard', 'cleaner', 'wu', 'tang'])(
    'S2-07 S2-19 · any member of staff (%s) may register and is the first receiver',
    (id) => {
      expect(said(actor(id), lamp).case.duties.firstReceiver?.id).toBe(id);
    },
  );

  test('S2-08 · owners and residents give their room, visitors and others who they are', () => {
    for (const giverType of ['owner', 'resident'])
      expect(begin().refused(guard, register({ ...lamp, giverType }))).toMatchObject({
        code: 'field.required',
        field: 'room',
      });
    for (const giverType of ['visitor', 'other']) {
      expect(begin().refused(guard, register({ ...without(lamp, 'affiliation'), giverType }))).toMatchObject({
        field: 'affiliation',
      });
      expect(said(guard, { ...lamp, giverType }).case.values.giverType).toBe(giverType);
    }
    expect(begin().refused(guard, register(without(lamp, 'giverType')))).toMatchObject({ field: 'giverType' });
  });

  test('S2-09 · the six subjects are there and the company may add to them', () => {
    expect(pack.taxonomies.subject?.terms.map((term) => term.title.zh)).toEqual([
      '物业服务',
      '管理',
      '环境',
      '安全',
      '工程维修',
      '社区文化',
    ]);
    expect(pack.taxonomies.subject?.open).toBe(true);
    expect(said(guard, { ...lamp, subject: 'culture' }).case.values.subject).toBe('culture');
  });

  test('S2-10 · opinions, suggestions, complaints, enquiries and praise can all be registered; praise is passed on and filed', () => {
    for (const matter of ['opinion', 'suggestion', 'complaint', 'enquiry'])
      expect(said(guard, lamp, { matter }).case).toMatchObject({ matter, procedure: 'feedback' });
    const praise = said(
      customer,
      { contactName: '业主乙', contactPhone: '13800009999', content: '陈工修得又快又好', praised: 'chen' },
      { matter: 'compliment', channel: 'app' },
    );
    expect(praise.refused(xu, 'archive').code).toBe('step.notNow');
    expect(praise.refused(xu, 'convey', { conveyedTo: '陈工' })).toMatchObject({ field: 'incentive' });
    praise.take(xu, 'convey', { conveyedTo: '陈工', incentive: true });
    expect([praise.told('praised'), praise.told('thanks')]).toEqual([['陈工'], ['customer']]);
    expect(praise.take(xu, 'archive').case).toMatchObject({ state: 'archived', outcome: '陈工' });
  });

  test('S2-12 · response and first judgement have a day each; a critical matter is assessed within a quarter of an hour', () => {
    const story = lampUpTo('registered').until(at('2026-03-06 20:10') + 1000);
    for (const clock of ['response', 'triage'])
      expect(story.clock(clock)).toMatchObject({
        dueAt: at('2026-03-06 20:10'),
        breachedAt: at('2026-03-06 20:10') + 1000,
      });
    expect(story.told('clock.limit', '三.2')).toEqual(expect.arrayContaining(['雷保安', '许专员']));
    const critical = lampUpTo('registered').take(xu, 'triage', { ...unverified, urgency: 'critical' });
    expect(critical.clock('urgentAssessment').dueAt).toBe(at('2026-03-05 20:25'));
    expect(critical.until('2026-03-05 20:26').told('clock.limit', '三.2')).toContain('周经理');
  });

  test('S2-13 · the member of staff complained of handles nothing of it', () => {
    const story = said(tang, { ...lamp, complainedOf: 'chen' });
    expect(story.refused(xu, 'triage', triaged)).toMatchObject({ code: 'assign.recused' });
    story.take(xu, 'triage', { ...triaged, verifier: 'wu' });
    expect(story.refused(chen, 'verify', { verdict: 'unfounded', findings: '没有' }).code).toBe('role.recused');
  });

  test('S2-14 · a conclusion without its basis is not taken', () => {
    const story = lampUpTo('handling')
      .take(chen, 'doItem', { item: '断电挂牌' })
      .take(chen, 'doItem', { item: '夜间试亮' });
    expect(story.refused(chen, 'complete', without(finished, 'basis'))).toMatchObject({
      code: 'field.required',
      field: 'basis',
      clause: '四.三.4',
    });
    expect(
      lampUpTo('registered').refused(xu, 'resolveAtOnce', { category: 'order', answer: '已说明', agreed: true }),
    ).toMatchObject({ field: 'basis' });
  });

  test('S2-15 S2-48 · without an answer to the customer and an outcome nothing is closed', () => {
    const story = lampUpTo('completed');
    expect(story.refused(xu, 'archive').code).toBe('step.notNow');
    expect(story.refused(xu, 'tellResult', { how: 'phone' })).toMatchObject({ field: 'answer' });
    story.take(xu, 'tellResult', { how: 'phone', answer: '已换好' });
    expect(story.all('noticeIssued').at(-1)?.data).toMatchObject({ notice: 'result', to: { kind: 'owner' } });
    const findings = broken((copy) => {
      const feedback = copy.procedures.feedback;
      if (!feedback) return;
      feedback.intake.notifies = [];
      feedback.steps.archive?.from.push('registered');
    });
    expect(findings.map((one) => one.law)).toContain('nobodyGoesUnanswered');
  });
});

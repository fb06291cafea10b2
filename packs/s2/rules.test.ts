import { describe, expect, test } from 'vitest';
import type { Actor } from '#case/context.ts';
import type { Values } from '#case/event.ts';
import type { PackSpec } from '#policy/language/pack.ts';
import { prove } from '#policy/prove/prove.ts';
import { nextOccurrence } from '#policy/schedule.ts';
import { clockwork } from '../../test/support/organisation.ts';
import { at, calendarOf, type Story } from '../../test/support/story.ts';
import {
  actor,
  begin,
  chen,
  customer,
  finished,
  guard,
  head,
  lamp,
  lampUpTo,
  order,
  pack,
  routine,
  T0,
  tang,
  triaged,
  xu,
  yes,
} from './golden.ts';

const register = (values: object, channel = 'counter', matter = 'complaint') => ({
  type: 'register' as const,
  number: 'FK260305-0009',
  matter,
  channel,
  values: { ...values },
});
const without = (values: object, field: string): { [key: string]: never } =>
  Object.fromEntries(Object.entries(values).filter(([key]) => key !== field)) as { [key: string]: never };
/** Somebody says something, at the counter unless told otherwise. */
const said = (by: Actor, values: Values, more: { channel?: string; matter?: string } = {}): Story =>
  begin().register(by, values, { channel: 'counter', ...more });
const unverified = { urgency: 'normal', category: 'repairs/lighting', verify: false };
const assessed = (values: object): Story =>
  lampUpTo('registered')
    .take(xu, 'triage', unverified)
    .take(xu, 'assess', { grounds: '看过', ...values });

function broken(change: (copy: PackSpec) => void): ReturnType<typeof prove>['findings'] {
  const copy = structuredClone(pack) as PackSpec;
  change(copy);
  return prove(copy).findings;
}

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

describe('Receiving and recording (四.一)', () => {
  test.each(['hotline', 'counter', 'app', 'wechat', 'wechatGroup', 'email'])(
    'S2-17 · what comes by %s keeps its channel',
    (channel) => {
      expect(said(guard, { ...lamp, repeatedBack: true }, { channel }).case.channel).toBe(channel);
    },
  );

  test.each(['box', 'letter'])(
    'S2-17 · what comes by %s is registered with the day it came and its scan',
    (channel) => {
      expect(begin().refused(guard, register(lamp, channel))).toMatchObject({
        code: 'field.required',
        field: 'writtenOn',
      });
      const story = said(guard, { ...lamp, writtenOn: '2026-03-05', photos: ['scan-1'] }, { channel });
      expect(story.case).toMatchObject({ channel, values: { writtenOn: '2026-03-05', photos: ['scan-1'] } });
    },
  );

  test('S2-18 · every week the channels are checked and the box is opened; left undone or with a blocked channel somebody is told', () => {
    const weekly = pack.schedules.weeklyChannels;
    if (!weekly) throw new Error('No schedule');
    expect(nextOccurrence(weekly, at('2026-03-05 12:00'), calendarOf(pack))).toBe(at('2026-03-09 09:00'));
    const open = (): Story =>
      begin('2026-03-09 09:00').register(
        clockwork,
        { occasion: '每周检查' },
        { matter: 'channelCheck', channel: 'schedule' },
      );
    expect(open().until('2026-03-12 00:00').told('clock.limit', '四.一.1')).toEqual(['唐前台', '许专员']);
    const found = { hotline: true, email: true, online: true, letters: 0, remark: '全部畅通' };
    expect(open().refused(tang, 'check', without(found, 'letters'))).toMatchObject({ field: 'letters' });
    expect(open().refused(tang, 'check', { ...found, letters: 2 })).toMatchObject({ field: 'numbers' });
    expect(open().take(tang, 'check', found).case.state).toBe('done');
    const blocked = open().take(tang, 'check', { ...found, email: false });
    expect(blocked.case.state).toBe('blocked');
    expect(blocked.told('duty')).toEqual(expect.arrayContaining(['许专员', '周经理']));
    expect(blocked.clock('restoring').status).toBe('running');
  });

  test('S2-19 · online the first receiver is named too, and stays so when the work passes on', () => {
    const story = said(customer, lamp, { channel: 'app' });
    expect(story.case.duties.firstReceiver).toMatchObject({ name: '唐前台' });
    expect(lampUpTo('archived').case.duties.firstReceiver).toMatchObject({ name: '雷保安' });
    expect(
      said(guard, lamp).refused(xu, { type: 'reassign', duty: 'firstReceiver', personId: 'nobody', reason: '改' }).code,
    ).toBe('assign.notActive');
  });

  test('S2-22 · name and a way to be reached are needed; a wrong number is refused; on the hotline it is repeated back', () => {
    expect(begin().refused(guard, register(without(lamp, 'contactName')))).toMatchObject({ field: 'contactName' });
    expect(begin().refused(guard, register(without(lamp, 'contactPhone')))).toMatchObject({ field: 'contactPhone' });
    expect(begin().refused(guard, register({ ...lamp, contactPhone: '1380000777' }))).toMatchObject({
      code: 'field.notPhone',
    });
    expect(begin().refused(guard, register(lamp, 'hotline'))).toMatchObject({
      code: 'field.required',
      field: 'repeatedBack',
    });
    expect(said(guard, { ...lamp, repeatedBack: true }, { channel: 'hotline' }).case.channel).toBe('hotline');
  });

  test('S2-23 · a day without the time of day is refused; a stretch of time is kept, apart from the time of registering', () => {
    expect(begin().refused(guard, register({ ...lamp, occurredAt: '2026-03-05' }))).toMatchObject({
      code: 'field.notTime',
      field: 'occurredAt',
    });
    expect(begin().refused(guard, register(without(lamp, 'occurredAt')))).toMatchObject({ field: 'occurredAt' });
    expect(lampUpTo('registered').case).toMatchObject({
      registeredAt: at(T0),
      values: { occurredAt: at('2026-03-05 19:00'), occurredUntil: at('2026-03-05 20:00') },
    });
  });

  test('S2-24 · without a channel it is refused', () => {
    expect(begin().refused(guard, register(lamp, ''))).toMatchObject({
      code: 'register.unknownChannel',
      field: 'channel',
    });
  });

  test('S2-25 · the content is needed, and the customer’s own words stay beside the orderly version', () => {
    expect(begin().refused(guard, register(without(lamp, 'content')))).toMatchObject({
      code: 'field.required',
      field: 'content',
    });
    const story = lampUpTo('registered').take(xu, 'clarify', { clarification: '2 号楼东侧第二盏路灯' });
    expect(story.case.values).toMatchObject({ content: lamp.content, organised: '2 号楼东侧第二盏路灯' });
  });

  test('S2-26 · unclear words are confirmed with the customer before they are assessed, or the reason is written down', () => {
    const story = (): Story => said(guard, { ...lamp, unclear: true }).take(xu, 'triage', unverified);
    expect(story().refused(xu, 'assess', routine)).toMatchObject({ code: 'assess.unclear' });
    expect(story().take(xu, 'clarify', { clarification: '第二盏' }).take(xu, 'assess', routine).case.state).toBe(
      'toDispatch',
    );
    expect(story().take(xu, 'assess', { ...routine, unclearReason: '三次未接通' }).case.state).toBe('toDispatch');
  });

  test('S2-27 · pictures are kept, or where evidence can be had', () => {
    expect(said(guard, { ...lamp, photos: ['photo-1', 'video-1'] }).case.values.photos).toEqual(['photo-1', 'video-1']);
    expect(said(guard, { ...lamp, evidenceSource: '监控 3 号机位 19:05' }).case.values.evidenceSource).toBe(
      '监控 3 号机位 19:05',
    );
  });
});

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

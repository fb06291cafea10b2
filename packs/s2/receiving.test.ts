import { describe, expect, test } from 'vitest';
import { nextOccurrence } from '#policy/schedule.ts';
import { clockwork } from '../../test/support/organisation.ts';
import { at, calendarOf, type Story } from '../../test/support/story.ts';
import { register, said, unverified, without } from './asked.ts';
import { begin, customer, guard, lamp, lampUpTo, pack, routine, T0, tang, xu } from './golden.ts';

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
      const unscanned = register({ ...lamp, writtenOn: '2026-03-05' }, channel);
      expect(begin().refused(guard, unscanned)).toMatchObject({ code: 'register.scanMissing', field: 'photos' });
      // Whoever else signed the same letter leans on the first one's scan.
      const first = { caseId: crypto.randomUUID(), number: 'TS1', procedure: 'feedback' };
      const joint = begin();
      expect(joint.apply({ ...unscanned, joins: first }, guard)).toBeUndefined();
      expect(joint.case.links).toMatchObject([{ relation: 'joinedTo', reference: 'TS1' }]);
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
    const passed = said(guard, lamp);
    const order = { type: 'reassign', duty: 'firstReceiver', personId: 'tang', reason: '调岗' } as const;
    expect(passed.apply(order, xu)).toBeUndefined();
    expect(passed.case.duties.firstReceiver).toMatchObject({ name: '雷保安' });
    expect(passed.apply({ type: 'accept' }, tang)).toBeUndefined();
    expect(passed.case.duties.firstReceiver).toMatchObject({ name: '唐前台' });
    expect(passed.all('dutyAssigned')[0]?.data).toMatchObject({ duty: 'firstReceiver', person: { name: '雷保安' } });
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

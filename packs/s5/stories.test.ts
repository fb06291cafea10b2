import { describe, expect, test } from 'vitest';
import { clockwork } from '../../test/support/organisation.ts';
import {
  at5,
  concluded,
  cook,
  emergency,
  group,
  head,
  opener,
  pack,
  rectification,
  safety,
  sealed,
  upTo,
} from './golden.ts';

describe('A letter: there is wire in the food', () => {
  test('out of the letterbox, analysed, verified, criticised, put right in writing, answered, satisfied', () => {
    const box = at5('2026-03-02 08:00')
      .register(clockwork, { remark: '每日开箱' }, { matter: 'letterbox', channel: 'schedule' })
      .take(opener, 'record', { count: 1, letters: ['饭菜有异物'], scans: ['scan-1'] });
    const opened = box.all('caseOpened')[0]?.data;
    expect(opened).toMatchObject({ procedure: 'complaint', channel: 'letterbox' });
    expect(at5().register(clockwork, { ...opened?.values }, { channel: 'letterbox' }).case.values.content).toBe(
      '饭菜有异物',
    );
    const story = upTo('satisfied');
    expect(story.case).toMatchObject({ state: 'satisfiedEnd', outcome: '已批评并整改' });
    expect(Object.keys(story.case.entries)).toEqual(
      expect.arrayContaining(['analyse', 'study', 'holdToAccount', 'confirmRectified', 'answer']),
    );
    expect(story.replayed()).toEqual(story.case);
    const done = rectification().take(cook, 'writeStatement', { statement: '改用尼龙刷' });
    done
      .sign(cook, 'statement', 'signStatement', '邹师傅')
      .take(cook, 'carryOut', { done: '已换' })
      .take(group, 'verify', { opinion: '属实' });
    expect(done.case.state).toBe('rectified');
    expect(done.all('caseOpened')).toEqual([]);
  });
});

describe('Several people vomit', () => {
  test('all nine duties run at once; with the police untold it stays open, and in the end it is closed', () => {
    const story = concluded(['reportPolice']);
    expect(story.clock('reportPolice').status).toBe('running');
    expect(story.refused(head, 'close', { conclusion: '关闭' }).code).toBe('missing.police');
    story.until('2026-03-02 13:31');
    expect(story.told('clock.limit', '6.①')).toEqual(expect.arrayContaining(['黄主任', '马副校长']));
    const whole = concluded().take(head, 'close', { conclusion: '应急结束' });
    expect(whole.case).toMatchObject({ state: 'closed', outcome: '应急结束' });
    expect(whole.replayed()).toEqual(whole.case);
  });

  test('what is sealed is not disposed of before it is handed over, and until then the emergency stays open', () => {
    const item = sealed();
    expect(item.refused(safety, 'dispose', { disposal: '销毁' }).code).toBe('step.notNow');
    expect(concluded([], undefined, []).refused(head, 'close', { conclusion: '关闭' }).code).toBe('custody.stillOpen');
    item.take(safety, 'handOver', {
      receivedBy: '卫生局 李某',
      signature: item.signature('transfer', '李某'),
    });
    expect(item.take(safety, 'dispose', { disposal: '卫生部门留置检验' }).case.state).toBe('disposed');
  });

  test('a complaint that turns out to be poisoning stands still until the emergency is closed', () => {
    const story = upTo('analysed').take(group, 'startEmergency', { symptoms: '8 人呕吐' });
    expect(story.case.state).toBe('emergency');
    expect(story.clock('study').status).toBe('paused');
    expect(emergency().case.state).toBe('active');
    expect(pack.procedures.poisoning?.numbering).toBe('ZD');
  });
});

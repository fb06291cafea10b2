import { describe, expect, test } from 'vitest';
import type { Calendar } from '#clock/calendar.ts';
import { actor, owner } from '../../test/support/organisation.ts';
import { at, calendarOf, Story } from '../../test/support/story.ts';
import { b, contacted, greenBelt, greenBeltUpTo, li, outcomeTold, pack, wang } from './golden.ts';

/** The fixture of the catalogue: 1 to 8 October off, Saturday 10 … as it says, 11 October worked. */
function autumn(): Calendar {
  const shipped = calendarOf(pack);
  const rest = Array.from(
    { length: 8 },
    (_, day) => [`2025-10-0${day + 1}`, { kind: 'holiday', name: { zh: '国庆', en: 'National Day' } }] as const,
  );
  const worked = ['2025-10-11', { kind: 'makeUpDay', name: { zh: '补班', en: 'Make-up day' } }] as const;
  return { ...shipped, id: 'fixture', version: 'autumn', days: new Map([...rest, worked]) };
}

const doneOn = (moment: string): Story =>
  new Story(pack, moment, autumn())
    .register(wang, { ...greenBelt, occurredAt: '2025-09-29T10:00:00+08:00', category: 'environment/greening' })
    .take(li, 'contact', contacted)
    .take(li, 'dispatch', { unit: 'gardening', assignee: 'b' })
    .take(b, 'accept')
    .take(b, 'inspect', { findings: '杂草', evidence: ['photo-1'] })
    .take(b, 'plan', { measures: ['修剪'], completeBy: moment.slice(0, 10) })
    .take(b, 'doMeasure', { measure: '修剪' })
    .take(b, 'complete', { outcome: '已修剪' });

describe('Telling the outcome and asking the owner (clause 三.4)', () => {
  test('S1-22 · done on 30 September, a week of holidays, Saturday the 11th worked: due at the end of the 11th', () => {
    expect(doneOn('2025-09-30 15:00').clock('resultNotice')).toMatchObject({
      dueAt: at('2025-10-12 00:00') - 1,
      calendar: { id: 'fixture', version: 'autumn' },
    });
    const kept = doneOn('2025-09-30 15:00').until('2025-10-11 23:00').take(b, 'notifyResult', outcomeTold);
    expect(kept.clock('resultNotice').status).toBe('kept');
    const late = doneOn('2025-09-30 15:00').until('2025-10-12 00:00').take(b, 'notifyResult', outcomeTold);
    expect(late.clock('resultNotice').status).toBe('late');
  });

  test('S1-24 · satisfied but unsigned is not archived', () => {
    const story = greenBeltUpTo('awaitingSignature');
    const refusal = story.refused(actor('archivist'), 'archive');
    expect(refusal.code).toBe('step.notNow');
    expect(refusal.message.zh).toContain('签字确认');
  });

  test('S1-24 · the signature holds the signer, the moment and the digest of the very form he saw', () => {
    const story = greenBeltUpTo('signed');
    const [signed] = story.all('documentSigned');
    const paper = story.case.documents.find((item) => item.form === 'registerForm');
    expect(paper).toMatchObject({
      digest: signed?.data.digest,
      voided: false,
      signature: { signer: '业主A', method: 'glass', at: story.now },
    });
    expect(story.all('documentIssued').find((event) => event.data.form === 'registerForm')?.data.digest).toBe(
      paper?.digest,
    );
  });

  test('S1-24 · if the form changed after it was shown, it must be looked at again', () => {
    const story = greenBeltUpTo('awaitingSignature');
    const shown = story.signature('registerForm');
    const other = { ...shown, digest: 'a'.repeat(64) };
    expect(story.refused(owner, 'sign', { signature: other })).toMatchObject({
      code: 'signature.formChanged',
      field: 'signature',
    });
    expect(story.take(owner, 'sign', { signature: shown }).case.state).toBe('signed');
  });

  test('S1-24 · when the form is changed after signing, the signature falls, everybody sees it, and it is signed again', () => {
    const story = greenBeltUpTo('signed');
    expect(
      story.apply(
        { type: 'reassign', duty: 'assignee', personId: 'gardening-head', reason: '登记有误' },
        actor('gardening-head'),
      ),
    ).toBeUndefined();
    expect(story.all('signatureVoided')).toHaveLength(1);
    expect(story.refused(actor('archivist'), 'archive')).toMatchObject({ code: 'archive.unsigned' });
    story.sign(owner, 'registerForm').take(actor('archivist'), 'archive');
    expect(story.case.documents.filter((paper) => paper.form === 'registerForm').map((paper) => paper.voided)).toEqual([
      true,
      false,
    ]);
  });

  test('S1-24 · a satisfied owner who does not sign: a witness with the reason stands in, without a reason it does not', () => {
    const story = greenBeltUpTo('awaitingSignature');
    const { attachment: _none, ...rest } = { ...story.signature('registerForm'), method: 'witness' };
    expect(story.refused(li, 'sign', { signature: rest })).toMatchObject({ code: 'signature.withoutWitness' });
    story.take(li, 'sign', { signature: { ...rest, witness: '居委会 刘主任', reason: '业主在外地，电话确认满意' } });
    expect(story.case.documents.find((paper) => paper.form === 'registerForm')?.signature).toMatchObject({
      method: 'witness',
      witness: '居委会 刘主任',
    });
  });

  test('S1-25 · “not satisfied” leads to talking again; the assignee is told, a clock runs, and it cannot be closed', () => {
    const story = greenBeltUpTo('resultNotified').take(owner, 'dissatisfied', { reason: '枯树没补' });
    expect(story.case.state).toBe('recommunicating');
    expect(story.told('dissatisfied')).toEqual(['赵园', '李婷', '孙绿']);
    expect(story.clock('recommunication')).toMatchObject({ status: 'running', dueAt: story.now + 24 * 3_600_000 });
    expect(story.can(actor('archivist'), 'archive').allowed).toBe(false);
    expect(story.can(li, 'archive').allowed).toBe(false);
    expect(story.take(b, 'explain', { handling: '已补种', improvement: '建立巡查' }).case.state).toBe('resultNotified');
  });

  test('S1-26 · a review begins round two with its own 48 hours; a plan needs the new inspection', () => {
    const story = greenBeltUpTo('resultNotified')
      .take(owner, 'dissatisfied', { reason: '没剪干净' })
      .take(b, 'review', { reason: '重看全段' });
    expect(story.case).toMatchObject({ state: 'investigating', round: 2 });
    expect(story.all('roundStarted')[0]?.data).toMatchObject({ round: 2, clause: '三.4.2' });
    expect(story.clock('inspection')).toMatchObject({ run: 2, dueAt: story.now + 48 * 3_600_000 });
    expect(story.refused(b, 'plan', { measures: ['补剪'], completeBy: '2026-03-20' }).code).toBe(
      'plan.withoutInspection',
    );
  });

  test('S1-25 · ending without agreement takes a review, the manager and a written answer', () => {
    const once = greenBeltUpTo('resultNotified').take(owner, 'dissatisfied', { reason: '要求赔偿' });
    const zhou = actor('zhou');
    const ending = { reason: '已复查，整改符合约定，赔偿无依据', evidence: ['letter-1'] };
    expect(once.refused(zhou, 'terminate', ending).code).toBe('terminate.withoutReview');
    expect(once.refused(b, 'terminate', ending).code).toBe('role.notYours');
  });
});

describe('The archive (clause 四)', () => {
  test('S1-31 · the dossier holds the register form, the handling record and the notice, each with its digest', () => {
    const story = greenBeltUpTo('archived');
    const [archived] = story.all('caseArchived');
    expect(archived?.data.dossier.map((paper) => paper.name.zh)).toEqual(['投诉登记表', '处理记录', '处理结果通知']);
    const digests = story.all('documentIssued').map((event) => event.data.digest);
    for (const paper of archived?.data.dossier ?? []) expect(digests).toContain(paper.digest);
  });

  test('S1-31 · once archived nothing can be changed; a correction is a note that points to what it corrects', () => {
    const story = greenBeltUpTo('archived');
    for (const step of ['contact', 'classify', 'inspect', 'archive'])
      expect(story.refused(li, step, contacted).code).toMatch(/^(case\.archived|role\.notYours)$/);
    expect(story.refused(li, { type: 'reassign', duty: 'assignee', personId: 'chen', reason: '改' }).code).toBe(
      'case.archived',
    );
    expect(story.apply({ type: 'annotate', text: '枯死应为 11 株', correctionOf: 12 }, li)).toBeUndefined();
    expect(story.case.notes.at(-1)).toMatchObject({ text: '枯死应为 11 株', by: { name: '李婷' } });
    expect(story.all('documentSigned')).toHaveLength(1);
    expect(story.case.documents.some((paper) => paper.voided)).toBe(false);
  });

  test('S1-33 · findings must be put right before the inspection of the archive passes', () => {
    const archivist = actor('archivist');
    const system = { kind: 'system', personId: null, name: '', posts: [] } as const;
    const story = new Story(pack, '2026-04-05 09:00').register(
      archivist,
      { scope: 'all' },
      { matter: 'archiveInspection', channel: 'other' },
    );
    story.take(system, 'recordFindings', { missing: ['TS260305-0001 缺签'], checked: 10 });
    expect(story.refused(archivist, 'pass', { conclusion: '合格' }).code).toBe('inspection.stillMissing');
    story.take(archivist, 'recheck', { rectified: '已补签' });
    expect(story.refused(archivist, 'pass', { conclusion: '合格' }).code).toBe('inspection.stillMissing');
    expect(
      story.take(system, 'recordFindings', { missing: [], checked: 10 }).take(archivist, 'pass', { conclusion: '合格' })
        .case.state,
    ).toBe('finished');
  });
});

describe('Discipline and the owners’ forum (clause 五)', () => {
  test('S1-35 · an owner reports being put off: a lead is opened that only quality and the general manager may read, and needs a finding', () => {
    const story = greenBeltUpTo('dispatched').take(owner, 'reportShirking', { what: '互相推，没人来' });
    const [opened] = story.all('caseOpened');
    expect(opened?.data).toMatchObject({
      procedure: 'discipline',
      values: { about: 'b', sourceCase: 'TS260301-0001' },
    });
    expect(pack.procedures.discipline?.readers).toEqual(['quality', 'generalManager']);
    const system = { kind: 'system', personId: null, name: '', posts: [] } as const;
    const lead = new Story(pack, '2026-03-06 09:00').register(
      system,
      { ...opened?.data.values },
      { matter: 'discipline', channel: 'linked' },
    );
    expect(lead.case.duties.assignee).toMatchObject({ name: '郑品' });
    expect(lead.refused(actor('general'), 'sanction', { sanction: 'warning', reason: '属实' }).code).toBe(
      'step.notNow',
    );
    expect(lead.refused(b, 'verify', { finding: 'notUpheld', grounds: '没有' }).code).toBe('role.recused');
    lead
      .take(actor('quality'), 'verify', { finding: 'upheld', grounds: '三次改期未到' })
      .take(actor('general'), 'sanction', { sanction: 'warning', reason: '推诿属实' });
    expect(lead.case).toMatchObject({ state: 'sanctioned', outcome: '推诿属实' });
  });

  test('S1-36 · an opinion from the forum becomes a case that names the forum as its source; none may be left over', () => {
    const story = new Story(pack, '2026-04-10 09:00').register(
      li,
      { subject: '二季度座谈会' },
      { matter: 'forum', channel: 'other' },
    );
    const minutes = {
      heldOn: '2026-04-10',
      participants: ['业主A', '业主B'],
      topics: ['绿化'],
      opinions: ['多种花', '路灯太暗'],
    };
    story.until('2026-04-11 10:00').take(actor('zhou'), 'hold', minutes);
    const raised = { kind: 'complaint', contactName: '业主B', contactPhone: '13900005678', place: '5 号楼' };
    story.take(li, 'raise', { ...raised, opinion: '路灯太暗', category: 'facility/lighting' });
    expect(story.all('caseOpened')[0]?.data).toMatchObject({
      procedure: 'complaint',
      channel: 'forum',
      values: { content: '路灯太暗', contactName: '业主B' },
    });
    expect(story.refused(li, 'finish', { conclusion: '完' }).code).toBe('forum.opinionsLeft');
    story
      .take(li, 'raise', { ...raised, kind: 'suggestion', opinion: '多种花' })
      .take(li, 'finish', { conclusion: '两条意见均已转办' });
    expect(story.case.state).toBe('finished');
  });

  test('S1-37 · a case from the forum is an ordinary case, told apart by its channel', () => {
    const story = new Story(pack, '2026-04-11 10:00').register(
      wang,
      { ...greenBelt, category: 'facility/lighting' },
      { channel: 'forum' },
    );
    expect(story.case).toMatchObject({
      channel: 'forum',
      matter: 'complaint',
      values: { category: 'facility/lighting' },
    });
  });
});

describe('Improving (clauses 三.5, 七)', () => {
  test('S1-29 · an improvement not carried out by its day is called for', () => {
    const story = new Story(pack, '2026-03-12 10:00').register(
      li,
      {
        rootCause: '频率不足',
        measure: '加密养护',
        before: '每月 1 次',
        after: '每月 2 次',
        dueOn: '2026-03-20',
        responsible: 'gardening-head',
      },
      { matter: 'improvement', channel: 'other' },
    );
    story.until('2026-03-21 00:00');
    expect(story.told('clock.limit')).toContain('孙绿');
    expect(story.refused(actor('quality'), 'conclude', { effective: true, opinion: '好' }).code).toBe('step.notNow');
  });

  test('S1-42 · an improvement is judged by figures, before and after; without them it cannot be judged', () => {
    const system = { kind: 'system', personId: null, name: '', posts: [] } as const;
    const quality = actor('quality');
    const story = new Story(pack, '2026-03-12 10:00')
      .register(
        li,
        {
          rootCause: '频率不足',
          measure: '加密养护',
          before: '每月 1 次',
          after: '每月 2 次',
          dueOn: '2026-03-20',
          responsible: 'gardening-head',
        },
        { matter: 'improvement', channel: 'other' },
      )
      .take(actor('gardening-head'), 'carryOut', {
        done: '排班已改',
        changedFrom: '每月 1 次',
        changedTo: '每月 2 次',
      });
    expect(story.refused(quality, 'conclude', { effective: true, opinion: '下降' }).code).toBe(
      'conclude.withoutComparison',
    );
    story.take(quality, 'compare', { days: 30 }).take(system, 'recordComparison', { figures: { before: 6, after: 2 } });
    expect(story.take(quality, 'conclude', { effective: false, opinion: '未见下降' }).case.state).toBe('ineffective');
    expect(story.clock('rework').status).toBe('running');
  });

  test('S1-30 · version 2 says 36 hours: the running case keeps 48, the new one gets 36', async () => {
    const { packFrom } = await import('../../test/support/story.ts');
    const second = await packFrom('s1', (source) => ({
      ...source,
      text: source.text
        .replaceAll('version: 1.2.0', 'version: 2.0.0')
        .replace(
          'limit: { elapsed: PT48H }\n    responsible: assignee\n    shownToOwner: true',
          'limit: { elapsed: PT36H }\n    responsible: assignee\n    shownToOwner: true',
        ),
    }));
    const old = greenBeltUpTo('registered');
    const fresh = greenBeltUpTo('registered', '2026-03-05 10:00', second);
    expect([old.case.packVersion, old.clock('inspection').dueAt]).toEqual(['1.2.0', at('2026-03-07 10:00')]);
    expect([fresh.case.packVersion, fresh.clock('inspection').dueAt]).toEqual(['2.0.0', at('2026-03-06 22:00')]);
  });

  test('S1-30 · the review of the procedure names the new version and what differs', () => {
    const story = new Story(pack, '2026-03-15 09:00').register(
      actor('quality'),
      { subject: '年度评审' },
      { matter: 'processReview', channel: 'other' },
    );
    const words = { evaluation: '调查时限可缩短', decision: 'change' };
    expect(story.refused(actor('quality'), 'conclude', words)).toMatchObject({ code: 'field.required' });
    story.take(actor('quality'), 'conclude', {
      ...words,
      newVersion: '2.0.0',
      differences: ['现场调查 48 小时改为 36 小时'],
    });
    expect(story.case.entries.conclude?.[0]?.values).toMatchObject({ newVersion: '2.0.0' });
  });

  test('S1-43 · training is planned, held, with attendees and an assessment', () => {
    const story = new Story(pack, '2026-03-15 09:00').register(
      actor('quality'),
      { subject: '投诉接待礼仪', plannedOn: '2026-03-20', organiser: 'quality', because: 'WJ260306-0001' },
      { matter: 'training', channel: 'other' },
    );
    story
      .until('2026-03-20 15:00')
      .take(actor('quality'), 'hold', { heldOn: '2026-03-20', attendees: ['王敏', '李婷'], assessment: '全部合格' });
    expect(story.case).toMatchObject({ state: 'held', outcome: '全部合格' });
    expect(story.clock('holding').status).toBe('kept');
  });
});

import type { Values } from '#case/event.ts';
import { greenBeltUpTo, li } from '../../../packs/s1/golden.ts';
import * as two from '../../../packs/s2/golden.ts';
import { actor as actor3, crackUpTo, mei, qian as officer3, song } from '../../../packs/s3/golden.ts';
import * as four from '../../../packs/s4/golden.ts';
import * as eight from '../../../packs/s8/golden.ts';
import { actor as actor9 } from '../../../packs/s9/company.ts';
import * as nine from '../../../packs/s9/golden.ts';
import { storiesOf } from '../../support/story.ts';
import type { Tale } from '../../support/tale.ts';
import { without } from '../../support/without.ts';

/** Rules about who does what, and where a matter goes, each with the tale that shows it. */
export const otherRules: { [title: string]: () => Tale } = {
  'S1-15 · a department alone is not enough, nor somebody who is not of it: one named person answers': () =>
    storiesOf(() => {
      const story = greenBeltUpTo('classified');
      story.refused(li, 'dispatch', { unit: 'gardening' });
      story.refused(li, 'dispatch', { unit: 'gardening', assignee: 'wang' });
      story.take(li, 'dispatch', { unit: 'gardening', assignee: 'b' });
    }),
  'S1-39 · it goes to the gardening department, to person B by name, who inspects within 48 hours': () => [
    greenBeltUpTo('investigated'),
  ],
  'S2-07 · guard, cleaner and technician register like anybody, and are the first receivers': () =>
    ['guard', 'cleaner', 'chen'].map((id) =>
      two.begin().register(two.actor(id), two.lamp, { matter: 'complaint', channel: 'wechatGroup' }),
    ),
  'S2-28 · only the first receiver or the information officer judges first; who and when is kept': () =>
    storiesOf(() => {
      two.lampUpTo('registered').refused(two.chen, 'triage', two.triaged);
      two.lampUpTo('registered').take(two.guard, 'triage', two.triaged);
      two.lampUpTo('registered').take(two.xu, 'triage', two.triaged);
    }),
  'S2-34 · a routine matter needs the department and the expected day before it can be dispatched': () =>
    storiesOf(() => {
      const story = two.lampUpTo('assessing');
      for (const field of ['unit', 'expectedBy']) story.refused(two.xu, 'assess', without(two.routine, field));
      story.refused(two.xu, 'dispatch', two.order);
      story.take(two.xu, 'assess', two.routine);
    }),
  'S2-38 · dispatching has its own time limit; left too long the officer is told': () =>
    storiesOf(() => {
      two.lampUpTo('toDispatch').until('2026-03-09 09:00').refused(two.xu, 'dispatch', without(two.order, 'assignee'));
    }),
  'S2-41 · several departments need a leading one; until each that helps has reported it is not complete': help,
  'S3-05 · until the clerk has said whose responsibility it is nothing goes on; the two branches differ': () =>
    storiesOf(() => {
      const company = { liability: 'company', grounds: '保修期内的墙体裂缝' };
      const story = crackUpTo('registered');
      story.refused(mei, 'accept', {
        summary: '客厅北墙裂缝',
        involvedUnit: 'engineering',
        feedbackOn: '2026-03-10',
        toldHow: 'phone',
        toldAt: '2026-03-05T10:00:00+08:00',
      });
      story.refused(mei, 'divide', { grounds: '看过' });
      story.refused(officer3, 'divide', company);
      story.take(mei, 'divide', company);
      crackUpTo('registered').take(mei, 'divide', { liability: 'customer', grounds: '客户自行拆改墙体' });
    }),
  'S3-13 · only the complaint officer enters the outcome, and without it nothing is closed': () =>
    storiesOf(() => {
      const entry = { result: '已修复', occurrence: 1 };
      const story = crackUpTo('implementing');
      story.refused(mei, 'enterResult', entry);
      story.refused(song, 'enterResult', entry);
      story.refused(officer3, 'close');
      story.refused(officer3, 'enterResult', { occurrence: 1 });
      story.take(officer3, 'enterResult', entry);
    }),
  'S3-15 · a department ordered to rectify must show proof; before that no outcome can be entered': rectification,
  'S3-22 · whoever received it keeps it until it is closed': () => [crackUpTo('implementing'), crackUpTo('closed')],
  'S4-04 · salesperson, appraiser and manager alike can take a complaint': () =>
    ['sales', 'senior', 'manager'].map((id) =>
      four.at4().register(four.actor(id), four.accidentCar, { channel: 'employee' }),
    ),
  'S4-09 · several people may be liable, each with his share; the manager alone determines it, with his grounds': () =>
    storiesOf(() => {
      const story = four.upTo('instructed');
      story.refused(four.senior, 'confirmLiability', { grounds: '依据' });
      story.refused(four.manager, 'confirmLiability');
      story.take(four.manager, 'confirmLiability', { grounds: '依据' });
    }),
  'S4-10 · exactly one senior appraiser: nobody, or somebody without the qualification, is refused': () =>
    storiesOf(() => {
      const story = four.upTo('accepted');
      story.refused(four.manager, 'designate');
      story.refused(four.manager, 'designate', { appraiser: 'sales' });
      story.take(four.manager, 'designate', { appraiser: 'senior' });
    }),
  'S4-14 · the re-check bears three signatures, or it does not count': () =>
    storiesOf(() => {
      const story = four.upTo('rechecked');
      for (const missing of ['own', 'leader', 'practitioner'])
        story.refused(four.senior, 'signRecheck', without(four.threeSign(story), missing));
      story.refused(four.senior, 'enterResult', { result: '退费' });
      story.take(four.senior, 'signRecheck', four.threeSign(story));
    }),
  'S8-27 · not upheld needs grounds, another person’s review and an explanation; one may appeal once': appeal,
  'S8-28 · out of our remit: it is said where to turn, and that stays on record': () =>
    storiesOf(() => {
      const story = eight.recordedWith({});
      story.take(eight.officer(story), 'judge', { finding: 'outOfRemit', basisType: 'duty', grounds: '属市政道路' });
      story.take(eight.serviceHead, 'confirmFinding', { opinion: '可' });
      story.refused(eight.officer(story), 'explain', { explanation: '不归我们管', how: 'phone' });
      story.take(eight.officer(story), 'explain', { explanation: '属市政道路', signpost: '区城管局', how: 'phone' });
    }),
  'S8-39 · without a department no analysis; one leads, others may assist': () =>
    storiesOf(() => {
      const story = eight.liftUpTo('upheld');
      story.refused(eight.technician, 'analyse', { cause: 'equipment', analysis: '无' });
      story.refused(eight.officer(story), 'assign', { assignee: 'lift' });
      const alone = { unit: 'engineering', assistingUnit: 'engineering', assignee: 'lift' };
      story.refused(eight.officer(story), 'assign', alone);
      story.take(eight.officer(story), 'assign', { ...alone, assistingUnit: 'security' });
    }),
  'S9-18 · who has the skill is put in charge; anybody else needs the dispatcher and a reason': () =>
    storiesOf(() => {
      const story = nine.liftUpTo('accepted');
      story.refused(nine.officer, 'assign', { lift: 'water' });
      story.refused(nine.officer, 'assign', {});
      story.refused(nine.officer, 'assignOtherwise', { assignee: 'water', reason: '近' });
      story.refused(nine.dispatcher, 'assignOtherwise', { assignee: 'water' });
      story.take(nine.dispatcher, 'assignOtherwise', { assignee: 'water', reason: '姚电梯休假' });
      const corrected = nine.liftUpTo('accepted');
      corrected.take(nine.officer, 'classify', { category: 'facility/water' });
      corrected.take(nine.officer, 'assign', { water: 'water' });
      const concerned = nine
        .begin()
        .register(nine.officer, { ...nine.lift, complainedOf: 'lift' }, { channel: 'hotline' });
      concerned.refused(nine.officer, 'assign', { lift: 'lift' });
      concerned.refused(actor9('lift'), 'assign', { lift: 'lift' });
    }),
  'S9-01 · a matter goes to third-party mediation: the clock stands still, and what came of it is on record': () =>
    storiesOf(() => {
      const story = nine.liftUpTo('responded');
      const request = { agency: '街道调解委员会', request: '噪声补偿分歧' };
      story.refused(nine.manager, 'mediate', without(request, 'agency'));
      story.take(nine.manager, 'mediate', request);
      const settled = nine.liftUpTo('responded').take(nine.manager, 'mediate', request);
      settled.until('2026-03-10 10:20').take(nine.officer, 'recordMediation', { agreed: true, result: '更换曳引机' });
    }),
  'S9-31 · others confer and assist, each conferring with its department and what was agreed': () =>
    storiesOf(() => {
      const story = nine.liftUpTo('handling');
      const agreed = { unit: 'engineering', minutes: '工程部当晚到场，客服部次日回访' };
      for (const field of ['unit', 'minutes']) story.refused(nine.technician, 'consult', without(agreed, field));
      story.take(nine.technician, 'consult', agreed).take(nine.technician, 'consult', { ...agreed, unit: 'service' });
    }),
};

function help(): Tale {
  const cross: Values = { ...two.order, crossUnit: true };
  const story = two.lampUpTo('toDispatch');
  story.refused(two.xu, 'dispatch', cross);
  story.take(two.xu, 'dispatch', { ...cross, lead: 'engineering', checklist: [] }).take(two.chen, 'accept', two.yes);
  story.refused(two.chen, 'complete', two.finished);
  const asked = { unit: 'security', helper: 'security-head', task: '夜间围挡', dueOn: '2026-03-08' };
  story.take(two.chen, 'askAssistance', asked);
  story.refused(two.chen, 'complete', two.finished);
  const helping = story.opened('assistance');
  helping.until(story.now + 60_000).take(two.actor('security-head'), 'confirm');
  helping.take(two.actor('security-head'), 'finish', { result: '已围挡' }).report();
  story.until(helping.now + 60_000).take(two.chen, 'complete', two.finished);
  return [story, helping];
}

function rectification(): Tale {
  const entry = { result: '已修复', occurrence: 1 };
  const demand = { unit: 'engineering', responsible: 'luo', demand: '规范抹灰工艺', dueOn: '2026-03-16' };
  const story = crackUpTo('implementing').take(song, 'orderRectification', demand);
  story.refused(officer3, 'enterResult', entry);
  const task = story.opened('rectification');
  task.refused(actor3('luo'), 'carryOut', { measures: '已培训' });
  task
    .take(actor3('luo'), 'carryOut', { measures: '已培训', proof: ['photo-1'] })
    .take(officer3, 'verify', { finding: '属实' })
    .report();
  story.until(task.now + 60_000).take(officer3, 'enterResult', entry);
  return [story, task];
}

function appeal(): Tale {
  return storiesOf(() => {
    const story = eight.recordedWith({});
    const officer = eight.officer(story);
    story.refused(officer, 'judge', { ...eight.notUpheld, grounds: '' });
    story.refused(officer, 'judge', without(eight.notUpheld, 'basisType'));
    story.take(officer, 'judge', eight.notUpheld);
    story.refused(officer, 'confirmFinding', { opinion: '同意' });
    story.take(eight.serviceHead, 'confirmFinding', { opinion: '依据充分' });
    story.refused(officer, 'explain', { how: 'phone' });
    story.take(officer, 'explain', { explanation: '合同第六条约定自理', how: 'phone' });
    story.take(eight.complainant, 'appeal', { reason: '合同没给过我' });
    story.take(officer, 'judge', eight.notUpheld);
    story.refused(eight.serviceHead, 'confirmFinding', { opinion: '同意' });
    story.take(eight.leader, 'confirmAfterAppeal', { opinion: '维持' });
    story.take(officer, 'explain', { explanation: '附合同复印件', how: 'letter' });
    story.take(officer, 'closeNotUpheld', { summary: '已说明' });
  });
}

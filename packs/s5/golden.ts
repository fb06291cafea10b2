import type { Values } from '#case/event.ts';
import { owner } from '../../test/support/organisation.ts';
import { packFrom, Story } from '../../test/support/story.ts';
import { company } from './company.ts';

export const pack = await packFrom('s5');
export const { actor } = company;
export const group = actor('group');
export const leader = actor('group-leader');
export const safety = actor('safety');
export const head = actor('head');
export const opener = actor('opener');
export const cook = actor('cook');

/** A letter in the principal's box. */
export const foreignBody: Values = {
  content: '一食堂 3 号窗口的饭菜里有钢丝',
  place: { premisesId: null, text: '一食堂 3 号窗口' },
  complainant: 'student',
  category: 'foreignBody',
};

export const T0 = '2026-03-02 09:00';
export const at5 = (start = T0, using = pack, organisation = company): Story =>
  new Story(using, start, undefined, organisation);

export const verified: Values = {
  finding: 'verified',
  facts: '清洗用钢丝球断丝混入',
  law: 'foodSafetyLaw',
  violatedClause: '第三十三条',
  severity: 'ordinary',
  accountability: 'needed',
};
export const accounted: Values = {
  responsible: 'cook',
  criticism: '当面批评',
  education: '重学操作规范',
  workError: 'ordinary',
  schoolRule: '奖惩条例第 8 条',
  what: '停用钢丝球',
  dueOn: '2026-03-10',
};

/** Tells a case that one it opened has ended. */
export function linkedEnds(story: Story, procedure: string): Story {
  const left = story.all('caseOpened').filter((event) => event.data.procedure === procedure);
  for (const event of left)
    story.apply({ type: 'linkedEnd', caseId: event.data.caseId, outcome: '完成' }, { ...owner, kind: 'system' });
  return story;
}

/** Each stage leads the complaint one act further than the one before. */
const acts: [string, (story: Story) => Story][] = [
  ['collected', (s) => s.register(opener, foreignBody, { channel: 'letterbox' })],
  ['analysed', (s) => s.take(group, 'analyse', { analysis: '器具管理不严' })],
  ['verified', (s) => s.take(group, 'study', verified)],
  ['rectifying', (s) => s.take(group, 'holdToAccount', accounted)],
  ['answering', (s) => linkedEnds(s, 'rectification').take(group, 'confirmRectified', { remark: '已换尼龙刷' })],
  ['askingOpinion', (s) => s.take(group, 'answer', { opinion: '已批评并整改', how: 'direct' })],
  ['satisfied', (s) => s.take(owner, 'satisfied', { satisfied: true })],
];

/** The worked case of the procedure, led up to a stage. */
export function upTo(stage: string, start = T0, using = pack): Story {
  let story = at5(start, using);
  for (const [name, act] of acts) {
    story = act(story);
    if (name === stage) return story;
  }
  throw new Error(`The worked case has no stage ${stage}`);
}

/** The worked case with the rectification that it ordered really done, in the order in which both happened. */
export function withRectification(): Story[] {
  const letter = upTo('rectifying');
  const order = letter.opened('rectification').take(cook, 'writeStatement', { statement: '改用尼龙刷' });
  order
    .sign(cook, 'statement', 'signStatement', '邹师傅')
    .take(cook, 'carryOut', { done: '已换' })
    .take(group, 'verify', { opinion: '属实' })
    .report();
  letter
    .take(group, 'confirmRectified', { remark: '已换尼龙刷' })
    .take(group, 'answer', { opinion: '已批评并整改', how: 'direct' })
    .take(owner, 'satisfied', { satisfied: true });
  return [letter, order];
}

/** An order of rectification to the cook, due on the tenth. */
export const rectification = (more: Values = {}): Story =>
  at5().register(
    group,
    { what: '停用钢丝球', responsible: 'cook', dueOn: '2026-03-10', severity: 'ordinary', ...more },
    { matter: 'rectification', channel: 'other' },
  );

/** Several people vomit: the protocol starts. */
export const emergency = (start = '2026-03-02 12:30', using = pack): Story =>
  at5(start, using).register(
    safety,
    { content: '午餐后 8 名学生呕吐', sourceCase: 'ST260302-0001' },
    { matter: 'poisoning', channel: 'phone' },
  );

const now = '2026-03-02T12:20:00+08:00';
const reported = { reportedAt: now, to: '值班室', how: '电话', words: '8 人呕吐', receipt: '接报人张某，001' };

/** The nine duties and what belongs to them, each with what is entered; they may be done in any order. */
export const duties: [string, Values][] = [
  ['stopSupply', { stoppedAt: now, doneBy: '谢经理', order: '停业令 1 号', supply: 'stopped' }],
  ['reportHealth', reported],
  ['reportEducation', reported],
  ['reportPolice', reported],
  ['reportMarket', reported],
  ['sendPatient', { patient: '学生甲', symptoms: '呕吐', sentAt: now, hospital: '市一医院' }],
  ['assist', { liaison: '黄主任', help: '提供菜单' }],
  ['takeStock', { food: 'present', ingredients: 'none', tools: 'none', equipment: 'none', scene: 'none' }],
  [
    'sealItem',
    { kind: 'food', item: '午餐留样', sealNumber: 'FT-0001', sealedAt: now, keeper: 'safety', photos: ['p1'] },
  ],
  [
    'provide',
    { requestedBy: '卫生局', materials: ['留样'], givenAt: now, givenBy: '黄主任', receipt: '李某', truthful: true },
  ],
  ['orderMeasures', { required: 'none' }],
  ['settleAftermath', { parents: '逐一联系', compensation: '垫付医药费', opinion: '统一发布', order: '照常上课' }],
  [
    'summarise',
    {
      cause: '凉菜存放过久',
      lessons: '留样时间',
      rectification: ['停供凉菜'],
      responsible: 'canteen',
      dueOn: '2026-03-20',
    },
  ],
  ['resumeSupply', { supply: 'resumed', approval: '领导小组同意' }],
];

/** The emergency with every duty recorded but those left out, and what it opened ended. */
export function concluded(leftOut: string[] = [], order = duties, ends: string[] = ['custody']): Story {
  const story = emergency();
  for (const [step, values] of order)
    if (!leftOut.includes(step)) story.take(step === 'resumeSupply' ? head : safety, step, values);
  for (const procedure of ends) linkedEnds(story, procedure);
  return story;
}

export const sealed = (): Story =>
  at5('2026-03-02 13:00').register(
    safety,
    { kind: 'food', item: '午餐留样', sealNumber: 'FT-0001', sealedAt: now, keeper: 'safety', photos: ['p1'] },
    { matter: 'custody', channel: 'other' },
  );

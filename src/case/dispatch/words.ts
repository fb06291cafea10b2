import { formatLocal } from '#clock/civil.ts';
import { fill, type Text, text } from '#kernel/text.ts';
import type { DispatchSpec, DispatchWay } from '#policy/language/dispatch.ts';
import type { CandidateFacts } from './facts.ts';

export type Factor = keyof DispatchSpec['score'];

/** What is said of the person a complaint is about. */
export const complainedOf: Text = text('被投诉人，须回避', 'The complaint is about this person, who must stand aside');

/** When he works and what he has in hand. */
export function sayPresence({
  awayUntil,
  onShiftUntil,
  nextShift,
  load,
}: Pick<CandidateFacts, 'awayUntil' | 'onShiftUntil' | 'nextShift' | 'load'>): Text {
  if (awayUntil !== null)
    return fill(text('休假至 {at}，在办 {load} 件', 'On leave until {at}, {load} open'), {
      at: formatLocal(awayUntil).slice(5),
      load,
    });
  if (onShiftUntil !== null)
    return fill(text('当班至 {at}，在办 {load} 件', 'On shift until {at}, {load} open'), {
      at: formatLocal(onShiftUntil).slice(11),
      load,
    });
  if (nextShift !== null)
    return fill(text('不当班，{at} 上班，在办 {load} 件', 'Off shift until {at}, {load} open'), {
      at: formatLocal(nextShift).slice(5),
      load,
    });
  return fill(text('未排班，在办 {load} 件', 'No shifts planned, {load} open'), { load });
}

type Objection = (facts: CandidateFacts, way: DispatchWay, cap: number | undefined) => Text | null;

/** Everything that can stand against somebody, the weightiest first. */
export const objections: readonly Objection[] = [
  ({ recused }) => (recused ? complainedOf : null),
  ({ declined }) =>
    declined === null ? null : fill(text('已婉拒：{why}', 'Said no: {why}'), { why: declined === '' ? '—' : declined }),
  ({ holdsPost }) => (holdsPost ? null : text('不任该岗位', 'Does not hold that post')),
  ({ inUnit }, { unit }) => (unit === 'any' || inUnit ? null : text('不在责任部门', 'Belongs to another unit')),
  (facts, { leave }) => (facts.awayUntil === null || leave ? null : sayPresence(facts)),
  ({ skills }, way) => {
    const missing = way.skills.filter((code) => !skills.has(code));
    if (missing.length === 0) return null;
    return fill(text('缺有效资质或技能：{list}', 'Lacks a valid skill or certificate: {list}'), {
      list: missing.join('、'),
    });
  },
  ({ inTerritory }, { territory }) =>
    !territory || inTerritory ? null : text('不在其片区', 'Outside of his territory'),
  (facts, { shift }) => {
    if (shift === 'any' || facts.onShiftUntil !== null) return null;
    return shift === 'next' && facts.nextShift !== null ? null : sayPresence(facts);
  },
  ({ load }, _, cap) =>
    cap === undefined || load < cap
      ? null
      : fill(text('在办 {load} 件，已到上限 {cap} 件', '{load} open, the most is {cap}'), { load, cap }),
];

/** What each kind of point is given for, as it stands beside the number. */
export const factorWords: { [F in Factor]: (facts: CandidateFacts) => Text } = {
  presence: () => text('在岗', 'at work'),
  urgency: () => text('急件在岗', 'at work, urgent'),
  load: () => text('在办少', 'few open'),
  distance: ({ near }) =>
    near === 'building' ? text('就在本楼', 'in the building') : text('同在本小区', 'in the estate'),
  continuity: ({ knows }) =>
    knows === 'case' ? text('办过本件', 'knows the case') : text('熟悉该处设备', 'knows the place'),
  turn: () => text('轮到', 'his turn'),
};

/** “当班至 17:00，在办 2 件；在办少 +30，就在本楼 +20，共 50 分” */
export function sayScore(
  facts: CandidateFacts,
  points: readonly { factor: Factor; points: number }[],
  score: number,
): Text {
  const presence = sayPresence(facts);
  const given = points.filter((one) => one.points > 0);
  if (given.length === 0) return presence;
  const list = (lang: 'zh' | 'en', comma: string): string =>
    given.map((one) => `${factorWords[one.factor](facts)[lang]} +${one.points}`).join(comma);
  return {
    zh: `${presence.zh}；${list('zh', '，')}，共 ${score} 分`,
    en: `${presence.en}; ${list('en', ', ')}: ${score} points`,
  };
}

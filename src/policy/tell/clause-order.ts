const CHINESE = '零一二三四五六七八九十';
const ROMAN = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
const FIRST = ['前言', '序'];
/** One step of a clause’s number: 12, 十二, ⑶, ③, b, iv; a Roman one comes after a point. */
const STEP = /(\.?)(\d+|[一二三四五六七八九十]+|[\u2460-\u2487]|[a-z]+)/gu;

function fromChinese(step: string): number {
  const [tens, ones] = step.includes('十') ? step.split('十') : ['', step];
  const whole = step.includes('十') ? CHINESE.indexOf(tens || '一') * 10 : 0;
  return whole + (ones ? CHINESE.indexOf(ones) : 0);
}

function numberOf(step: string, afterPoint: boolean): number {
  if (/^\d/.test(step)) return Number(step);
  if (CHINESE.includes(step[0] ?? '')) return fromChinese(step);
  const code = step.codePointAt(0) ?? 0;
  // ①–⑳ and ⑴–⒇ stand one after the other, twenty each.
  if (code >= 0x2460) return ((code - 0x2460) % 20) + 1;
  const roman = ROMAN.indexOf(step);
  return afterPoint && roman > 0 ? roman : code - 96;
}

/** 三.1.3 → [3, 1, 3] and 10.⑶.b → [10, 3, 2]; a foreword comes first, what has no number last. */
function rank(clause: string): number[] {
  if (FIRST.includes(clause)) return [0];
  const steps = [...clause.matchAll(STEP)].map(([, point, step = '']) => numberOf(step, point === '.'));
  return steps.length === 0 ? [Number.POSITIVE_INFINITY] : steps;
}

/** Sorts the numbers of clauses as they stand in a written text. */
export function byClause(a: string, b: string): number {
  const [left, right] = [rank(a), rank(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [one = -1, other = -1] = [left[i], right[i]];
    if (one !== other) return one - other;
  }
  return 0;
}

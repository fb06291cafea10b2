import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { Text } from '#kernel/text.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { responsible } from './next-moment.ts';
import type { CaseState, ClockRun } from './state.ts';

interface Law {
  broken(state: CaseState, ended: boolean): boolean;
  words: Text;
}

const isLive = ({ status }: ClockRun): boolean => status === 'running' || status === 'paused';

/** What must hold of every case after every order, whatever the pack. */
const laws: { [law: string]: Law } = {
  somebodyAnswers: {
    broken: (state, ended) => !ended && responsible(state) === null,
    words: { zh: '没有人对本件负责', en: 'nobody would answer for the case' },
  },
  somethingIsDue: {
    broken: (state, ended) => !ended && !state.clocks.some(isLive),
    words: { zh: '本件没有任何期限', en: 'nothing would be due on the case' },
  },
  nothingRunsAfterTheEnd: {
    broken: (state, ended) => ended && state.clocks.some((run) => run.status === 'running'),
    words: { zh: '办结后仍有期限在走', en: 'a clock would run on after the end' },
  },
  noEndWithoutOutcome: {
    broken: (state, ended) => ended && !state.outcome,
    words: { zh: '没有处理结果就办结', en: 'the case would end without an outcome' },
  },
  aBreachIsNeverKept: {
    broken: (state) => state.clocks.some((run) => run.breachedAt !== null && run.status === 'kept'),
    words: { zh: '超时被记成了按时', en: 'a breach would count as kept' },
  },
  oneRunAtATime: {
    broken: ({ clocks }) =>
      clocks.some(
        (run, i) => isLive(run) && clocks.some((other, j) => j > i && other.clock === run.clock && isLive(other)),
      ),
    words: { zh: '同一期限同时走了两遍', en: 'one clock would run twice at once' },
  },
};

const LAWS = Object.entries(laws);

/** Names of the laws that a case breaks; empty for a sound case. */
export function brokenLaws(state: CaseState, procedure: ProcedureSpec): string[] {
  const ended = procedure.states[state.state]?.end === true;
  return LAWS.filter(([, law]) => law.broken(state, ended)).map(([name]) => name);
}

/** The refusal of an order that would break a law: the fault lies in the pack, and nothing is done. */
export function lawBroken(state: CaseState, procedure: ProcedureSpec): Refusal | undefined {
  const ended = procedure.states[state.state]?.end === true;
  const found = LAWS.find(([, law]) => law.broken(state, ended));
  if (!found) return undefined;
  const [name, { words }] = found;
  return refusal(`law.${name}`, {
    zh: `这样办之后，${words.zh}，所以没有办理。这是制度包的缺陷，请管理员修正后再办`,
    en: `Refused: ${words.en}. This is a fault of the pack; the administrator must mend it`,
  });
}

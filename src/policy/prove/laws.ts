import { durationMs, parseDuration } from '#clock/duration.ts';
import type { Text } from '#kernel/text.ts';
import { type SpanSpec, settled } from '../language/clock.ts';
import type { PackSpec } from '../language/pack.ts';
import type { ProcedureSpec } from '../language/procedure.ts';
import type { Explored, Standing } from './explore.ts';
import { traceTo } from './explore.ts';
import type { Finding } from './finding.ts';
import { freeLoop } from './free-loops.ts';

/** What a law looks at: one procedure and everything that can come about under it. */
export interface Case {
  pack: PackSpec;
  name: string;
  procedure: ProcedureSpec;
  explored: Explored;
}

export type Law = (subject: Case) => Finding[];

const title = (texts: { title: Text } | undefined, name: string): Text => texts?.title ?? { zh: name, en: name };

function found(subject: Case, law: string, at: string, message: Text, standing?: Standing): Finding {
  const trace = standing ? traceTo(standing) : [];
  const way = trace.map((step) => title(subject.procedure.steps[step], step));
  return { law, procedure: subject.name, at, message, trace, way };
}

/** Standings from which an end can be reached by the steps allowed, found backwards from the ends. */
function canEnd({ explored, procedure }: Case, allowed: (step: string) => boolean = () => true): Set<number> {
  const before: number[][] = explored.standings.map(() => []);
  for (const [from, list] of explored.next.entries())
    for (const { to, step } of list) if (allowed(step)) before[to]?.push(from);
  const reached = new Set(
    explored.standings.keys().filter((i) => procedure.states[explored.standings[i]?.state ?? '']?.end === true),
  );
  for (const i of reached) for (const j of before[i] ?? []) reached.add(j);
  return reached;
}

const everyStateIsReached: Law = (subject) => {
  const reached = new Set(subject.explored.standings.map((standing) => standing.state));
  return Object.keys(subject.procedure.states)
    .filter((state) => !reached.has(state))
    .map((state) => {
      const name = title(subject.procedure.states[state], state);
      return found(subject, 'everyStateIsReached', state, {
        zh: `没有任何步骤能走到“${name.zh}”`,
        en: `No step ever leads to “${name.en}”`,
      });
    });
};

const everyStepCanBeTaken: Law = (subject) =>
  Object.keys(subject.procedure.steps)
    .filter((step) => !subject.explored.takeable.has(step))
    .map((step) => {
      const name = title(subject.procedure.steps[step], step);
      return found(subject, 'everyStepCanBeTaken', step, {
        zh: `“${name.zh}”永远办不了：要么走不到它的前置状态，要么它的前置条件只有它自己才能满足`,
        en: `“${name.en}” can never be done: its state is never reached, or only the step itself could meet its own condition`,
      });
    });

const everythingEnds: Law = (subject) => {
  const ending = canEnd(subject);
  const stuck = new Map<string, Standing>();
  for (const [i, standing] of subject.explored.standings.entries())
    if (!ending.has(i) && !stuck.has(standing.state)) stuck.set(standing.state, standing);
  return [...stuck].slice(0, 1).map(([state, standing]) => {
    const name = title(subject.procedure.states[state], state);
    return found(
      subject,
      'everythingEnds',
      state,
      { zh: `走到“${name.zh}”以后再也办不结`, en: `From “${name.en}” on the case can never end` },
      standing,
    );
  });
};

const nobodyGoesUnanswered: Law = (subject) => {
  const asks =
    subject.procedure.intake.by.some((role) => isParty(subject.pack, role, 'owner')) && !subject.procedure.internal;
  const silent = asks
    ? subject.explored.standings.find((s) => subject.procedure.states[s.state]?.end && !s.answered)
    : undefined;
  if (!silent) return [];
  const name = title(subject.procedure.states[silent.state], silent.state);
  return [
    found(
      subject,
      'nobodyGoesUnanswered',
      silent.state,
      {
        zh: `可以办结到“${name.zh}”而没有答复过提出的人`,
        en: `The case can end at “${name.en}” without any answer to the person who asked`,
      },
      silent,
    ),
  ];
};

const everyWaitHasADate: Law = (subject) => {
  const idle = subject.explored.standings.find((s) => s.clocks.size === 0 && !subject.procedure.states[s.state]?.end);
  if (!idle) return [];
  const name = title(subject.procedure.states[idle.state], idle.state);
  return [
    found(
      subject,
      'everyWaitHasADate',
      idle.state,
      { zh: `停在“${name.zh}”时没有任何期限在走`, en: `While the case stands at “${name.en}” nothing is due` },
      idle,
    ),
  ];
};

const everyWaitHasAPerson: Law = (subject) =>
  Object.entries(subject.procedure.states)
    .filter(
      ([, state]) =>
        !state.end &&
        state.waitsFor.every((role) => isParty(subject.pack, role, 'owner') || isParty(subject.pack, role, 'outside')),
    )
    .map(([state, spec]) =>
      found(subject, 'everyWaitHasAPerson', state, {
        zh: `“${spec.title.zh}”没有写明由单位里的谁来办`,
        en: `“${spec.title.en}” names nobody of the organisation who must act`,
      }),
    );

const everyLadderEndsAtAHead: Law = (subject) =>
  Object.entries(subject.procedure.clocks)
    .filter(
      ([name, clock]) =>
        lasting(subject, name) && !clock.ladder.at(-1)?.tells.some((role) => isHead(subject.pack, role)),
    )
    .map(([name, clock]) =>
      found(subject, 'everyLadderEndsAtAHead', name, {
        zh: `“${clock.title.zh}”超时后，最后一级没有告知任何主管`,
        en: `When “${clock.title.en}” is overdue, its last level tells no superior`,
      }),
    );

/** Whether the clock outlives the act that starts it. */
const lasting = (subject: Case, clock: string): boolean =>
  subject.explored.standings.some((standing) => standing.clocks.has(clock));

const everyClockCanStop: Law = (subject) => {
  const { procedure } = subject;
  const acts = [procedure.intake, ...Object.values(procedure.steps)];
  const stoppable = new Set(acts.flatMap((act) => [...act.stops, ...act.cancels].map((item) => item.clock)));
  return Object.entries(procedure.clocks)
    .filter(([name]) => lasting(subject, name) && !stoppable.has(name))
    .map(([name, clock]) => {
      const standing = subject.explored.standings.find((s) => s.clocks.has(name));
      return found(
        subject,
        'everyClockCanStop',
        name,
        {
          zh: `“${clock.title.zh}”一旦起算，没有任何步骤能让它停`,
          en: `Once “${clock.title.en}” runs, no step stops it`,
        },
        standing,
      );
    });
};

const everyClockIsUsed: Law = (subject) =>
  Object.entries(subject.procedure.clocks)
    .filter(
      ([name]) =>
        ![subject.procedure.intake, ...Object.values(subject.procedure.steps)].some((act) =>
          act.starts.some((item) => item.clock === name),
        ) &&
        !Object.values(subject.pack.dispatch).some((policy) => policy.fallback?.clock === name) &&
        subject.procedure.handOver?.clock !== name,
    )
    .map(([name, clock]) =>
      found(subject, 'everyClockIsUsed', name, {
        zh: `“${clock.title.zh}”从来不起算`,
        en: `“${clock.title.en}” is never started`,
      }),
    );

/** A notice that only a person named in an optional field would hear may be heard by nobody. */
const everyNoticeIsHeard: Law = (subject) =>
  Object.entries({ intake: subject.procedure.intake, ...subject.procedure.steps }).flatMap(([name, act]) =>
    act.notifies
      .filter(({ to, when }) => when === undefined && to.every((one) => mayBeEmpty(act.fields, one)))
      .map(({ notice }) =>
        found(subject, 'everyNoticeIsHeard', name, {
          zh: `“${act.title.zh}”里的通知“${subject.pack.notices[notice]?.title.zh ?? notice}”只发给一个可以不填的人，可能没有人收到`,
          en: `“${act.title.en}” tells “${subject.pack.notices[notice]?.title.en ?? notice}” only to somebody whose field may stay empty`,
        }),
      ),
  );

/** Whether a path to a person may lead to nobody: anything but a duty, and a required field of the step itself. */
function mayBeEmpty(fields: ProcedureSpec['intake']['fields'], to: string): boolean {
  const [root, field = ''] = to.split('.');
  return to.includes('.') && !(root === 'values' && fields[field]?.required === true);
}

/** Nobody outside can keep a case open for ever: from everywhere the organisation has its own, approved way to an end. */
const theHouseCanAlwaysEnd: Law = (subject) => {
  const { pack, procedure, explored } = subject;
  const ofTheHouse = (step: string): boolean =>
    procedure.steps[step]?.by.some((role) => !isParty(pack, role, 'owner')) === true;
  const ending = canEnd(subject, ofTheHouse);
  const kept = new Map<string, Standing>();
  for (const [i, standing] of explored.standings.entries())
    if (!ending.has(i) && !kept.has(standing.state)) kept.set(standing.state, standing);
  return [...kept].map(([state, standing]) => {
    const name = title(subject.procedure.states[state], state);
    return found(
      subject,
      'theHouseCanAlwaysEnd',
      state,
      {
        zh: `从“${name.zh}”起，没有对方配合单位就永远办不结，也没有经批准结束的办法`,
        en: `From “${name.en}” the organisation can never end the case by itself, not even by approval`,
      },
      standing,
    );
  });
};

/** What can be done again and again asks for something each time, has a number it ends at, or is put an end to by the engine. */
const noLoopIsFree: Law = (subject) => {
  const loop = freeLoop(subject.procedure, subject.explored);
  if (!loop) return [];
  const { step, standing, round } = loop;
  const name = title(subject.procedure.steps[step], step);
  return [
    found(
      subject,
      'noLoopIsFree',
      step,
      round.length > 1
        ? {
            zh: `“${round.map((each) => title(subject.procedure.steps[each], each).zh).join('”→“')}”可以无休止地来回办：没有必填项，也没有次数限制`,
            en: `“${round.map((each) => title(subject.procedure.steps[each], each).en).join('” → “')}” can go round for ever: nothing has to be entered, and no number ends it`,
          }
        : {
            zh: `“${name.zh}”可以无休止地反复办：什么都不用填，也没有次数限制`,
            en: `“${name.en}” can be done again and again for ever: nothing has to be entered, and no number ends it`,
          },
      standing,
    ),
  ];
};

/** Whoever is complained of stands aside; where nobody of rank may pass his duty on, others must be able to end the case. */
const recusalLeavesSomebody: Law = (subject) => {
  const { pack, procedure, explored } = subject;
  if (procedure.recusal.length === 0 || procedure.reassignedBy.some((role) => isHead(pack, role))) return [];
  const ending = canEnd(subject, (step) => procedure.steps[step]?.by.some((role) => isHead(pack, role)) === true);
  const [stuck] = explored.standings.filter((_, i) => !ending.has(i));
  if (!stuck) return [];
  const name = title(procedure.states[stuck.state], stuck.state);
  return [
    found(
      subject,
      'recusalLeavesSomebody',
      stuck.state,
      {
        zh: `停在“${name.zh}”时责任人若是被投诉人，须回避又无人能改派，就没有人能办下去`,
        en: `At “${name.en}” nobody is left when the person in charge is the one complained of: he stands aside and nobody may pass his duty on`,
      },
      stuck,
    ),
  ];
};

/** A span’s length where two of one kind can be compared; null where they cannot. */
function lengthOf(span: SpanSpec): [kind: string, length: number] | null {
  if ('elapsed' in span) {
    const read = parseDuration(span.elapsed);
    return read.ok ? ['elapsed', durationMs(read.value)] : null;
  }
  if ('workingMinutes' in span) return ['workingMinutes', span.workingMinutes];
  if ('workingDays' in span) return ['workingDays', span.workingDays];
  if ('calendarDays' in span) return ['calendarDays', span.calendarDays];
  return 'endOfDay' in span ? ['endOfDay', span.endOfDay] : null;
}

/** What is striven for lies before the limit, and a later level is not told before an earlier one. */
const limitsAgree: Law = (subject) => {
  const { pack, procedure } = subject;
  return Object.entries(procedure.clocks).flatMap(([name, clock]) => {
    const [target, limit] = [
      clock.target && lengthOf(settled(clock.target, pack)),
      lengthOf(settled(clock.limit, pack)),
    ];
    const late = target && limit && target[0] === limit[0] && target[1] >= limit[1];
    const after = clock.ladder.map((level) => lengthOf({ elapsed: level.after })?.[1] ?? 0);
    const early = after.some((span, i) => span < (after[i - 1] ?? 0));
    return [
      ...(late
        ? [
            found(subject, 'limitsAgree', name, {
              zh: `“${clock.title.zh}”的力争时间不比最长时限短，两条要求自相矛盾`,
              en: `What “${clock.title.en}” strives for is no shorter than its limit: the two contradict each other`,
            }),
          ]
        : []),
      ...(early
        ? [
            found(subject, 'limitsAgree', name, {
              zh: `“${clock.title.zh}”超时后，上一级比下一级还早得到报告`,
              en: `When “${clock.title.en}” is overdue a higher level is told before the one below it`,
            }),
          ]
        : []),
    ];
  });
};

function isParty(pack: PackSpec, role: string, party: string): boolean {
  const spec = pack.roles[role];
  return spec !== undefined && 'party' in spec && spec.party === party;
}

/** A head is somebody by post, or a superior with a post to fall back on; a duty alone is not. */
function isHead(pack: PackSpec, role: string): boolean {
  const spec = pack.roles[role];
  return spec !== undefined && ('post' in spec || 'superiorOf' in spec);
}

/** Every law of the closed loop, by name. A new one is one function and one line here. */
export const laws: readonly Law[] = [
  everyStateIsReached,
  everyStepCanBeTaken,
  everythingEnds,
  nobodyGoesUnanswered,
  everyWaitHasADate,
  everyWaitHasAPerson,
  everyLadderEndsAtAHead,
  everyClockCanStop,
  everyClockIsUsed,
  everyNoticeIsHeard,
  theHouseCanAlwaysEnd,
  noLoopIsFree,
  recusalLeavesSomebody,
  limitsAgree,
];

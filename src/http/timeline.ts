import { sayDuration } from '#case/clock-words.ts';
import type { CaseEvent, CaseEvents, EventType, Value } from '#case/event.ts';
import { formatLocal, localDate } from '#clock/civil.ts';
import { maskInText, maskName } from '#directory/mask.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';

/** What a sentence is made with besides the event itself. */
export interface Telling {
  pack: CompiledPack;
  procedure: ProcedureSpec;
  event: CaseEvent;
  /** Name of a member of staff, for events that carry only ids. */
  nameOf(personId: string): string | undefined;
}

type Sentence<T extends EventType> = (data: CaseEvents[T], telling: Telling) => Text;

const SYSTEM: Text = { zh: '系统', en: 'The system' };
const ASKER: Text = { zh: '业主', en: 'The owner' };

function doer({ event }: Telling): Text {
  const { kind, name } = event.actor;
  if (kind === 'system') return SYSTEM;
  if (kind === 'owner') return name === '' ? ASKER : { zh: `业主 ${maskName(name)}`, en: `Owner ${maskName(name)}` };
  if (name === '') return { zh: '某人', en: 'Somebody' };
  const { standsInFor } = event.actor;
  return standsInFor
    ? { zh: `${name}（代 ${standsInFor.name}）`, en: `${name} (for ${standsInFor.name})` }
    : { zh: name, en: name };
}

const clauseOf = (clause: string): Text =>
  clause === '' ? { zh: '', en: '' } : { zh: `（${clause}）`, en: ` (${clause})` };
const same = (name: string): Text => ({ zh: name, en: name });

/** 'MM-DD HH:mm', with the year when it is another than that of the event; the last minute of a day reads 24:00. */
function moment(at: Instant, telling: Telling): string {
  const whole = formatLocal(at + 1).endsWith('00:00') ? `${localDate(at)} 24:00` : formatLocal(at);
  return whole.slice(0, 4) === localDate(telling.event.at).slice(0, 4) ? whole.slice(5) : whole;
}

const stepTitle = (step: string, { procedure }: Telling): Text =>
  step === 'intake' ? procedure.intake.title : (procedure.steps[step]?.title ?? same(step));
const clockTitle = (clock: string, { procedure }: Telling): Text => procedure.clocks[clock]?.title ?? same(clock);
const formTitle = (form: string, { procedure }: Telling): Text => procedure.forms[form]?.title ?? same(form);
const stateTitle = (state: string, { procedure }: Telling): Text => procedure.states[state]?.title ?? same(state);
const procedureTitle = (name: string, { pack }: Telling): Text => pack.procedures[name]?.title ?? same(name);
/** What a value of the case is called: at the intake, in the step, or as the field of the step that it was set from. */
const fieldLabel = (step: string, field: string, { procedure }: Telling): Text => {
  const { fields = {}, sets = {} } = procedure.steps[step] ?? {};
  return (
    procedure.intake.fields[field]?.label ?? fields[field]?.label ?? fields[sets[field] ?? '']?.label ?? same(field)
  );
};

const DUTIES: { [duty: string]: Text } = {
  firstReceiver: { zh: '首接人', en: 'first receiver' },
  assignee: { zh: '责任人', en: 'assignee' },
  caseOfficer: { zh: '跟进人', en: 'case officer' },
  followUpVisitor: { zh: '回访人', en: 'follow-up visitor' },
};
const VERDICTS: { [verdict: string]: Text } = {
  kept: { zh: '按时完成', en: 'done in time' },
  cancelled: { zh: '不再需要', en: 'no longer needed' },
};
const METHODS: { [method: string]: Text } = {
  glass: { zh: '屏上手写', en: 'on the screen' },
  paper: { zh: '纸上签字', en: 'on paper' },
  electronic: { zh: '电子确认', en: 'electronically' },
  witness: { zh: '见证', en: 'by a witness' },
  delivery: { zh: '送达回执', en: 'by proof of delivery' },
};

const registered: Sentence<'caseRegistered'> = (data, telling) => {
  const who = doer(telling);
  const matter = telling.pack.matters[data.matter]?.title ?? same(data.matter);
  const channel = data.via?.title ?? telling.pack.channels[data.channel]?.title;
  const clause = clauseOf(data.clause);
  const inside = [channel?.zh, data.clause].filter(Boolean).join('，');
  return {
    zh: `${who.zh} 登记了${matter.zh}${inside === '' ? '' : `（${inside}）`}`,
    en: `${who.en} registered a ${matter.en.toLowerCase()}${channel ? `, ${channel.en}` : ''}${clause.en}`,
  };
};

const taken: Sentence<'stepTaken'> = (data, telling) => {
  const who = doer(telling);
  const step = stepTitle(data.step, telling);
  const clause = clauseOf(data.clause);
  const moved = data.from !== data.to;
  const to = stateTitle(data.to, telling);
  return {
    zh: `${who.zh} 办理“${step.zh}”${clause.zh}${moved ? `，进入“${to.zh}”` : ''}`,
    en: `${who.en}: ${step.en}${clause.en}${moved ? `; the case is now “${to.en}”` : ''}`,
  };
};

const changed: Sentence<'fieldsChanged'> = (data, telling) => {
  const who = doer(telling);
  const named = new Set(data.changes.map((change) => change.field));
  // What a personal field held before is not kept with the change: the least is said of it.
  const others = Object.keys(telling.event.personal ?? {}).filter((field) => !named.has(field));
  const first = data.changes.filter(({ before }) => isBlank(before)).map(({ field }) => field);
  const again = data.changes.filter(({ before }) => !isBlank(before)).map(({ field }) => field);
  const acts = [
    { fields: first, zh: '填写了', en: 'filled in' },
    { fields: again, zh: '更正了', en: 'corrected' },
    { fields: others, zh: '更新了', en: 'updated' },
  ].flatMap(({ fields, zh, en }) => {
    if (fields.length === 0) return [];
    const labels = fields.map((field) => fieldLabel(data.step, field, telling));
    const once = (words: string[]): string[] => [...new Set(words)];
    return [
      {
        zh: `${zh}${once(labels.map((label) => `“${label.zh}”`)).join('、')}`,
        en: `${en} ${once(labels.map((label) => `“${label.en}”`)).join(', ')}`,
      },
    ];
  });
  return {
    zh: `${who.zh} ${acts.map((act) => act.zh).join('，')}`,
    en: `${who.en} ${acts.map((act) => act.en).join('; ')}`,
  };
};

const isBlank = (value: Value): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** A duty by the name the procedure has for whoever holds it. */
function dutyTitle(duty: string, { pack }: Telling): Text {
  const role = Object.values(pack.roles).find((one) => 'duty' in one && one.duty === duty)?.title;
  if (!role) return DUTIES[duty] ?? same(duty);
  return { zh: role.zh, en: role.en.charAt(0).toLowerCase() + role.en.slice(1) };
}

const headed = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const assigned: Sentence<'dutyAssigned'> = (data, telling) => {
  const duty = dutyTitle(data.duty, telling);
  const clause = clauseOf(data.clause);
  const reason = data.reason === '' ? same('') : { zh: `：${data.reason}`, en: `: ${data.reason}` };
  if (data.previous && data.previous.id !== data.person.id)
    return {
      zh: `${duty.zh}由 ${data.previous.name} 改为 ${data.person.name}${clause.zh}${reason.zh}`,
      en: `${headed(duty.en)}: changed from ${data.previous.name} to ${data.person.name}${clause.en}${reason.en}`,
    };
  return {
    zh: `${duty.zh}：${data.person.name}${clause.zh}${reason.zh}`,
    en: `${headed(duty.en)}: ${data.person.name}${clause.en}${reason.en}`,
  };
};

const started: Sentence<'clockStarted'> = (data, telling) => {
  const title = clockTitle(data.clock, telling);
  const clause = clauseOf(data.clause);
  const due = moment(data.dueAt, telling);
  const target = data.targetAt === null ? null : moment(data.targetAt, telling);
  return {
    zh: `${title.zh}：${target === null ? '' : `力争 ${target}，`}截止 ${due}${clause.zh}`,
    en: `${title.en}: ${target === null ? '' : `target ${target}, `}due ${due}${clause.en}`,
  };
};

const stopped: Sentence<'clockStopped'> = (data, telling) => {
  const title = clockTitle(data.clock, telling);
  const clause = clauseOf(data.clause);
  const late = sayDuration(data.lateBy);
  const verdict =
    data.verdict === 'late'
      ? data.lateBy < MINUTE
        ? { zh: '完成时刚过时限', en: 'done just after the deadline' }
        : { zh: `完成时已超时 ${late.zh}`, en: `done ${late.en} late` }
      : (VERDICTS[data.verdict] ?? same(data.verdict));
  return { zh: `${title.zh}：${verdict.zh}${clause.zh}`, en: `${title.en}: ${verdict.en}${clause.en}` };
};

const paused: Sentence<'clockPaused'> = (data, telling) => {
  const title = clockTitle(data.clock, telling);
  return { zh: `${title.zh}：暂停计时，${data.reason}`, en: `${title.en}: paused, ${data.reason}` };
};

const resumed: Sentence<'clockResumed'> = (data, telling) => {
  const title = clockTitle(data.clock, telling);
  const due = moment(data.dueAt, telling);
  return { zh: `${title.zh}：恢复计时，截止 ${due}`, en: `${title.en}: running again, due ${due}` };
};

const warned: Sentence<'clockWarned'> = (data, telling) => {
  const title = clockTitle(data.clock, telling);
  const left = sayDuration(data.dueAt - telling.event.at);
  const clause = clauseOf(data.clause);
  return {
    zh: `${title.zh}：还剩 ${left.zh}，已提醒${clause.zh}`,
    en: `${title.en}: ${left.en} left; a reminder went out${clause.en}`,
  };
};

const missed: Sentence<'clockTargetMissed'> = (data, telling) => {
  const title = clockTitle(data.clock, telling);
  const clause = clauseOf(data.clause);
  return { zh: `${title.zh}：已过力争时间${clause.zh}`, en: `${title.en}: the target was missed${clause.en}` };
};

const breached: Sentence<'clockBreached'> = (data, telling) => {
  const title = clockTitle(data.clock, telling);
  const late = telling.event.at - data.dueAt;
  // At the very moment of the deadline there is no duration to speak of yet.
  const over = late < MINUTE ? null : sayDuration(late);
  const clause = clauseOf(data.clause);
  // Journals written before names were kept hold ids.
  const told = [...new Set(data.told.map((person) => telling.nameOf(person) ?? person))];
  const [owed = '', ...others] = data.owedBy ?? [];
  const who =
    others.length < 3
      ? { zh: [owed, ...others].join('、'), en: [owed, ...others].join(', ') }
      : { zh: `${owed}等 ${others.length + 1} 人`, en: `${owed} and ${others.length} others` };
  return {
    zh: `${title.zh}：${owed === '' ? '' : `${who.zh} `}已超时${over ? ` ${over.zh}` : ''}，${told.length === 0 ? '相关岗位无人，未能告知任何人' : `已告知 ${told.join('、')}`}${clause.zh}`,
    en: `${title.en}: ${owed === '' ? '' : `${who.en} ${others.length === 0 ? 'is' : 'are'} `}${over ? `${over.en} overdue` : 'overdue'}; ${told.length === 0 ? 'nobody holds the post, so nobody was told' : `told ${told.join(', ')}`}${clause.en}`,
  };
};

const decided: Sentence<'tableDecided'> = (data) => {
  const clause = clauseOf(data.clause);
  return {
    zh: `按“${data.title.zh}”判定：${data.because.zh}${clause.zh}`,
    en: `Decided by “${data.title.en}”: ${data.because.en}${clause.en}`,
  };
};

const linkedEnded: Sentence<'linkedCaseEnded'> = (data) => ({
  zh: `关联的案件已办结：${data.outcome}`,
  en: `A linked case has ended: ${data.outcome}`,
});

const told: Sentence<'noticeIssued'> = (data, { pack }) => {
  const notice = pack.notices[data.notice]?.title ?? data.text;
  const name = data.to.kind === 'owner' ? maskName(data.to.name) : data.to.name;
  const zh = data.to.kind === 'owner' ? `业主${name === '' ? '' : ` ${name}`}` : name;
  const en = data.to.kind === 'owner' ? `the owner${name === '' ? '' : ` ${name}`}` : name;
  const clause = clauseOf(data.clause);
  return {
    zh: `通知 ${zh}：${maskInText(notice.zh)}${clause.zh}`,
    en: `Notice to ${en}: ${maskInText(notice.en)}${clause.en}`,
  };
};

const issued: Sentence<'documentIssued'> = (data) => {
  const clause = clauseOf(data.clause);
  return {
    zh: `出具《${data.title.zh}》${data.number}${clause.zh}`,
    en: `${data.title.en} ${data.number} was issued${clause.en}`,
  };
};

const signed: Sentence<'documentSigned'> = (data, telling) => {
  const form = formTitle(data.form, telling);
  const method = METHODS[data.method] ?? same(data.method);
  const clause = clauseOf(data.clause);
  const signer = maskName(data.signer);
  return {
    zh: `${signer} 签署《${form.zh}》（${method.zh}）${clause.zh}`,
    en: `${signer} signed ${form.en} ${method.en}${clause.en}`,
  };
};

const voided: Sentence<'signatureVoided'> = (data, telling) => {
  const form = formTitle(data.form, telling);
  return {
    zh: `《${form.zh}》的签字作废：${data.reason.zh}`,
    en: `The signature under ${form.en} is void: ${data.reason.en}`,
  };
};

const round: Sentence<'roundStarted'> = (data, telling) => {
  const step = stepTitle(data.step, telling);
  const clause = clauseOf(data.clause);
  return {
    zh: `因“${step.zh}”进入第 ${data.round} 轮${clause.zh}`,
    en: `Round ${data.round} began with “${step.en}”${clause.en}`,
  };
};

const opened: Sentence<'caseOpened'> = (data, telling) => {
  const title = procedureTitle(data.procedure, telling);
  return { zh: `另开一件“${title.zh}”，与本件相连`, en: `A linked case was opened: ${title.en}` };
};

const closed: Sentence<'caseClosed'> = (data, telling) => {
  const outcome = outcomeLabel(data.outcome, telling);
  const clause = clauseOf(data.clause);
  return { zh: `结案：${outcome.zh}${clause.zh}`, en: `The case was closed: ${outcome.en}${clause.en}` };
};

function outcomeLabel(outcome: string, { procedure }: Telling): Text {
  for (const step of Object.values(procedure.steps))
    for (const field of Object.values(step.fields)) {
      const options = Array.isArray(field.options) ? (field.options as { value: string; label: Text }[]) : [];
      const found = options.find((option) => option.value === outcome);
      if (found) return found.label;
    }
  return same(outcome);
}

const moved: Sentence<'caseMoved'> = (data, telling) => {
  const who = doer(telling);
  const limits = data.clocks.flatMap((one) => (one.act === 'started' ? [clockTitle(one.clock, telling)] : []));
  const zh = limits.length === 0 ? '' : `；新增期限：${limits.map((one) => one.zh).join('、')}`;
  const en = limits.length === 0 ? '' : `; new limits: ${limits.map((one) => one.en).join(', ')}`;
  return {
    zh: `${who.zh} 将本件由制度 ${data.from} 版改按 ${data.to} 版办理：${data.reason}${zh}`,
    en: `${who.en} moved the case from version ${data.from} of the procedure to ${data.to}: ${data.reason}${en}`,
  };
};

const archived: Sentence<'caseArchived'> = (data) => {
  const clause = clauseOf(data.clause);
  const n = data.dossier.length;
  return {
    zh: `归档封存${n === 0 ? '' : `，卷内 ${n} 份文书`}${clause.zh}`,
    en: `Sealed into the archive${n === 0 ? '' : ` with ${n} ${n === 1 ? 'paper' : 'papers'}`}${clause.en}`,
  };
};

const noted: Sentence<'noteAdded'> = (data, telling) => {
  const who = doer(telling);
  const n = data.files?.length ?? 0;
  const words = `${maskInText(data.text)}${n > 0 ? ` [+${n}]` : ''}`;
  if (data.correctionOf !== null)
    return {
      zh: `${who.zh} 更正第 ${data.correctionOf} 条：${words}`,
      en: `${who.en} corrected entry ${data.correctionOf}: ${words}`,
    };
  return { zh: `${who.zh} 附注：${words}`, en: `${who.en} noted: ${words}` };
};

const joined: Sentence<'caseJoined'> = (data, telling) => {
  const who = doer(telling);
  const why = data.reason === '' ? '' : `：${maskInText(data.reason)}`;
  return {
    zh: `${who.zh} 把本件并入 ${data.number}${why}`,
    en: `${who.en} joined this case to ${data.number}${why.replace('：', ': ')}`,
  };
};

const splitOff: Sentence<'caseSplit'> = (data, telling) => {
  const who = doer(telling);
  return {
    zh: `${who.zh} 把本件从 ${data.number} 拆出：${maskInText(data.reason)}`,
    en: `${who.en} split this case off ${data.number}: ${maskInText(data.reason)}`,
  };
};

const memberIn: Sentence<'memberJoined'> = ({ number }) => ({
  zh: `${number} 并入本件`,
  en: `${number} was joined to this case`,
});
const memberOut: Sentence<'memberSplit'> = ({ number }) => ({
  zh: `${number} 已从本件拆出`,
  en: `${number} was split off this case`,
});
const outage: Sentence<'incidentLinked'> = ({ title }) => ({
  zh: `归入已知事件“${title.zh}”`,
  en: `Belongs to the known outage “${title.en}”`,
});

const wanted: Sentence<'dutyOffered'> = ({ duty, person, previous, reason, clause, shift }, telling) => {
  const what = dutyTitle(duty, telling);
  const { zh, en } = clauseOf(clause);
  if (shift) {
    const until = moment(shift.until, telling);
    return {
      zh: `${what.zh}拟由 ${previous.name} 交给 ${person.name}，请其在 ${until} 前接手${zh}：${reason}`,
      en: `The ${what.en} is to pass from ${previous.name} to ${person.name}, to be accepted by ${until}${en}: ${reason}`,
    };
  }
  return {
    zh: `${what.zh}拟由 ${previous.name} 交给 ${person.name}，待其接手${zh}：${reason}`,
    en: `The ${what.en} is to pass from ${previous.name} to ${person.name} once he accepts${en}: ${reason}`,
  };
};
const offerEnded: Sentence<'dutyOfferEnded'> = ({ person, said, reason, clause }) => {
  const { zh, en } = clauseOf(clause);
  if (said === 'replaced')
    return { zh: `不再请 ${person.name} 接手${zh}`, en: `${person.name} is no longer asked to take over${en}` };
  if (said === 'ended')
    return {
      zh: `本件已办结，${person.name} 不必再接手${zh}`,
      en: `The case has ended: ${person.name} need not take it over${en}`,
    };
  return { zh: `${person.name} 不接手${zh}：${reason}`, en: `${person.name} does not take over${en}: ${reason}` };
};

const offerLate: Sentence<'dutyOfferLate'> = ({ person, until, told: lead, clause }, telling) => {
  const { zh, en } = clauseOf(clause);
  const at = moment(until, telling);
  return {
    zh: `交接班到 ${at} 仍未由 ${person.name} 接手${zh}${lead === null ? '' : `，已告知 ${lead}`}`,
    en: `${person.name} had not taken it over by ${at}${en}${lead === null ? '' : `; ${lead} was told`}`,
  };
};

const dispatched: Sentence<'dispatchDecided'> = ({ policy, said, chosen, offered, candidates, clause }, telling) => {
  const { zh, en } = clauseOf(clause);
  const why = candidates.find((one) => one.person.id === chosen?.id)?.why;
  const rule = telling.pack.dispatch[policy]?.title;
  if (said === 'given' && chosen)
    return {
      zh: `按“${rule?.zh ?? ''}”派给 ${chosen.name}${zh}：${why?.zh ?? ''}`,
      en: `Given to ${chosen.name} by “${rule?.en ?? ''}”${en}: ${why?.en ?? ''}`,
    };
  if (said === 'offered') {
    const names = offered.map(({ name }) => name);
    return {
      zh: `${names.join('、')} 共 ${names.length} 人可抢单${zh}`,
      en: `On offer to ${names.length}: ${names.join(', ')}${en}`,
    };
  }
  const each = candidates.slice(0, 5);
  return {
    zh: `无人可派${zh}：${each.map((one) => `${one.person.name} ${one.why.zh}`).join('；')}`,
    en: `Nobody fits${en}: ${each.map((one) => `${one.person.name}: ${one.why.en}`).join('; ')}`,
  };
};
const saidNo: Sentence<'dispatchDeclined'> = ({ person, reason, clause }) => ({
  zh: `${person.name} 婉拒${clauseOf(clause).zh}：${reason}`,
  en: `${person.name} said no${clauseOf(clause).en}: ${reason}`,
});
const phoned: Sentence<'callKept'> = ({ by, beganAt, answeredAt, endedAt, rings }, telling) => {
  const at = moment(beganAt, telling);
  if (answeredAt === null) return { zh: `未接来电 ${at}`, en: `A call at ${at} was missed` };
  const span = sayDuration(Math.max(MINUTE, endedAt - answeredAt));
  const counted =
    rings === null ? { zh: '', en: '' } : { zh: `，响 ${rings} 声接听`, en: `, answered at ring ${rings}` };
  const who = by === null ? { zh: '', en: '' } : { zh: `，接听人 ${by}`, en: `, by ${by}` };
  return {
    zh: `来电 ${at}${counted.zh}${who.zh}，通话 ${span.zh}`,
    en: `Call at ${at}${counted.en}${who.en}, lasting ${span.en}`,
  };
};

const sentences: { [T in EventType]: Sentence<T> } = {
  caseRegistered: registered,
  stepTaken: taken,
  fieldsChanged: changed,
  dutyAssigned: assigned,
  dutyOffered: wanted,
  dutyOfferEnded: offerEnded,
  dutyOfferLate: offerLate,
  dispatchDecided: dispatched,
  dispatchDeclined: saidNo,
  clockStarted: started,
  clockStopped: stopped,
  clockPaused: paused,
  clockResumed: resumed,
  clockWarned: warned,
  clockTargetMissed: missed,
  clockBreached: breached,
  tableDecided: decided,
  linkedCaseEnded: linkedEnded,
  noticeIssued: told,
  documentIssued: issued,
  documentSigned: signed,
  signatureVoided: voided,
  roundStarted: round,
  caseOpened: opened,
  caseMoved: moved,
  caseJoined: joined,
  caseSplit: splitOff,
  memberJoined: memberIn,
  memberSplit: memberOut,
  incidentLinked: outage,
  callKept: phoned,
  caseClosed: closed,
  caseArchived: archived,
  noteAdded: noted,
};

/** What a person reads in the timeline, in both languages; telephone numbers and owners' names masked. */
export function sentenceOf(telling: Telling): Text {
  const { event } = telling;
  // The table pairs every type with its own sentence; the index forgets the pairing.
  const tell = sentences[event.type] as (data: CaseEvent['data'], telling: Telling) => Text;
  return tell(event.data, telling);
}

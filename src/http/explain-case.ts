// Over 120 lines: every condition of an act on a case, each with the words for it.
import { allowedCommands } from '#case/allowed.ts';
import type { Actor, Context, Directory } from '#case/context.ts';
import type { Duty } from '#case/event.ts';
import { holds, needsNoEntry } from '#case/guard.ts';
import { inWhoseName, lenderAside } from '#case/in-whose-name.ts';
import { standsIn } from '#case/its-turn.ts';
import { actsAs, holdersOf, recused } from '#case/roles.ts';
import type { CaseState } from '#case/state.ts';
import type { Snapshot } from '#directory/snapshot.ts';
import type { JournalEntry } from '#journal/read.ts';
import { type Text, text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { sightOf } from './access.ts';
import type { ConditionView, ExplanationView, Ground } from './contract/power.ts';
import { wire } from './moment.ts';

/** All that is looked at to explain an act on a case. */
export interface Around {
  state: CaseState;
  pack: CompiledPack;
  directory: Directory;
  snapshot: Snapshot;
  ctx: Context;
  /** The local date. */
  today: string;
  journal: readonly JournalEntry[];
}

type Part = Pick<ExplanationView, 'action' | 'conditions' | 'recused' | 'others'>;

/** Every condition of an act on a case for one person; undefined when the procedure has no such act. */
export function explainOnCase(action: string, actor: Actor, around: Around): Part | undefined {
  const { state, pack, ctx } = around;
  const procedure = pack.procedures[state.procedure];
  if (!procedure) return undefined;
  const step = Object.hasOwn(procedure.steps, action) ? procedure.steps[action] : undefined;
  const named = step ? undefined : ALWAYS[action];
  if (!step && !named) return undefined;
  const roles = step ? step.by : action === 'reassign' ? procedure.reassignedBy : null;
  const clause = step?.clause ?? procedure.clause;
  const here = procedure.states[state.state]?.title ?? text(state.state, state.state);
  const conditions: ConditionView[] = [sightCondition(actor, around), recusalCondition(actor, around)];
  if (roles) conditions.push(roleCondition(roles, actor, around, clause));
  const ended = state.archivedAt !== null || (action === 'reassign' && procedure.states[state.state]?.end === true);
  if (action !== 'annotate')
    conditions.push({
      code: 'case.archived',
      title: text('案件还在办', 'The case is open'),
      holds: !ended,
      say: ended
        ? text(`已于“${here.zh}”办结，只能加附注`, `It ended at “${here.en}”; only notes can be added`)
        : text('未归档', 'Not archived'),
      clause,
      grounds: [],
    });
  if (step) {
    const now = standsIn(state, procedure, step);
    const wanted = step.from.map((name) =>
      name === 'open'
        ? text('任何未办结的状态', 'any open state')
        : (procedure.states[name]?.title ?? text(name, name)),
    );
    conditions.push({
      code: 'step.notNow',
      title: text('正轮到这一步', 'It is the turn of this act'),
      holds: now,
      say: text(
        `现在是“${here.zh}”（${wire(state.enteredAt).slice(0, 16).replace('T', ' ')} 起）；这一步在“${wanted.map((one) => one.zh).join('”或“')}”时办`,
        `It stands at “${here.en}” since ${wire(state.enteredAt).slice(0, 16).replace('T', ' ')}; this is done at “${wanted.map((one) => one.en).join('” or “')}”`,
      ),
      clause,
      grounds: [],
    });
    const scope = { state, values: {}, pack, actor };
    for (const need of step.needs) {
      if (!needsNoEntry(need.that) || (need.when && !needsNoEntry(need.when))) continue;
      const asked = !need.when || holds(need.when, scope);
      const met = !asked || holds(need.that, scope);
      conditions.push({
        code: need.code,
        title: text('制度要求的前提', 'A precondition of the procedure'),
        holds: met,
        say: met ? text(`已满足：${need.say.zh}`, `Met: ${need.say.en}`) : need.say,
        clause,
        grounds: [],
      });
    }
  }
  const said = allowedCommands(state, { ...ctx, actor }).find((one) =>
    step ? one.step === action : one.step === null && one.command === action,
  );
  // Whatever else the engine objects to: its word is the last.
  for (const why of said?.why ?? [])
    if (!conditions.some((one) => one.code === why.code && !one.holds))
      conditions.push({
        code: why.code,
        title: text('其他条件', 'Another condition'),
        holds: false,
        say: why.message,
        clause: said?.clause ?? null,
        grounds: [],
      });
  return {
    action: { name: action, title: step?.title ?? named ?? text(action, action), clause },
    conditions,
    recused: whoIsRecused(around),
    others: others(roles, actor, around),
  };
}

const ALWAYS: Record<string, Text> = { reassign: text('改派', 'Reassign'), annotate: text('加附注', 'Add a note') };

function sightCondition(actor: Actor, { state, pack, directory }: Around): ConditionView {
  const sight = sightOf(state, { actor }, pack, directory);
  const readers = pack.procedures[state.procedure]?.readers;
  const restricted = readers
    ? text(
        `本类案件只限：${readers.map((role) => pack.roles[role]?.title.zh ?? role).join('、')}`,
        `Such cases are read only by: ${readers.map((role) => pack.roles[role]?.title.en ?? role).join(', ')}`,
      )
    : text('岗位、经手、所在部门或下属的案件可以看', 'By post, duty, unit, or as superior of whoever has it');
  return {
    code: 'case.unknown',
    title: text('能看到本件', 'May see the case'),
    holds: sight !== 'none',
    say: sight === 'withoutAsker' ? text('能看到，但看不到是谁反映的', 'Sees it, but not who asked') : restricted,
    clause: pack.procedures[state.procedure]?.clause ?? null,
    grounds: [],
  };
}

function recusalCondition(actor: Actor, around: Around): ConditionView {
  const mine = whoIsRecused(around).find((one) => one.id === actor.personId);
  return {
    code: 'role.recused',
    title: text('不须回避', 'Need not stand aside'),
    holds: mine === undefined,
    say: mine
      ? text(
          `${mine.why.zh}，自 ${mine.since.slice(0, 10)} 起回避`,
          `${mine.why.en}; aside since ${mine.since.slice(0, 10)}`,
        )
      : text('与本件无利害关系', 'Not concerned by the case'),
    clause: around.pack.procedures[around.state.procedure]?.clause ?? null,
    grounds: [],
  };
}

/** Who must stand aside, by what, and since when. */
function whoIsRecused({ state, pack, directory, journal }: Around): ExplanationView['recused'] {
  const named = pack.procedures[state.procedure]?.recusal ?? [];
  return [...new Set(recused(state, pack))].map((id) => {
    const way = named.find((name) =>
      recused(state, { ...pack, procedures: only(pack, state.procedure, name) }).includes(id),
    );
    const [kind, what = ''] = way?.includes(':') ? way.split(':') : ['field', way];
    const intake = pack.procedures[state.procedure]?.intake.fields[what]?.label ?? text('被投诉人', 'complained of');
    const stepTitle = pack.procedures[state.procedure]?.steps[what]?.title ?? text(what, what);
    const why =
      kind === 'by'
        ? text(`办理过“${stepTitle.zh}”`, `Did “${stepTitle.en}”`)
        : kind === 'duty'
          ? text('经手本件', 'Holds a duty on the case')
          : text(`登记为“${intake.zh}”`, `Entered as “${intake.en}”`);
    const since =
      kind === 'by'
        ? state.entries[what]?.find((entry) => entry.by.personId === id)?.at
        : kind === 'duty'
          ? assignedAt(journal, what, id)
          : journal.find(
              (entry) => JSON.stringify(entry.data).includes(id) || JSON.stringify(personalOf(entry)).includes(id),
            )?.at;
    return { id, name: directory.person(id)?.name ?? id, why, since: wire(since ?? state.registeredAt) };
  });
}

const only = (pack: CompiledPack, procedure: string, name: string): CompiledPack['procedures'] => {
  const spec = pack.procedures[procedure];
  return spec ? { [procedure]: { ...spec, recusal: [name] } } : {};
};
const personalOf = (entry: JournalEntry): unknown => ('personal' in entry ? entry.personal : null) ?? null;
const assignedAt = (journal: readonly JournalEntry[], duty: string, id: string): number | undefined =>
  journal.findLast((entry) => entry.type === 'dutyAssigned' && entry.data.duty === duty && entry.data.person.id === id)
    ?.at;

function roleCondition(roles: readonly string[], actor: Actor, around: Around, clause: string): ConditionView {
  const { state, pack } = around;
  const able = inWhoseName(roles, actor, state, around);
  const name = able?.standsInFor;
  const lender = name && around.directory.person(name.id);
  // By substitution: the grounds are those of whoever is stood in for.
  const ground: Actor = lender ? { kind: 'staff', personId: lender.id, name: lender.name, posts: lender.posts } : actor;
  const grounds = roles.flatMap((role) => (actsAs(role, ground, state, around) ? groundsOf(role, ground, around) : []));
  const aside = able ? undefined : lenderAside(roles, actor, state, around);
  const titles = roles.map((role) => pack.roles[role]?.title ?? text(role, role));
  return {
    code: 'role.notYours',
    title: text('由规定的人办理', 'Done by whom the procedure names'),
    holds: able !== undefined,
    say: name
      ? text(`代 ${name.name} 办理`, `In the name of ${name.name}`)
      : aside
        ? text(`所代的 ${aside} 须回避本件`, `${aside}, for whom one would stand in, takes no part`)
        : text(`由${titles.map((one) => one.zh).join('、')}办理`, `Done by: ${titles.map((one) => one.en).join(', ')}`),
    clause,
    grounds,
  };
}

const DUTIES: Record<Duty, Text> = {
  firstReceiver: text('首接人', 'first receiver'),
  assignee: text('责任人', 'assignee'),
  caseOfficer: text('跟进责任人', 'case officer'),
  followUpVisitor: text('回访人', 'follow-up visitor'),
};

/** Which post, duty or place makes somebody act in a role now. */
function groundsOf(role: string, actor: Actor, { state, pack, snapshot, directory, today, journal }: Around): Ground[] {
  const spec = pack.roles[role];
  if (!spec) return [];
  const unitName = (id: string | null): string | null => snapshot.units.find((one) => one.id === id)?.name ?? null;
  if ('party' in spec)
    return [{ kind: 'party', role: spec.title, title: spec.title, unit: null, since: null, until: null }];
  if ('duty' in spec) {
    const at = assignedAt(journal, spec.duty, actor.personId ?? '');
    const since = at === undefined ? wire(state.registeredAt) : wire(at);
    const unit = unitName(state.duties[spec.duty]?.unitId ?? null);
    return [{ kind: 'duty', role: spec.title, title: DUTIES[spec.duty], unit, since, until: null }];
  }
  if ('superiorOf' in spec) {
    const holder = state.duties[spec.superiorOf];
    const below = holder ? directory.person(holder.id)?.name : undefined;
    const title = below ? text(`${below} 的上级`, `superior of ${below}`) : spec.title;
    return [{ kind: 'superior', role: spec.title, title, unit: null, since: null, until: null }];
  }
  return snapshot.posts
    .filter((held) => held.personId === actor.personId && spec.post.includes(held.post))
    .filter((held) => held.from <= today && (held.to === null || held.to >= today))
    .map((held) => ({
      kind: 'post' as const,
      role: spec.title,
      title: spec.title,
      unit: unitName(held.unitId),
      since: held.from,
      until: held.to,
    }));
}

/** Who else may do it now, by which role. */
function others(roles: readonly string[] | null, actor: Actor, around: Around): ExplanationView['others'] {
  const found = new Map<string, ExplanationView['others'][number]>();
  for (const role of roles ?? [])
    for (const person of holdersOf(role, around.state, around))
      if (person.id !== actor.personId && !found.has(person.id))
        found.set(person.id, {
          id: person.id,
          name: person.name,
          as: around.pack.roles[role]?.title ?? text(role, role),
        });
  return [...found.values()].slice(0, 50);
}

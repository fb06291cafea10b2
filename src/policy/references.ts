import { parseDuration } from '#clock/duration.ts';
import { checkDispatch, checkRouting } from './dispatch-references.ts';
import { spanOfSetting } from './language/clock.ts';
import { type Guard, guardPaths } from './language/guard.ts';
import type { PackSpec } from './language/pack.ts';
import type { IntakeSpec, ProcedureSpec, StepSpec } from './language/procedure.ts';
import { type Locate, nearest, type Problem } from './problem.ts';
import { checkRegisters } from './register-references.ts';

type Path = PropertyKey[];

/** What a path may begin with. */
const ROOTS = [
  'values',
  'case',
  'last',
  'latest',
  'each',
  'all',
  'setting',
  'count',
  'signed',
  'clock',
  'actor',
  'linked',
  'sum',
];

/** What may be asked about cases opened from here. */
const LINKED = ['open', 'ended', 'succeeded', 'failed'];
const BUILTIN_PEOPLE = ['assignee', 'caseOfficer', 'firstReceiver'];

/** Every name in a pack must name something: roles, states, clocks, forms, notices, fields, taxonomies, settings. */
export function checkReferences(pack: PackSpec, locate: Locate): Problem[] {
  const problems: Problem[] = [];
  const must = (name: string, known: Iterable<string>, kind: [string, string], path: Path): void => {
    const all = [...known];
    if (all.includes(name)) return;
    const suggestion = nearest(name, all);
    problems.push({
      code: 'pack.unknownName',
      ...locate(path),
      path: path.map(String).join('.'),
      message: {
        zh: `没有名为“${name}”的${kind[0]}${suggestion ? `，是不是“${suggestion}”？` : `；现有：${all.join('、')}`}`,
        en: `No ${kind[1]} named "${name}"${suggestion ? `; did you mean "${suggestion}"?` : `; known: ${all.join(', ')}`}`,
      },
      ...(suggestion ? { suggestion } : {}),
    });
  };
  const roles = Object.keys(pack.roles);
  const aRole = (name: string, path: Path): void => must(name, roles, ['角色', 'role'], path);

  if (pack.changes.length > 0 && !pack.changes.some(({ version }) => version === pack.version))
    problems.push({
      code: 'pack.withoutNote',
      ...locate(['version']),
      path: 'version',
      message: {
        zh: `changes 里还没有 ${pack.version} 的修订说明：请写明谁改了什么、为什么`,
        en: `changes says nothing of ${pack.version} yet: write who changed what, and why`,
      },
    });
  for (const [name, matter] of Object.entries(pack.matters))
    must(matter.procedure, Object.keys(pack.procedures), ['流程', 'procedure'], ['matters', name, 'procedure']);
  for (const [name, { scan }] of Object.entries(pack.channels))
    if (scan !== undefined)
      must(scan, filesAsked(pack), ['登记时收附件的字段', 'intake field for files'], ['channels', name, 'scan']);
  for (const [name, role] of Object.entries(pack.roles)) {
    if ('orElse' in role) aRole(role.orElse, ['roles', name, 'orElse']);
    if ('at' in role && role.at !== undefined)
      must(
        role.at,
        placesAsked(pack),
        ['登记时填写地点的字段', 'intake field that names a place'],
        ['roles', name, 'at'],
      );
  }
  for (const [name, schedule] of Object.entries(pack.schedules))
    must(schedule.opens, Object.keys(pack.procedures), ['流程', 'procedure'], ['schedules', name, 'opens']);
  for (const [name, metric] of Object.entries(pack.metrics)) {
    must(metric.procedure, Object.keys(pack.procedures), ['流程', 'procedure'], ['metrics', name, 'procedure']);
    const procedure = pack.procedures[metric.procedure];
    if (procedure && 'clock' in metric.measure)
      must(
        metric.measure.clock,
        Object.keys(procedure.clocks),
        ['时钟', 'clock'],
        ['metrics', name, 'measure', 'clock'],
      );
    if (procedure && 'repeats' in metric.measure) {
      const { step, by, same, within } = metric.measure.repeats;
      const path = ['metrics', name, 'measure', 'repeats'];
      must(step, Object.keys(procedure.steps), ['步骤', 'step'], [...path, 'step']);
      for (const field of [by, ...same])
        must(
          field,
          Object.keys(procedure.intake.fields),
          ['登记字段', 'intake field'],
          [...path, field === by ? 'by' : 'same'],
        );
      const [, setting] = within.split('setting.');
      // How soon somebody comes again is no matter of working time.
      const lengths = Object.keys(pack.settings).filter((one) => {
        const span = spanOfSetting(pack.settings, one);
        return span && ('elapsed' in span || 'calendarDays' in span);
      });
      if (setting !== undefined)
        must(
          setting,
          lengths,
          ['写明时长（自然日或小时）的设置', 'setting that holds a length of calendar time'],
          [...path, 'within'],
        );
      else if (!parseDuration(within).ok)
        must(within, [], ['时长，如 P30D', 'duration such as P30D'], [...path, 'within']);
    }
    if (procedure && 'share' in metric.measure) {
      const { step, against } = metric.measure.share;
      for (const [key, one] of [['step', step] as const, ...against.map((other) => ['against', other] as const)])
        must(one, Object.keys(procedure.steps), ['步骤', 'step'], ['metrics', name, 'measure', 'share', key]);
    }
  }
  for (const [name, procedure] of Object.entries(pack.procedures))
    checkProcedure(pack, procedure, ['procedures', name], must, aRole);
  checkRouting(pack, placesAsked(pack), must);
  checkDispatch(pack, must);
  checkRegisters(pack, must);
  return problems;
}

type Must = (name: string, known: Iterable<string>, kind: [string, string], path: Path) => void;

function checkProcedure(
  pack: PackSpec,
  procedure: ProcedureSpec,
  at: Path,
  must: Must,
  aRole: (name: string, path: Path) => void,
): void {
  const states = Object.keys(procedure.states);
  const clocks = Object.keys(procedure.clocks);
  const steps = Object.keys(procedure.steps);
  const isState = (name: string, path: Path): void => must(name, states, ['状态', 'state'], path);
  isState(procedure.intake.state, [...at, 'intake', 'state']);
  for (const matter of procedure.matters)
    must(matter, Object.keys(pack.matters), ['事项类型', 'matter'], [...at, 'matters']);
  for (const role of procedure.readers ?? []) aRole(role, [...at, 'readers']);
  for (const field of procedure.recusal.filter((name) => !name.includes(':')))
    must(field, Object.keys(procedure.intake.fields), ['登记字段', 'intake field'], [...at, 'recusal']);
  for (const [name, state] of Object.entries(procedure.states)) {
    for (const role of state.waitsFor) aRole(role, [...at, 'states', name, 'waitsFor']);
    if (state.failed && !state.end)
      must(
        name,
        states.filter((other) => procedure.states[other]?.end),
        ['结束状态', 'end state'],
        [...at, 'states', name, 'failed'],
      );
  }
  for (const [name, clock] of Object.entries(procedure.clocks)) {
    aRole(clock.responsible, [...at, 'clocks', name, 'responsible']);
    for (const key of ['limit', 'target'] as const) {
      const span = clock[key];
      if (span && 'setting' in span)
        must(
          span.setting,
          Object.keys(pack.settings).filter((setting) => spanOfSetting(pack.settings, setting)),
          ['写明时长的设置', 'setting that holds a length of time'],
          [...at, 'clocks', name, key, 'setting'],
        );
    }
    if (clock.takes !== undefined)
      must(
        clock.takes,
        steps.filter((step) => takenByItself(pack, procedure.steps[step])),
        [
          '系统可自行办理的步骤（由系统办理、没有必填项）',
          'step that the system can take by itself (by the system, nothing required)',
        ],
        [...at, 'clocks', name, 'takes'],
      );
    for (const level of clock.ladder) for (const role of level.tells) aRole(role, [...at, 'clocks', name, 'ladder']);
  }
  const checkActs = (step: IntakeSpec | StepSpec, path: Path): void => {
    for (const role of step.by) aRole(role, [...path, 'by']);
    for (const key of ['starts', 'stops', 'cancels', 'restarts', 'resumes', 'pauses'] as const)
      for (const item of step[key]) must(item.clock, clocks, ['时钟', 'clock'], [...path, key]);
    const sums = Object.entries(step.fields).flatMap(([name, { type }]) => (type === 'number' ? [name] : []));
    for (const item of step.limits) must(item.field, sums, ['数字字段', 'number field'], [...path, 'limits']);
    for (const table of step.decides) must(table, Object.keys(pack.tables), ['判定表', 'table'], [...path, 'decides']);
    for (const form of step.issues) must(form, Object.keys(procedure.forms), ['文书', 'form'], [...path, 'issues']);
    if (step.signs) must(step.signs.form, Object.keys(procedure.forms), ['文书', 'form'], [...path, 'signs']);
    for (const item of step.notifies) {
      must(item.notice, Object.keys(pack.notices), ['通知', 'notice'], [...path, 'notifies']);
      for (const [i, to] of item.to.entries()) {
        const place = [...path, 'notifies', step.notifies.indexOf(item), 'to', i];
        if (to.includes('.'))
          must(to, peopleNamed(procedure, step), ['填写人员的字段', 'field that names a person'], place);
        else aRole(to, place);
      }
    }
    for (const item of step.opens)
      must(item.procedure, Object.keys(pack.procedures), ['流程', 'procedure'], [...path, 'opens']);
    if (step.runs) must(step.runs.step, steps, ['步骤', 'step'], [...path, 'runs', 'step']);
    for (const [name, field] of Object.entries(step.fields)) {
      if (field.type === 'category')
        must(String(field.of), Object.keys(pack.taxonomies), ['分类', 'taxonomy'], [...path, 'fields', name, 'of']);
      if (field.unique !== undefined && field.personal)
        must(
          name,
          Object.keys(step.fields).filter((other) => !step.fields[other]?.personal),
          ['不涉个人信息、可以查重的字段', 'field without personal content, which alone can be compared'],
          [...path, 'fields', name, 'unique'],
        );
      if (field.type === 'signature')
        must(String(field.form), Object.keys(procedure.forms), ['文书', 'form'], [...path, 'fields', name, 'form']);
      if (typeof field.required !== 'boolean') checkGuard(field.required, [...path, 'fields', name, 'required']);
      if (field.shown) checkGuard(field.shown, [...path, 'fields', name, 'shown']);
    }
    for (const need of step.needs) checkGuard(need.that, [...path, 'needs']);
    if (typeof step.main !== 'boolean') checkGuard(step.main, [...path, 'main']);
  };
  const checkGuard = (guard: Guard, path: Path): void => {
    for (const item of guardPaths(guard)) {
      const [root = '', name = '', field] = item.replace(/^sum\./, '').split('.');
      must(root, ROOTS, ['路径开头', 'path root'], path);
      if (['last', 'latest', 'each', 'all', 'count'].includes(root)) must(name, steps, ['步骤', 'step'], path);
      if (['last', 'latest', 'each', 'all'].includes(root) && field !== undefined && field !== 'at' && field !== 'by')
        must(field, Object.keys(procedure.steps[name]?.fields ?? {}), ['字段', 'field'], path);
      if (root === 'clock') must(name, clocks, ['时钟', 'clock'], path);
      if (root === 'signed') must(name, Object.keys(procedure.forms), ['文书', 'form'], path);
      if (root === 'linked') must(field ?? '', LINKED, ['关联案件的说法', 'way a linked case stands'], path);
      if (root === 'setting') must(name, Object.keys(pack.settings), ['设置', 'setting'], path);
    }
  };
  checkActs(procedure.intake, [...at, 'intake']);
  for (const [name, step] of Object.entries(procedure.steps)) {
    const path = [...at, 'steps', name];
    checkActs(step, path);
    for (const state of step.from) if (state !== 'open') isState(state, [...path, 'from']);
    for (const role of step.readers ?? []) aRole(role, [...path, 'readers']);
    const targets = step.to === undefined ? [] : typeof step.to === 'string' ? [{ state: step.to }] : step.to;
    for (const branch of targets) isState(branch.state, [...path, 'to']);
  }
}

/** Names of the fields in which some kind of case asks for a place when it begins. */
const placesAsked = (pack: PackSpec): string[] => askedAtIntake(pack, 'place');
const filesAsked = (pack: PackSpec): string[] => askedAtIntake(pack, 'attachments');

const askedAtIntake = (pack: PackSpec, type: string): string[] =>
  Object.values(pack.procedures).flatMap(({ intake }) =>
    Object.entries(intake.fields)
      .filter(([, field]) => field.type === type)
      .map(([name]) => name),
  );

/** Paths that lead to a person: duties, and fields of the kind `person` on the case, being entered, or entered at a step. */
function peopleNamed(procedure: ProcedureSpec, step: IntakeSpec | StepSpec): string[] {
  const of = (fields: IntakeSpec['fields'], ...roots: string[]): string[] =>
    Object.entries(fields)
      .filter(([, field]) => field.type === 'person')
      .flatMap(([name]) => roots.map((root) => `${root}.${name}`));
  return [
    ...BUILTIN_PEOPLE.map((duty) => `case.${duty}`),
    ...of(step.fields, 'values'),
    ...of(procedure.intake.fields, 'case'),
    ...Object.entries(procedure.steps).flatMap(([name, other]) =>
      of(other.fields, ...['last', 'latest', 'each', 'all'].map((root) => `${root}.${name}`)),
    ),
  ];
}

/** Whether the clockwork may take the step: a role of it is the system, and nothing has to be entered. */
function takenByItself(pack: PackSpec, step: StepSpec | undefined): boolean {
  const bySystem = step?.by.some((name) => {
    const role = pack.roles[name];
    return role !== undefined && 'party' in role && role.party === 'system';
  });
  return bySystem === true && Object.values(step?.fields ?? {}).every((field) => field.required !== true);
}

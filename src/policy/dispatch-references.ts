import type { DispatchSpec } from './language/dispatch.ts';
import { guardPaths } from './language/guard.ts';
import type { PackSpec } from './language/pack.ts';
import type { ProcedureSpec, StepSpec } from './language/procedure.ts';

type Path = PropertyKey[];
type Must = (name: string, known: Iterable<string>, kind: [string, string], path: Path) => void;

/** What conditions of a policy may look at: the case is known, but nothing is being entered. */
const ROOTS = ['case', 'setting', 'latest', 'last', 'count', 'clock'];

/** A row of the routing says for which cases it is, and where it names premises, which field says where a case is. */
export function checkRouting({ routing }: PackSpec, places: readonly string[], must: Must): void {
  for (const [i, { when, at, premises }] of routing.rows.entries()) {
    const path: Path = ['routing', 'rows', i];
    if (when === undefined && premises === undefined)
      must('when', [], ['条件：须写明 when 或 premises', 'condition: a row needs `when` or `premises`'], path);
    if (at !== undefined)
      must(at, places, ['登记时填写地点的字段', 'intake field that names a place'], [...path, 'at']);
    else if (premises)
      must('premises', [], ['地点：按楼盘分派须写明 at', 'place: `premises` needs `at`'], [...path, 'premises']);
    if (at !== undefined && premises === undefined)
      must('at', [], ['楼盘：写了 at 须写明 premises', 'premises: `at` needs `premises`'], [...path, 'at']);
    for (const name of when ? guardPaths(when) : [])
      must(name.split('.')[0] ?? '', ROOTS, ['路径开头', 'path root'], [...path, 'when']);
  }
}

/** Every name in the policies of dispatch must name something. */
export function checkDispatch(pack: PackSpec, must: Must): void {
  for (const [name, { handOver, clocks }] of Object.entries(pack.procedures)) {
    if (!handOver) continue;
    const at: Path = ['procedures', name, 'handOver'];
    must(handOver.clock, Object.keys(clocks), ['时钟', 'clock'], [...at, 'clock']);
    for (const key of ['notice', 'declined'] as const)
      must(handOver[key], Object.keys(pack.notices), ['通知', 'notice'], [...at, key]);
  }
  for (const [name, policy] of Object.entries(pack.dispatch)) {
    const at: Path = ['dispatch', name];
    must(policy.procedure, Object.keys(pack.procedures), ['流程', 'procedure'], [...at, 'procedure']);
    const procedure = pack.procedures[policy.procedure];
    if (!procedure) continue;
    must(policy.step, Object.keys(procedure.steps), ['步骤', 'step'], [...at, 'step']);
    const step = procedure.steps[policy.step];
    if (!step) continue;
    const people = Object.keys(step.fields).filter((field) => step.fields[field]?.type === 'person');
    must(policy.field, people, ['该步骤中填写人员的字段', 'field of that step that names a person'], [...at, 'field']);
    const places = Object.keys(procedure.intake.fields).filter((f) => procedure.intake.fields[f]?.type === 'place');
    if (policy.place !== undefined)
      must(policy.place, places, ['登记时填写地点的字段', 'intake field that names a place'], [...at, 'place']);
    checkHands(pack, policy, procedure, step, must, at);
    for (const [i, way] of policy.ways.entries()) {
      if (way.territory && policy.place === undefined)
        must('territory', [], ['地点：按片区派单须写明 place', 'place: a territory needs `place`'], [...at, 'ways', i]);
      for (const path of way.when ? guardPaths(way.when) : [])
        must(path.split('.')[0] ?? '', ROOTS, ['路径开头', 'path root'], [...at, 'ways', i, 'when']);
    }
    for (const path of policy.urgent ? guardPaths(policy.urgent) : [])
      must(path.split('.')[0] ?? '', ROOTS, ['路径开头', 'path root'], [...at, 'urgent']);
  }
}

/** What the program needs in order to give a case to somebody by itself, and where it goes when nobody fits. */
function checkHands(
  pack: PackSpec,
  { mode, field, accept, offers, fallback }: DispatchSpec,
  procedure: ProcedureSpec,
  step: StepSpec,
  must: Must,
  at: Path,
): void {
  const none = (kind: [string, string], key: string): void => must(key, [], kind, [...at, key]);
  if (accept !== undefined) must(accept, Object.keys(procedure.steps), ['步骤', 'step'], [...at, 'accept']);
  if (offers !== undefined) must(offers, Object.keys(pack.notices), ['通知', 'notice'], [...at, 'offers']);
  const itself = mode !== 'suggest';
  if ((itself || accept !== undefined) && !step.assigns.some(({ from }) => from === field))
    none(['由该字段分派的职责（assigns）', 'duty that the step assigns from that field'], 'field');
  if (itself) {
    for (const [name, spec] of Object.entries(step.fields))
      if (name !== field && spec.type !== 'unit' && spec.required === true)
        must(name, [], ['系统能自行填写的字段', 'field that the program can fill by itself'], [...at, 'mode']);
    const role = pack.roles[String(step.fields[field]?.role)];
    if (!role || !('post' in role))
      none(['按岗位定义的角色（字段的 role）', 'role by post, as the field asks'], 'field');
  }
  const waiting = (name: string): string[] => procedure.states[name]?.waitsFor ?? [];
  const from = step.from.flatMap((state) => (state === 'open' ? Object.keys(procedure.states) : [state]));
  const open = from.filter((state) => procedure.states[state]?.end !== true);
  if (mode === 'grab')
    for (const state of open)
      must(
        String(step.fields[field]?.role),
        waiting(state),
        ['该状态下等待的角色（waitsFor）', 'role that state waits for'],
        [...at, 'mode'],
      );
  if (!fallback) {
    if (itself || accept !== undefined) none(['派不出去时的去处', 'place to go where nobody fits'], 'fallback');
    return;
  }
  const path = [...at, 'fallback'];
  must(fallback.clock, Object.keys(procedure.clocks), ['时钟', 'clock'], [...path, 'clock']);
  must(
    fallback.clock,
    step.stops.map(({ clock }) => clock),
    ['由该步骤停止的时钟', 'clock that the step stops'],
    [...path, 'clock'],
  );
  must(fallback.notice, Object.keys(pack.notices), ['通知', 'notice'], [...path, 'notice']);
  for (const role of fallback.to) must(role, Object.keys(pack.roles), ['角色', 'role'], [...path, 'to']);
  // It must stand on the list of somebody who answers for it, in every state in which it can be left over.
  for (const state of open)
    if (!fallback.to.some((role) => waiting(state).includes(role)))
      must(
        fallback.to[0] ?? '',
        waiting(state),
        ['该状态下等待的角色（waitsFor）', 'role that state waits for'],
        [...path, 'to'],
      );
}

import { guardPaths } from './language/guard.ts';
import type { PackSpec } from './language/pack.ts';

type Path = PropertyKey[];
type Must = (name: string, known: Iterable<string>, kind: [string, string], path: Path) => void;

/** What conditions of a policy may look at: the case is known, but nothing is being entered. */
const ROOTS = ['case', 'setting', 'latest', 'last', 'count', 'clock'];

/** Every name in the policies of dispatch must name something. */
export function checkDispatch(pack: PackSpec, must: Must): void {
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

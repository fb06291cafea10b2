import type { PackSpec } from './language/pack.ts';
import type { ProcedureSpec } from './language/procedure.ts';

type Must = (name: string, known: Iterable<string>, kind: [string, string], path: PropertyKey[]) => void;

const OF_ENTRIES = ['last', 'latest', 'each', 'all'];

/** A register names a procedure, roles by post, and columns that show neither personal content, nor who asked, nor what only some may read. */
export function checkRegisters(pack: PackSpec, must: Must): void {
  const posts = Object.keys(pack.roles).filter((name) => 'post' in (pack.roles[name] ?? {}));
  for (const [name, register] of Object.entries(pack.registers)) {
    const at: PropertyKey[] = ['registers', name];
    must(register.procedure, Object.keys(pack.procedures), ['流程', 'procedure'], [...at, 'procedure']);
    for (const role of register.readers) must(role, posts, ['按岗位定义的角色', 'role by post'], [...at, 'readers']);
    const procedure = pack.procedures[register.procedure];
    if (!procedure) continue;
    for (const [i, { from }] of register.columns.entries())
      checkColumn(pack, procedure, from, [...at, 'columns', i, 'from'], must);
  }
}

function checkColumn(pack: PackSpec, procedure: ProcedureSpec, from: string, path: PropertyKey[], must: Must): void {
  const [root = '', name = '', field = ''] = from.split('.');
  must(root, ['case', 'count', 'clock', ...OF_ENTRIES], ['路径开头', 'path root'], path);
  const step = OF_ENTRIES.includes(root) ? procedure.steps[name] : undefined;
  if (OF_ENTRIES.includes(root) || root === 'count') must(name, Object.keys(procedure.steps), ['步骤', 'step'], path);
  if (root === 'clock') must(name, Object.keys(procedure.clocks), ['时钟', 'clock'], path);
  if (step && field !== 'at' && field !== 'by') must(field, Object.keys(step.fields), ['字段', 'field'], path);
  const open = (fields: ProcedureSpec['intake']['fields']): string[] =>
    Object.keys(fields).filter((one) => !fields[one]?.personal);
  const shown = root === 'case' ? procedure.intake.fields[name] : step?.fields[field];
  if (shown?.personal)
    must(
      root === 'case' ? name : field,
      open(root === 'case' ? procedure.intake.fields : (step?.fields ?? {})),
      ['不涉个人信息、可以列入登记表的字段', 'field without personal content, which a register may show'],
      path,
    );
  const isOurs = (one: string): boolean =>
    procedure.steps[one]?.by.every((role) => {
      const spec = pack.roles[role] ?? {};
      return !('party' in spec) || spec.party === 'system';
    }) === true;
  if (step && field === 'by' && !isOurs(name))
    must(
      name,
      Object.keys(procedure.steps).filter(isOurs),
      ['只由工作人员办理、可以写明办理人的步骤', 'step that only staff take, whose name a register may show'],
      path,
    );
  if (step?.readers)
    must(
      name,
      Object.keys(procedure.steps).filter((one) => !procedure.steps[one]?.readers),
      ['人人可见、可以列入登记表的步骤', 'step that everybody may read, which a register may show'],
      path,
    );
}

import { refusal } from '#kernel/refusal.ts';
import { emit } from '../draft.ts';
import { holds } from '../guard.ts';
import { type Ability, scopeOf } from './ability.ts';

/** Lets each table decide: the first row that holds sets its fields and leaves its reason in the journal. */
export const decides: Ability = (draft, act) => {
  for (const name of act.spec.decides) {
    const table = draft.ctx.pack.tables[name];
    if (!table) throw new Error(`The pack let an unknown table through: ${name}`);
    const row = table.rows.find((item) => !item.when || holds(item.when, scopeOf(draft, act)));
    if (!row)
      return refusal(
        'table.undecided',
        {
          zh: `“${table.title.zh}”没有适用的一行，请补充填写或由主管裁定`,
          en: `No row of “${table.title.en}” applies: fill in more, or let a superior rule`,
        },
        { clause: table.clause },
      );
    const changes = Object.entries(row.sets)
      .filter(([field, value]) => draft.state.values[field] !== value)
      .map(([field, value]) => ({ field, before: draft.state.values[field] ?? null, after: value }));
    const clause = row.clause ?? table.clause;
    emit(draft, 'tableDecided', { table: name, title: table.title, because: row.because, changes, clause });
  }
  return undefined;
};

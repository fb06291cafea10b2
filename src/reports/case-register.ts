import { z } from 'zod';
import type { Values } from '#case/event.ts';
import { writeAt } from '#case/render-form.ts';
import { recused } from '#case/roles.ts';
import type { CaseState } from '#case/state.ts';
import { loadDirectory } from '#directory/directory.ts';
import { maskInText } from '#directory/mask.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { type Text, text } from '#kernel/text.ts';
import type { PackSpec } from '#policy/language/pack.ts';
import type { RegisterSpec } from '#policy/language/register.ts';
import { fills, notForReader } from './authority.ts';
import { eachFact, type FactFilter } from './case-facts.ts';
import { standing } from './clock-tally.ts';
import { daysOf, type Period, periodOf, periodParams } from './period.ts';
import { plain, type Reader, type ReportSpec, type Source } from './report.ts';

/** A ledger of the pack for one period: a line for each case, as it stands now. */
export interface CaseRegister {
  register: string;
  title: Text;
  clause: string;
  period: { kind: Period['kind']; from: string; to: string };
  by: z.output<typeof params>['by'];
  columns: Text[];
  rows: { caseId: string; number: string; cells: string[] }[];
  count: number;
  ended: number;
  stillOpen: number;
  /** Cases that broke a limit. */
  late: number;
  /** How it reads on paper. */
  lines: string[];
}

const params = z.strictObject({
  ...periodParams,
  register: z.string().max(64),
  /** Cases received in the period, ended in it, or under way at some time of it. */
  by: z.enum(['received', 'ended', 'underWay']).default('received'),
  /** Code of a department or crew: only cases whose assignee belongs to it. */
  unit: z.string().max(64).optional(),
});

/** One line for each case, by the columns of the pack; the same whenever it is drawn up, but that cases have gone on since (S4-08, S4-24, S6-69, S6-70). */
export const caseRegister: ReportSpec<z.output<typeof params>> = {
  name: 'caseRegister',
  title: text('登记表', 'Register of cases'),
  params,
  async refuses({ pool, tenant, now, pack, reader }, { register: name, unit }) {
    const register = pack.registers[name];
    if (!register) return noSuchRegister(pack);
    if (!mayRead(pack, register, reader)) return notForReader;
    if (unit === undefined || (await loadDirectory(pool, tenant, now)).unit(unit)) return undefined;
    return noSuchUnit;
  },
  async compute(source, asked) {
    return { figures: plain(await draw(source, asked)) };
  },
};

/** Whether somebody reads a register: by one of its roles, and where the procedure has readers of its own, by one of those. */
export function mayRead(pack: PackSpec, { readers, procedure }: RegisterSpec, { posts }: Reader): boolean {
  const of = (roles: readonly string[]): boolean => roles.some((role) => fills(pack, role, posts));
  return of(readers) && of(pack.procedures[procedure]?.readers ?? readers);
}

const noSuchRegister = ({ title, registers }: PackSpec): Refusal => {
  const known = Object.keys(registers);
  return refusal(
    'report.badParameter',
    text(
      `《${title.zh}》没有这个登记表；现有：${known.join('、') || '无'}`,
      `“${title.en}” has no such register; there are: ${known.join(', ') || 'none'}`,
    ),
    { field: 'register' },
  );
};

const noSuchUnit: Refusal = refusal(
  'report.badParameter',
  text('没有这个部门或班组，请从名单中选', 'There is no such department or crew: choose one from the list'),
  { field: 'unit' },
);

async function draw(source: Source, asked: z.output<typeof params>): Promise<CaseRegister> {
  const { pool, tenant, now, pack, reader } = source;
  const register = pack.registers[asked.register];
  if (!register) throw new Error(`Pack ${pack.pack} has no register ${asked.register}`);
  const period = periodOf(asked, now);
  const directory = await loadDirectory(pool, tenant, now);
  const unit = asked.unit === undefined ? undefined : directory.unit(asked.unit)?.id;
  const rows: CaseRegister['rows'] = [];
  const sums = { count: 0, ended: 0, late: 0 };
  const filter: FactFilter = { pack: pack.pack, procedures: [register.procedure], [asked.by]: period, inOrder: true };
  // Whoever a case complains of reads nothing of it here either.
  const hidden = (state: CaseState): boolean =>
    reader?.personId != null && recused(state, pack).includes(reader.personId);
  await eachFact(pool, tenant, filter, (fact, state) => {
    if ((asked.unit !== undefined && fact.duties.assignee?.unitId !== unit) || hidden(state)) return;
    sums.count += 1;
    if (!fact.open) sums.ended += 1;
    if (fact.runs.some((run) => ['late', 'overdue'].includes(standing(run, now)))) sums.late += 1;
    // People write telephone numbers unasked.
    const cells = register.columns.map(({ from }) => maskInText(writeAt(from, state, { pack, directory })));
    rows.push({ caseId: fact.id, number: fact.number, cells });
  });
  const { title, clause, columns } = register;
  const days = daysOf(period);
  return {
    register: asked.register,
    title,
    clause,
    period: { kind: period.kind, ...days },
    by: asked.by,
    columns: columns.map(({ label }) => label),
    rows,
    ...{ ...sums, stillOpen: sums.count - sums.ended },
    lines: [
      `${title.zh}，${days.from} 至 ${days.to}：共 ${sums.count} 件，已结 ${sums.ended} 件，在办 ${sums.count - sums.ended} 件，超过时限 ${sums.late} 件`,
      ...rows.map(({ cells }) =>
        cells
          .flatMap((cell, i) => (cell === '' ? [] : [`${columns[i]?.label.zh ?? ''}：${cell.replaceAll('\n', '；')}`]))
          .join('　'),
      ),
    ],
  };
}

/** The register within the values that the report answers with. */
export const registerOf = (values: Values): CaseRegister => values.figures as unknown as CaseRegister;

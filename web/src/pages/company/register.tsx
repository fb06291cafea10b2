import { formatLocal } from '@room/clock/civil.ts';
import { text } from '@room/kernel/text.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { PackSpec } from '../../api/contract.ts';
import { unitsQuery } from '../../api/directory.ts';
import { type CaseRegister, registerQuery } from '../../api/reports.ts';
import { useMe } from '../../api/session.ts';
import { Refused } from '../../kit/refused.tsx';
import { SelectField } from '../../kit/select-field.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import './register.css';

const w = {
  title: text('登记表', 'Registers'),
  which: text('哪一张', 'Which'),
  month: text('月份', 'Month'),
  by: text('范围', 'Which cases'),
  received: text('当月接报的', 'Received in it'),
  ended: text('当月结案的', 'Ended in it'),
  underWay: text('当月在办过的', 'Under way in it'),
  unit: text('班组', 'Crew'),
  all: text('全部', 'All'),
  sums: text(
    '共 {n} 件：已结 {ended}，在办 {open}，超过时限 {late}',
    '{n} cases: {ended} ended, {open} open, {late} past a limit',
  ),
  none: text('没有符合的案件', 'No such case'),
  first: text(
    '这里列出前 {n} 件，全部在导出的表格里',
    'The first {n} stand here, all of them in the table to take away',
  ),
  take: text('导出 Excel 可用的表格（CSV）', 'Take it away as a table (CSV)'),
};
const WAYS = ['received', 'ended', 'underWay'] as const;
const SHOWN = 200;

/** The first and the last day of a month such as 2026-03. */
function daysOf(month: string): { from: string; to: string } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${String(last).padStart(2, '0')}` };
}

/** The ledgers of a procedure, month by month and crew by crew; each line leads to its case. */
export function Registers({ pack }: { pack: PackSpec }) {
  const { say } = useSpeech();
  const { posts } = useMe();
  const reads = (role: string): boolean => {
    const spec = pack.roles[role];
    return spec !== undefined && 'post' in spec && spec.post.some((post) => posts.some(({ code }) => code === post));
  };
  // A browser may keep a version from before there were registers.
  const registers = Object.entries(pack.registers ?? {}).filter(([, { readers }]) => readers.some(reads));
  const units = useQuery(unitsQuery).data ?? [];
  const [name, setName] = useState(registers[0]?.[0] ?? '');
  const [month, setMonth] = useState(() => formatLocal(now()).slice(0, 7));
  const [by, setBy] = useState<string>('received');
  const [unit, setUnit] = useState('');
  const asked = new URLSearchParams({
    pack: pack.pack,
    register: name,
    by,
    ...daysOf(month),
    ...(unit ? { unit } : {}),
  });
  const drawn = useQuery({ ...registerQuery(asked.toString()), enabled: registers.length > 0 && month !== '' });
  if (registers.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="registers">
      <h2 id="registers">{say(w.title)}</h2>
      <div className="row">
        <SelectField
          label={w.which}
          value={name}
          options={registers.map(([each, { title }]) => ({ value: each, label: say(title) }))}
          onChange={setName}
        />
        <TextField label={w.month} type="month" value={month} onChange={setMonth} />
        <SelectField
          label={w.by}
          value={by}
          options={WAYS.map((way) => ({ value: way, label: say(w[way]) }))}
          onChange={setBy}
        />
        <SelectField
          label={w.unit}
          value={unit}
          none={say(w.all)}
          options={units.map(({ code, name: called }) => ({ value: code, label: say(called) }))}
          onChange={setUnit}
        />
      </div>
      <Refused error={drawn.error} />
      {drawn.data && <Drawn register={drawn.data} asked={asked.toString()} />}
    </section>
  );
}

function Drawn({ register, asked }: { register: CaseRegister; asked: string }) {
  const { say } = useSpeech();
  const { columns, rows, count, ended, stillOpen, late } = register;
  if (count === 0) return <p className="muted">{say(w.none)}</p>;
  return (
    <>
      <p className="small">{say(w.sums, { n: count, ended, open: stillOpen, late })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reached by keyboard */}
      <section className="register" tabIndex={0} aria-labelledby="registers">
        <table className="small">
          <thead>
            <tr>
              {columns.map(({ zh, en }) => (
                <th key={zh} scope="col">
                  {say({ zh, en })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN).map(({ caseId, number, cells }) => (
              <tr key={caseId}>
                {cells.map((cell, i) => (
                  <td key={columns[i]?.zh}>
                    {i > 0 ? (
                      cell
                    ) : (
                      <Link to="/cases/$id" params={{ id: caseId }} className="mono">
                        {cell || number}
                      </Link>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > SHOWN && <p className="small muted">{say(w.first, { n: SHOWN })}</p>}
      <p>
        <a className="btn" href={`/api/v1/reports/register.csv?${asked}`}>
          {say(w.take)}
        </a>
      </p>
    </>
  );
}

import { localDate } from '@room/clock/civil.ts';
import { DAY } from '@room/kernel/instant.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answeredRingsQuery, type CallSums } from '../../api/reports.ts';
import { c } from '../../calls/words.ts';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import './figures.css';

const day = (ago: number): string => localDate(now() - ago * DAY);
const PERIODS = [
  { key: '7', words: c.days, n: 7 },
  { key: '30', words: c.days, n: 30 },
  { key: 'month', words: c.lastMonth, n: 0 },
] as const;

/** How many calls were answered within the promised rings, by day and by clerk; nothing for whom the report is not. */
export function RingFigures() {
  const { say } = useSpeech();
  const [chosen, setChosen] = useState('30');
  const asked = chosen === 'month' ? 'period=month' : `from=${day(Number(chosen) - 1)}&to=${day(0)}`;
  const { data, isError } = useQuery({ ...answeredRingsQuery(asked), placeholderData: keepPreviousData });
  if (isError || !data) return null;
  const { all, byDay, byClerk, period } = data;
  const none = all.answered + all.missed === 0;
  return (
    <section className="card stack" aria-labelledby="ring-figures">
      <div className="card-head">
        <h2 id="ring-figures">{say(c.figure)}</h2>
      </div>
      <fieldset className="field">
        <legend className="only-read">{say(c.period)}</legend>
        <span className="pick">
          {PERIODS.map(({ key, words, n }) => (
            <label key={key}>
              <input type="radio" name="rings" checked={chosen === key} onChange={() => setChosen(key)} />
              {say(words, { n })}
            </label>
          ))}
        </span>
      </fieldset>
      <p className="small muted">
        {say(c.between, period)} · {say(c.figureWhy)}
      </p>
      {none ? (
        <p className="muted">{say(c.noCalls)}</p>
      ) : (
        <>
          <p className="rings-share">
            <b>{percent(all.share)}</b>
            <span className="small muted">
              {say(c.nAnswered)} {all.answered} · {say(c.nInTime)} {all.inTime} · {say(c.nUncounted)} {all.uncounted} ·{' '}
              {say(c.nMissed)} {all.missed} · {say(c.nCalledBack)} {all.calledBack}
            </span>
          </p>
          <Sums
            title={say(c.byClerk)}
            head={say(c.clerk)}
            rows={byClerk.map((row) => ({ ...row, name: row.person || say(c.nobodyKnows) }))}
            missed={false}
          />
          <Sums title={say(c.byDay)} head={say(c.day)} rows={byDay.map((row) => ({ ...row, name: row.day }))} missed />
        </>
      )}
    </section>
  );
}

const percent = (share: number | null): string => (share === null ? '—' : `${Math.round(share * 1_000) / 10}%`);

interface SumsProps {
  title: string;
  head: string;
  rows: readonly (CallSums & { name: string })[];
  /** Whether missed calls are told: nobody in particular missed them. */
  missed: boolean;
}

function Sums({ title, head, rows, missed }: SumsProps) {
  const { say } = useSpeech();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard
    <section className="rings-table" aria-label={title} tabIndex={0}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">{say(c.share)}</th>
            <th scope="col">{say(c.nAnswered)}</th>
            <th scope="col">{say(c.nInTime)}</th>
            <th scope="col">{say(c.nUncounted)}</th>
            {missed && <th scope="col">{say(c.nMissed)}</th>}
            {missed && <th scope="col">{say(c.nCalledBack)}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td>{percent(row.share)}</td>
              <td>{row.answered}</td>
              <td>{row.inTime}</td>
              <td>{row.uncounted}</td>
              {missed && <td>{row.missed}</td>}
              {missed && <td>{row.calledBack}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

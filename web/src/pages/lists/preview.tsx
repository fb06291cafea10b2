import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportRowView, ImportView } from '../../api/contract.ts';
import { importRowsQuery, listKindsQuery, useApplyList } from '../../api/lists.ts';
import { Refused } from '../../kit/refused.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const LOOK = { new: 'tag kept', changed: 'tag soon', unchanged: 'tag', faulty: 'tag late' };
const VERDICTS = ['faulty', 'changed', 'new', 'unchanged'] as const;

/** What every row would do, and the button that does it. */
export function Preview({ seen }: { seen: ImportView }) {
  const { say } = useSpeech();
  const { counts } = seen;
  const [shown, setShown] = useState<ImportRowView['verdict'] | ''>(counts.faulty > 0 ? 'faulty' : '');
  const [reason, setReason] = useState('');
  const [clear, setClear] = useState('');
  const { data: rows = [], error } = useQuery(importRowsQuery(seen.id, shown, clear));
  const personal = useQuery(listKindsQuery).data?.some((one) => one.name === seen.kind && one.personal) ?? false;
  const apply = useApplyList();
  const fresh = counts.new + counts.changed;
  const applied = apply.data;
  return (
    <section className="stack" aria-label={say(w.result, { file: seen.fileName })}>
      <h3>{say(applied ? w.written : w.result, { file: seen.fileName })}</h3>
      <p role="status">{say(w.summary, applied?.counts ?? counts)}</p>
      <div className="pick">
        <label>
          <input type="radio" name="verdict" checked={shown === ''} onChange={() => setShown('')} />
          {say(w.all)}
        </label>
        {VERDICTS.filter((one) => counts[one] > 0).map((one) => (
          <label key={one}>
            <input type="radio" name="verdict" checked={shown === one} onChange={() => setShown(one)} />
            {say(w[one])} {counts[one]}
          </label>
        ))}
      </div>
      {personal && clear === '' && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            setClear(reason.trim());
          }}
        >
          <label className="stack">
            <span className="label">{say(w.clearReason)}</span>
            <input className="input" value={reason} onChange={(event) => setReason(event.target.value)} />
          </label>
          <button type="submit" className="btn" disabled={[...reason.trim()].length < 2}>
            {say(w.clear)}
          </button>
        </form>
      )}
      <Refused error={error} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="lists-rows" tabIndex={0} aria-label={say(w.content)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say(w.row)}</th>
              <th scope="col">{say(w.verdict)}</th>
              <th scope="col">{say(w.content)}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.number}>
                <td>{row.number}</td>
                <td>
                  <span className={LOOK[row.verdict]}>{say(w[row.verdict])}</span>
                  <ul className="small">
                    {row.said.map((one) => (
                      <li key={`${one.column} ${one.cell}`}>
                        {one.message
                          ? [say(one.title), one.cell && `(${one.cell})`, say(one.message)].filter(Boolean).join(' ')
                          : say(w.becomes, {
                              title: say(one.title),
                              cell: one.cell,
                              before: one.before || say(w.empty),
                              after: one.after || say(w.empty),
                            })}
                      </li>
                    ))}
                  </ul>
                </td>
                <td>{row.cells.filter((cell) => cell !== '').join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length >= 100 && <p className="small muted">{say(w.first)}</p>}
      {!applied && (
        <>
          {counts.faulty > 0 && <p className="note soon">{say(w.hint, { n: counts.faulty })}</p>}
          <Refused error={apply.error} />
          <div className="row">
            <button
              type="button"
              className="btn main"
              disabled={fresh === 0 || apply.isPending}
              onClick={() => apply.mutate({ id: seen.id, onlyGood: counts.faulty > 0 })}
            >
              {fresh === 0 ? say(w.nothing) : say(counts.faulty > 0 ? w.applyGood : w.apply, { n: fresh })}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

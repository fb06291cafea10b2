import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { newKey } from '../../api/client.ts';
import { movesQuery, useMoves } from '../../api/versions.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Refused } from '../../kit/refused.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { MoveFindings } from './move-findings.tsx';
import { w } from './words.ts';

/** Running cases on an older version: each with its verdict, and a move for all that fit. */
export default function MovesDialog({ pack, onClose }: { pack: string; onClose(): void }) {
  const { say } = useSpeech();
  const list = useQuery(movesQuery(pack));
  const [reason, setReason] = useState('');
  const [numbers, setNumbers] = useState<ReadonlyMap<string, string>>(new Map());
  const moves = useMoves();
  const seen = list.data;
  const fit = seen?.cases.filter((one) => one.fits) ?? [];
  const said = new Map(moves.data?.rows.map((row) => [row.caseId, row]));
  return (
    <Dialog title={say(w.moveTitle, { pack, version: seen?.version ?? '' })} shape="side" onClose={onClose}>
      <div className="stack">
        <Refused error={list.error} />
        {seen?.cases.length === 0 && !moves.data && <p className="muted">{say(w.moveNone)}</p>}
        {moves.data && (
          <ul className="version-list" aria-live="polite">
            {moves.data.rows.map((row) => (
              <li key={row.caseId}>
                <Link to="/cases/$id" params={{ id: row.caseId }}>
                  {numbers.get(row.caseId)}
                </Link>
                <span>
                  {row.ok ? say(w.done) : say(w.refused, { why: row.problem ? say(row.problem.message) : '' })}
                </span>
              </li>
            ))}
          </ul>
        )}
        {seen && seen.cases.length > 0 && (
          <>
            <p>{say(w.moveFit, { n: fit.length, m: seen.cases.length - fit.length })}</p>
            {seen.more && <p className="small muted">{say(w.more)}</p>}
            {fit.length > 0 && (
              <form className="stack" onSubmit={(event) => event.preventDefault()}>
                <label className="field">
                  <span className="label">{say(w.reason)}</span>
                  <textarea className="input" value={reason} onChange={({ target }) => setReason(target.value)} />
                </label>
                <Refused error={moves.error} />
                <div className="row">
                  <button
                    type="button"
                    className="btn main"
                    disabled={moves.isPending}
                    onClick={() => {
                      // What has moved is no longer in the list, but is still told by its number.
                      setNumbers(new Map(seen.cases.map((one) => [one.id, one.number])));
                      moves.mutate({
                        body: { pack, version: seen.version, cases: fit.map((one) => one.id), reason },
                        key: newKey(),
                      });
                    }}
                  >
                    {say(w.moveAll, { n: fit.length })}
                  </button>
                </div>
              </form>
            )}
            <ul className="version-list">
              {seen.cases.map((one) => (
                <li key={one.id}>
                  <span className="version-head">
                    <b>{one.number}</b>
                    <span className="small">
                      {say(one.procedureTitle)} · {say(one.stateTitle)} · {one.from}
                    </span>
                    <span className={one.fits ? 'tag kept' : 'tag late'}>{say(one.fits ? w.fits : w.blocks)}</span>
                  </span>
                  <MoveFindings preview={one} />
                  {said.get(one.id)?.problem && (
                    <span className="note late">{say(said.get(one.id)?.problem?.message ?? w.blocks)}</span>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  );
}

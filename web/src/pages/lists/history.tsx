import { useQuery } from '@tanstack/react-query';
import { importsQuery, listKindsQuery, useUndoList } from '../../api/lists.ts';
import { Problem } from '../../api/problem.ts';
import { Refused } from '../../kit/refused.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const LOOK = { seen: 'tag', applied: 'tag kept', undone: 'tag soon' };

/** What was brought in, by whom and when; an import that nothing depends on can be taken back. */
export function History() {
  const { say } = useSpeech();
  const imports = useQuery(importsQuery).data ?? [];
  const kinds = useQuery(listKindsQuery).data ?? [];
  const undo = useUndoList();
  // The first of them repeats the sentence above.
  const holds = undo.error instanceof Problem ? (undo.error.body.errors ?? []).filter((one) => one.field) : [];
  return (
    <section className="card stack">
      <h2>{say(w.history)}</h2>
      {imports.length === 0 && <p className="muted">{say(w.none)}</p>}
      <Refused error={undo.error} />
      {holds.length > 0 && (
        <ul className="small">
          {holds.map((one) => (
            <li key={`${one.field} ${one.messages.zh}`}>{say(one.messages)}</li>
          ))}
        </ul>
      )}
      <ul className="lists-history">
        {imports.map((one) => {
          const kind = kinds.find(({ name }) => name === one.kind);
          return (
            <li key={one.id}>
              <span>
                <b>{one.fileName}</b>{' '}
                <span className="small muted">
                  {[
                    kind ? say(kind.title) : one.kind,
                    say(w.summary, one.counts),
                    one.madeByName,
                    one.madeAt.slice(0, 16).replace('T', ' '),
                  ].join(' · ')}
                </span>
              </span>
              <span className={LOOK[one.status]}>{say(w[one.status])}</span>
              {one.status === 'applied' && (
                <button
                  type="button"
                  className="btn tight"
                  aria-label={say(w.undoThis, { file: one.fileName })}
                  disabled={undo.isPending}
                  onClick={() => undo.mutate(one.id)}
                >
                  {say(w.undo)}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toldQuery } from '../../api/notice-settings.ts';
import { Refused } from '../../kit/refused.tsx';
import { ToldItem } from '../../notices/told-list.tsx';
import { w } from '../../notices/told-words.ts';
import { useSpeech } from '../../words/lang.tsx';

/** Who was told what, when, by which way, and whether it arrived; asked for when somebody wants to know. */
export function Told({ caseId }: { caseId: string }) {
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const { data, error } = useQuery({ ...toldQuery(caseId), enabled: open });
  return (
    <section className="card stack" aria-labelledby="told-title">
      <h2 id="told-title">{say(w.title)}</h2>
      {!open && (
        <button type="button" className="btn" onClick={() => setOpen(true)}>
          {say(w.open)}
        </button>
      )}
      <Refused error={error} />
      {data?.length === 0 && <p className="muted">{say(w.nobody)}</p>}
      {data && data.length > 0 && (
        <ol className="told-list">
          {data.map((told) => (
            <li key={told.seq}>
              <ToldItem told={told} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

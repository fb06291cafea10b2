import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import type { SamePersonView } from '../../api/contract.ts';
import { samePersonQuery, useInboxChange } from '../../api/inbox.ts';
import { wordsOf } from '../../api/problem.ts';
import { jw } from './alike-words.ts';
import type { Sight } from './sight.ts';

type Suggestion = SamePersonView['suggestions'][number];
type How = SamePersonView['joined'][number]['how'];
const CHECKS: readonly How[] = ['calledBack', 'answeredMail', 'atCounter', 'residentList'];

/** Other cases of whoever asked, and contacts that may be his too: joined only when somebody says how it was checked. */
export function SamePerson({ sight: { seen, say } }: { sight: Sight }) {
  const found = useQuery(samePersonQuery(seen.id)).data;
  const [how, setHow] = useState<How>('calledBack');
  const confirm = useInboxChange(({ id }: Suggestion) =>
    ask(`/cases/${seen.id}/same-person`, { method: 'POST', body: { suggestion: id, how } }),
  );
  const undo = useInboxChange((id: string) => ask(`/cases/${seen.id}/same-person/${id}`, { method: 'DELETE' }));
  if (!found || found.cases.length + found.suggestions.length + found.joined.length === 0) return null;
  const error = confirm.error ?? undo.error;
  return (
    <section className="card stack" aria-labelledby="same-person">
      <h2 id="same-person">{say(jw.person)}</h2>
      {found.cases.map(({ caseId, number, state }) => (
        <p key={caseId} className="row">
          <Link to="/cases/$id" params={{ id: caseId }} className="mono">
            {number}
          </Link>
          <span className="small muted">{say(state)}</span>
        </p>
      ))}
      {found.joined.map((one) => (
        <p key={one.id} className="row small">
          <span style={{ marginInlineEnd: 'auto' }}>
            {one.phone} · {one.email} · {say(jw[one.how])} · {one.by}
          </span>
          <button type="button" className="btn tight" disabled={undo.isPending} onClick={() => undo.mutate(one.id)}>
            {say(jw.undo)}
          </button>
        </p>
      ))}
      {found.suggestions.map((one) => (
        <form
          key={one.id}
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate(one);
          }}
        >
          <p>{say(jw.maybe, { phone: one.phone, email: one.email })}</p>
          <span className="row">
            <label className="row">
              <span className="small">{say(jw.how)}</span>
              <select
                className="input"
                style={{ width: 'auto' }}
                value={how}
                onChange={(event) => setHow(CHECKS.find((each) => each === event.target.value) ?? 'calledBack')}
              >
                {CHECKS.map((each) => (
                  <option key={each} value={each}>
                    {say(jw[each])}
                  </option>
                ))}
              </select>
            </label>
            <button type="submit" className="btn tight" disabled={confirm.isPending}>
              {say(jw.confirm)}
            </button>
          </span>
        </form>
      ))}
      {error !== null && (
        <p className="note late" role="alert">
          {say(wordsOf(error))}
        </p>
      )}
    </section>
  );
}

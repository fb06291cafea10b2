import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, newKey } from '../../api/client.ts';
import { alikeOfCaseQuery, useInboxChange } from '../../api/inbox.ts';
import { wordsOf } from '../../api/problem.ts';
import { aw } from '../intake/alike-words.ts';
import { jw } from './alike-words.ts';
import type { Sight } from './sight.ts';

/**
 * Whether the case is about the same thing as others: what may be, what was joined, one answer to all. What is `asked`
 * stands where the next step is chosen; what was answered stands aside.
 */
export function Alike({ sight: { seen, say }, asked = false }: { sight: Sight; asked?: boolean }) {
  const lead = seen.links.find(({ relation }) => relation === 'joinedTo');
  const members = seen.links.filter(({ relation }) => relation === 'member');
  const looks = lead === undefined && members.length === 0 && seen.closedAt === null;
  const found = useQuery({ ...alikeOfCaseQuery(seen.id), enabled: looks }).data;
  const join = useInboxChange((to: string) => ask(`/cases/${seen.id}/joining`, { method: 'POST', body: { lead: to } }));
  const split = useInboxChange((reason: string) =>
    ask<void>(`/cases/${seen.id}/splitting`, { method: 'POST', body: { reason } }),
  );
  const [key, setKey] = useState(newKey);
  const answer = useInboxChange((zh: string) =>
    ask(`/cases/${seen.id}/joint-answer`, { method: 'POST', body: { key, text: { zh } } }),
  );
  const [words, setWords] = useState('');
  const items = looks ? (found?.items ?? []) : [];
  if (asked ? items.length === 0 : !lead && members.length === 0) return null;
  const error = join.error ?? split.error ?? answer.error;
  return (
    <section className="card stack" aria-labelledby="alike-of-case">
      <h2 id="alike-of-case">{say(lead || members.length > 0 ? jw.together : aw.title)}</h2>
      {items.map((item) => (
        <div key={item.caseId} className="row">
          <span style={{ marginInlineEnd: 'auto', minWidth: 0 }}>
            <Link to="/cases/$id" params={{ id: item.caseId }} className="mono">
              {item.number}
            </Link>{' '}
            {item.summary} <span className="small muted">{say(aw[item.nearness])}</span>
          </span>
          <button
            type="button"
            className="btn tight"
            disabled={join.isPending}
            onClick={() => join.mutate(item.joinTo.caseId)}
          >
            {say(aw.join, { number: item.joinTo.number })}
          </button>
        </div>
      ))}
      {lead && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            split.mutate(words, { onSuccess: () => setWords('') });
          }}
        >
          <p>{say(jw.joinedTo, { number: lead.reference })}</p>
          <label className="field">
            <span className="label">{say(jw.splitWhy)}</span>
            <input className="input" value={words} onChange={(event) => setWords(event.target.value)} />
          </label>
          <button type="submit" className="btn" disabled={split.isPending || words.trim() === ''}>
            {say(jw.split)}
          </button>
        </form>
      )}
      {members.length > 0 && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            answer.mutate(words, {
              onSuccess: () => {
                setWords('');
                setKey(newKey());
              },
            });
          }}
        >
          <p>{say(jw.members, { n: members.length })}</p>
          <label className="field">
            <span className="label">{say(jw.answer)}</span>
            <textarea className="input" value={words} onChange={(event) => setWords(event.target.value)} />
          </label>
          <button type="submit" className="btn" disabled={answer.isPending || words.trim() === ''}>
            {say(jw.send, { n: members.length + 1 })}
          </button>
        </form>
      )}
      {error !== null && (
        <p className="note late" role="alert">
          {say(wordsOf(error))}
        </p>
      )}
    </section>
  );
}

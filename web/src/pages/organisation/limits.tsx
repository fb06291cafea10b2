import { useSuspenseQuery } from '@tanstack/react-query';
import type { StaffingView } from '../../api/contract.ts';
import { postsQuery } from '../../api/people.ts';
import { useMe } from '../../api/session.ts';
import { useStaffing } from '../../api/staffing.ts';
import { Refused } from '../../kit/refused.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { askedBy, LimitForm, sayLimit } from '../person/limit-form.tsx';
import { w as p } from '../person/words.ts';
import { w } from './words.ts';

/** Up to what sum holders of a post decide by themselves. */
export function PostLimits({ staffing }: { staffing: StaffingView }) {
  const { say } = useSpeech();
  const { administers } = useMe();
  const posts = useSuspenseQuery(postsQuery).data;
  const change = useStaffing();
  const titleOf = (all: readonly { code: string; title: { zh: string; en: string } }[], code: string): string => {
    const found = all.find((one) => one.code === code);
    return found ? say(found.title) : code;
  };
  const shown = staffing.limits.filter((one) => one.post !== null);
  return (
    <section className="card stack">
      <h2>{say(w.limits)}</h2>
      <p className="muted small">{say(w.limitsWhy)}</p>
      {shown.length === 0 && <p className="muted">{say(p.limitsNone)}</p>}
      <ul className="person-list">
        {shown.map((one) => (
          <li key={one.id}>
            <span>
              <b>{titleOf(posts, one.post ?? '')}</b> {titleOf(staffing.decisions, one.decision)}{' '}
              {sayLimit(one.upToFen, say)}{' '}
              <span className="small muted">{say(askedBy(staffing.decisions, one.decision, say))}</span>
            </span>
            {administers && (
              <button
                type="button"
                className="btn tight"
                aria-label={say(p.removeThis, {
                  decision: `${titleOf(posts, one.post ?? '')} · ${titleOf(staffing.decisions, one.decision)}`,
                })}
                disabled={change.isPending}
                onClick={() => change.mutate({ type: 'endLimit', id: one.id })}
              >
                {say(p.remove)}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Refused error={change.error} />
      {administers && (
        <details className="person-add">
          <summary>{say(w.addLimit)}</summary>
          <LimitForm
            decisions={staffing.decisions}
            whose={{ posts: posts.map(({ code, title }) => ({ code, title: say(title) })) }}
            postLabel={w.post}
          />
        </details>
      )}
    </section>
  );
}

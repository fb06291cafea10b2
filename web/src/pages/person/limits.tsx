import { useMe } from '../../api/session.ts';
import { useStaffing } from '../../api/staffing.ts';
import { Refused } from '../../kit/refused.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { askedBy, LimitForm, sayLimit } from './limit-form.tsx';
import type { Of } from './skills.tsx';
import { w } from './words.ts';

/** Up to what sum somebody decides: by a limit of his own, or by his posts. */
export function Limits({ staffing, person, posts }: Of & { posts: readonly { code: string; title: string }[] }) {
  const { say } = useSpeech();
  const { administers } = useMe();
  const change = useStaffing();
  const title = (code: string): string => {
    const found = staffing.decisions.find((one) => one.code === code);
    return found ? say(found.title) : code;
  };
  const postTitle = (code: string | null): string => posts.find((one) => one.code === code)?.title ?? '';
  const shown = staffing.limits.filter(
    (one) => one.personId === person.id || posts.some(({ code }) => code === one.post),
  );
  return (
    <section className="card stack">
      <h2>{say(w.limits)}</h2>
      <p className="muted small">{say(w.limitsWhy)}</p>
      {shown.length === 0 && <p className="muted">{say(w.limitsNone)}</p>}
      <ul className="person-list">
        {shown.map((one) => (
          <li key={one.id}>
            <span>
              <b>{title(one.decision)}</b> {sayLimit(one.upToFen, say)}{' '}
              <span className="small muted">
                {one.post === null ? say(w.own) : say(w.ofPost, { post: postTitle(one.post) })}
              </span>{' '}
              <span className="small muted">{say(askedBy(staffing.decisions, one.decision, say))}</span>
            </span>
            {administers && one.personId === person.id && (
              <button
                type="button"
                className="btn tight"
                aria-label={say(w.removeThis, { decision: title(one.decision) })}
                disabled={change.isPending}
                onClick={() => change.mutate({ type: 'endLimit', id: one.id })}
              >
                {say(w.remove)}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Refused error={change.error} />
      {administers && (
        <details className="person-add">
          <summary>{say(w.addLimit)}</summary>
          <LimitForm decisions={staffing.decisions} whose={{ personId: person.id }} />
        </details>
      )}
    </section>
  );
}

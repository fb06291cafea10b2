import { duties } from '@room/case/event.ts';
import type { Sight } from './sight.ts';
import { w } from './words.ts';

/** The four duties that procedures mix up, each with its person. */
export function Duties({ sight: { seen, say } }: { sight: Sight }) {
  return (
    <section className="card stack" aria-labelledby="duties-title">
      <h2 id="duties-title">{say(w.people)}</h2>
      <dl className="facts">
        {duties.map((duty) => (
          <div key={duty}>
            <dt>{say(w[duty])}</dt>
            <dd>{seen.duties[duty]?.name ?? <span className="muted">{say(w.nobody)}</span>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

import { duties } from '@room/case/event.ts';
import type { Sight } from './sight.ts';
import { w } from './words.ts';

/** The duties that this procedure gives to somebody, each by the name the procedure has for it and with its person. */
export function Duties({ sight: { seen, pack, procedure, say } }: { sight: Sight }) {
  const given = new Set(
    [procedure.intake, ...Object.values(procedure.steps)].flatMap(({ assigns }) => assigns.map(({ duty }) => duty)),
  );
  const titleOf = (duty: (typeof duties)[number]) =>
    Object.values(pack.roles).find((role) => 'duty' in role && role.duty === duty)?.title ?? w[duty];
  return (
    <section className="card stack" aria-labelledby="duties-title">
      <h2 id="duties-title">{say(w.people)}</h2>
      <dl className="facts">
        {duties
          .filter((duty) => given.has(duty) || seen.duties[duty])
          .map((duty) => (
            <div key={duty}>
              <dt>{say(titleOf(duty))}</dt>
              <dd>{seen.duties[duty]?.name ?? <span className="muted">{say(w.nobody)}</span>}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

import { Link } from '@tanstack/react-router';
import { Icon } from '../../kit/icons.tsx';
import type { Sight } from './sight.ts';
import { w } from './words.ts';

/** Cases that grew out of this one, and the one it grew out of. */
export function Links({ sight: { seen, pack, say } }: { sight: Sight }) {
  if (seen.links.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="links-title">
      <h2 id="links-title">{say(w.links)}</h2>
      <ul className="stack">
        {seen.links.map((link) => {
          const procedure = pack.procedures[link.procedure];
          const title = procedure ? say(procedure.title) : link.reference || say(w.origin);
          return (
            <li key={`${link.caseId}.${link.reference}.${link.relation}`} className="row">
              <Icon name="link" size={16} />
              {link.caseId ? (
                <Link to="/cases/$id" params={{ id: link.caseId }}>
                  {title}
                </Link>
              ) : (
                title
              )}
              {link.reference && <span className="small muted mono">{link.reference}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

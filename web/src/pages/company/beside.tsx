import type { PackSpec } from '../../api/contract.ts';
import { sayDuration, sayLimit } from '../../pack/limit.ts';
import { Notes } from '../../pack/notes.tsx';
import { postTitle } from '../../pack/posts.ts';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { PackScopeCard } from './scope.tsx';
import { w } from './words.ts';

/** What stands beside the clauses: roles, open questions decided, duties on the calendar, guidance. */
export function Beside({ pack }: { pack: PackSpec }) {
  const { say } = useSpeech();
  const roleKind = (role: PackSpec['roles'][string]): string => {
    if ('post' in role)
      return say(w.rolePost, {
        posts: join(
          role.post.map((post) => postTitle([pack], post, say)),
          say,
        ),
      });
    if ('duty' in role) return say(w.roleDuty);
    return say('superiorOf' in role ? w.roleSuperior : w.roleParty);
  };
  // A word chosen among the pack's own words is explained by its note.
  const value = (word: PackSpec['settings'][string]['value']): string =>
    typeof word === 'object'
      ? sayLimit(word, pack, say)
      : typeof word === 'string'
        ? sayDuration(word, say)
        : typeof word === 'number'
          ? String(word)
          : say(word ? w.yes : w.no);
  // A browser may keep a version from before there were notes.
  const notes = (pack.changes ?? []).toSorted((a, b) =>
    b.version.localeCompare(a.version, undefined, { numeric: true }),
  );
  return (
    <aside className="stack">
      <PackScopeCard pack={pack.pack} />
      <Notes notes={notes} as="h2" className="card" />
      <section className="card stack" aria-labelledby="roles">
        <h2 id="roles">{say(w.roles)}</h2>
        <dl className="beside">
          {Object.entries(pack.roles).map(([name, role]) => (
            <div key={name}>
              <dt>{say(role.title)}</dt>
              <dd className="small muted">{roleKind(role)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="card stack" aria-labelledby="settings">
        <h2 id="settings">{say(w.settings)}</h2>
        <dl className="beside">
          {Object.entries(pack.settings).map(([name, setting]) => (
            <div key={name}>
              <dt>
                {say(setting.title)} <span className="clause">{setting.clause}</span>
              </dt>
              <dd className="small">
                {value(setting.value) && <span className="tag">{value(setting.value)}</span>}{' '}
                {setting.note && <span className="muted">{say(setting.note)}</span>}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="card stack" aria-labelledby="schedules">
        <h2 id="schedules">{say(w.schedules)}</h2>
        <ul className="beside">
          {Object.entries(pack.schedules).map(([name, schedule]) => (
            <li key={name}>
              {say(schedule.title)} <span className="clause">{schedule.clause}</span>
            </li>
          ))}
        </ul>
      </section>
      {pack.builtIn.length > 0 && (
        <section className="card stack" aria-labelledby="built-in">
          <h2 id="built-in">{say(w.builtIn)}</h2>
          <ul className="beside small">
            {pack.builtIn.map((item) => (
              <li key={item.text.en}>
                {say(item.text)} <span className="clause">{item.clause}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="card stack" aria-labelledby="guidance">
        <h2 id="guidance">{say(w.guidance)}</h2>
        <ul className="beside small">
          {pack.guidance.map((item) => (
            <li key={item.text.en}>
              {say(item.text)} <span className="clause">{item.clause}</span>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  );
}

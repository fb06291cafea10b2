import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AllowedCommandView } from '../../api/contract.ts';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { whomToAsk } from '../../kit/whom-to-ask.ts';
import { roleTitle } from '../../pack/titles.ts';
import { join } from '../../words/join.ts';
import { CommandDialog } from './command-dialog.tsx';
import { OutsideDialog, outsideRolesOf } from './outside.tsx';
import type { Sight } from './sight.ts';
import { w } from './words.ts';

const ICONS: Record<AllowedCommandView['command'], IconName> = {
  register: 'plus',
  take: 'check',
  reassign: 'swap',
  grab: 'check',
  accept: 'check',
  decline: 'swap',
  annotate: 'note',
  move: 'swap',
};

const MANY = 1_000;

/** What can be done next, the usual way on first; what cannot yet, with the reason. */
export function Actions({ sight, allowed }: { sight: Sight; allowed: readonly AllowedCommandView[] }) {
  const { say, procedure, seen, pack } = sight;
  const [doing, setDoing] = useState<AllowedCommandView | null>(null);
  const [asking, setAsking] = useState(false);
  const open = allowed.filter((one) => one.allowed && one.mine);
  const steps = open
    .filter((one) => one.command === 'take')
    .sort((a, b) => Number(b.main) - Number(a.main) || rank(a) - rank(b));
  const always = open.filter((one) => one.command !== 'take');
  const blocked = allowed.filter((one) => !one.allowed && one.command === 'take');
  const mine = blocked.filter((one) => one.mine);
  const others = allowed.filter((one) => one.command === 'take' && !one.mine && !mine.includes(one) && isHere(one));
  // Of several usual ways on, first what stops the clock that ends next, then what is made for fewer states.
  function rank(one: AllowedCommandView): number {
    const step = procedure.steps[one.step ?? ''];
    if (step?.stops.some((stop) => stop.clock === seen.nextDeadline?.clock)) return 0;
    return step === undefined || step.from.includes('open') ? MANY : step.from.length;
  }
  function isHere(one: AllowedCommandView): boolean {
    const from = procedure.steps[one.step ?? '']?.from ?? [];
    return from.includes(seen.state) || (from.includes('open') && !procedure.states[seen.state]?.end);
  }
  const outside = outsideRolesOf(sight, allowed);
  const waits = procedure.states[seen.state]?.waitsFor ?? [];
  return (
    <section className="card stack" aria-labelledby="next-title">
      <h2 id="next-title">{say(w.next)}</h2>
      {steps.length === 0 && always.some((one) => one.main) && <p className="muted">{say(w.offered)}</p>}
      {steps.length === 0 && !always.some((one) => one.main) && (
        <p className="muted">
          {say(seen.archivedAt ? w.ended : w.nothing)}
          {waits.length > 0 &&
            ` · ${say(w.nothingWho, {
              who: join(
                waits.map((role) => roleTitle(pack, role, say)),
                say,
              ),
            })}`}
        </p>
      )}
      <div className="actions">
        {steps.map((one, index) => (
          <button
            key={one.step}
            type="button"
            className={one.main && index === 0 ? 'btn main big' : 'btn'}
            onClick={() => setDoing(one)}
          >
            {say(one.title)}
            {one.standsInFor && ` · ${say(w.standsInFor, { name: one.standsInFor.name })}`}
            <span className="action-clause">§ {one.clause}</span>
          </button>
        ))}
        {always.map((one) => (
          <button
            key={one.command}
            type="button"
            className={one.main ? 'btn main big' : 'btn plain'}
            onClick={() => setDoing(one)}
          >
            <Icon name={ICONS[one.command]} size={16} />
            {say(one.title)}
          </button>
        ))}
        {outside.length > 0 && (
          <button type="button" className="btn plain" onClick={() => setAsking(true)}>
            <Icon name="swap" size={16} />
            {say(w.outside)}
          </button>
        )}
      </div>
      {asking && <OutsideDialog sight={sight} roles={outside} onClose={() => setAsking(false)} />}
      <Blocked title={say(w.notNow, { n: mine.length })} list={mine} sight={sight} />
      <Blocked title={say(w.others, { n: others.length })} list={others} sight={sight} />
      {doing && (
        <CommandDialog key={doing.step ?? doing.command} sight={sight} allowed={doing} onClose={() => setDoing(null)} />
      )}
    </section>
  );
}

/** Acts that exist but not now or not for me: greyed, with why and who can help. */
function Blocked({
  title,
  list,
  sight: { say, seen },
}: {
  title: string;
  list: readonly AllowedCommandView[];
  sight: Sight;
}) {
  if (list.length === 0) return null;
  return (
    <details className="blocked">
      <summary>{title}</summary>
      <ul>
        {list.map((one) => (
          <li key={one.step}>
            <span className="blocked-title">
              <Icon name="lock" size={14} />
              {say(one.title)} <span className="clause">{one.clause}</span>
            </span>
            {one.why.map((why) => (
              <span key={why.code} className="small muted">
                {say(why.message)}
                {whomToAsk(say, why)}
              </span>
            ))}
            <Link className="small" to="/powers" search={{ case: seen.id, action: one.step ?? one.command }}>
              {say(w.whyNot)}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}

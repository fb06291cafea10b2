import { text } from '@room/kernel/text.ts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { powersQuery } from '../api/powers.ts';
import { useMe } from '../api/session.ts';
import { join } from '../words/join.ts';
import { useSpeech } from '../words/lang.tsx';
import { DAILY, GROUPS, type PageLink } from './pages.ts';
import { w } from './words.ts';

/** The power a page is for. What opens it to nobody else is still the server. */
const POWER = { administers: 'organisation', readsLooks: 'looks' } as const;

/** A page, or, for whoever can do nothing on it, who it is for. */
export function Allowed({ path, children }: { path: string; children: ReactNode }) {
  const me = useMe();
  const page = [...DAILY, ...GROUPS.flatMap(({ pages }) => pages)].find(({ to }) => to === path);
  if (page?.only === undefined || page.only === 'calls' || me[page.only]) return children;
  return <NotForYou page={page} power={POWER[page.only]} />;
}

const why = text(
  '本页供有“{power}”权限的岗位使用：{who}。需要办理请找上述人员；应由您办理的，须先在“人员”页任命您担任其中一个岗位。',
  'This page is for posts with the power “{power}”: {who}. Ask one of them; where it is yours to do, you are first appointed to such a post on the page “People”.',
);
const inPost = text('{post}（{names}）', '{post} ({names})');

function NotForYou({ page, power }: { page: PageLink; power: string }) {
  const { say } = useSpeech();
  const found = useSuspenseQuery(powersQuery).data.find((one) => one.power === power);
  const who = (found?.posts ?? []).map(({ title, holders }) =>
    holders.length === 0
      ? say(title)
      : say(inPost, {
          post: say(title),
          names: join(
            holders.map(({ name }) => name),
            say,
          ),
        }),
  );
  return (
    <>
      <div className="page-head">
        <h1>{say(page.title)}</h1>
      </div>
      <div className="card stack">
        <p>{say(why, { power: found ? say(found.title) : '', who: join(who, say) })}</p>
        <div className="row">
          <Link to="/powers" search={{ action: power }} className="btn">
            {say(w.powers)}
          </Link>
          <Link to="/" className="btn">
            {say(w.toWorklist)}
          </Link>
        </div>
      </div>
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { callsQuery } from '../api/calls.ts';
import { useLive } from '../api/live.ts';
import { useSession } from '../api/session.ts';
import { Icon, Mark } from '../kit/icons.tsx';
import { useKeys } from '../kit/keys.ts';
import { Bell } from '../notices/bell.tsx';
import { useSpeech } from '../words/lang.tsx';
import { AccountMenu } from './account.tsx';
import { Boundary } from './boundary.tsx';
import { More } from './more.tsx';
import { DAILY, shownTo, titleOf } from './pages.ts';
import { w } from './words.ts';

const SandboxBar = lazy(() => import('../sandbox/bar.tsx'));
const CallPop = lazy(() => import('../calls/pop.tsx'));
const AccountAlerts = lazy(() => import('./account-alerts.tsx'));

/** What stands around every page: the way to the others, the bell, who I am and, in the sandbox, the clock. */
export function Shell({ children }: { children: ReactNode }) {
  const { say, lang } = useSpeech();
  const session = useSession();
  useLive(session.signedIn?.person.id);
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  // A page that failed is left only once the next one is there: until then the failed one would be drawn again and fail for both.
  const shown = useRouterState({ select: (state) => (state.resolvedLocation ?? state.location).pathname });
  useKeys({ n: () => void navigate({ to: '/intake' }) });
  const company = session.company;
  const calls = useQuery(callsQuery).data;
  const waiting = (calls?.missed.length ?? 0) + (calls?.unsettled.length ?? 0);
  const pages = shownTo(DAILY, session.signedIn, calls?.mayAnswer === true || calls?.readsFigures === true);
  const title = titleOf(path);
  useEffect(() => {
    document.title = title ? `${say(title)} · ${say(w.name)}` : say(w.name);
  }, [title, say]);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {say(w.toMain)}
      </a>
      {session.sandbox && (
        <Suspense fallback={<div className="sandbox" />}>
          <SandboxBar />
        </Suspense>
      )}
      <header className="top">
        <Link to="/" className="brand">
          <Mark />
          <span className="brand-words">
            <b>{say(w.name)}</b>
            {company && <span>{lang === 'en' && company.nameEn ? company.nameEn : company.name}</span>}
          </span>
        </Link>
        <nav aria-label={say(w.pages)} className="pages">
          {pages.map(({ to, icon, title }) => (
            <Link key={to} to={to} aria-current={path === to ? 'page' : undefined}>
              <Icon name={icon} size={20} />
              <span>{say(title)}</span>
              {to === '/calls' && waiting > 0 && <span className="pages-count">{waiting > 99 ? '99+' : waiting}</span>}
            </Link>
          ))}
          <More path={path} me={session.signedIn} />
        </nav>
        <div className="top-end">
          <Bell />
          <AccountMenu />
        </div>
      </header>
      <Suspense fallback={null}>
        <CallPop />
      </Suspense>
      <main id="main" tabIndex={-1}>
        {(session.signedIn?.alerts.length ?? 0) > 0 && (
          <Suspense fallback={null}>
            <AccountAlerts />
          </Suspense>
        )}
        {/* Whoever sits down next is shown nothing that was drawn for the one before. */}
        <Boundary key={`${shown} ${session.signedIn?.person.id}`}>
          <Suspense fallback={<PageSkeleton />}>{children}</Suspense>
        </Boundary>
      </main>
    </div>
  );
}

function PageSkeleton() {
  const { say } = useSpeech();
  return (
    <div className="stack" aria-busy="true">
      <p className="only-read">{say(w.loading)}</p>
      <div className="skeleton" style={{ height: '2.5rem', width: '40%' }} />
      <div className="skeleton" style={{ height: '5rem' }} />
      <div className="skeleton" style={{ height: '5rem' }} />
    </div>
  );
}

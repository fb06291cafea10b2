import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { wordsOf } from '../api/problem.ts';
import { sessionQuery } from '../api/session.ts';
import { Mark } from '../kit/icons.tsx';
import { useSpeech } from '../words/lang.tsx';
import { w } from './words.ts';

const FirstRun = lazy(() => import('../pages/first-run/page.tsx'));
const MustDo = lazy(() => import('./must-do.tsx'));
const SignIn = lazy(() => import('../pages/sign-in/page.tsx'));

/** Lets only signed-in people through; the first visitor of a new installation is asked what to set up. */
export function Gate({ children }: { children: ReactNode }) {
  const { say } = useSpeech();
  const session = useQuery(sessionQuery);
  // A line that breaks later takes nothing off the screen: what is being typed stays.
  if (session.isError && !session.data)
    return (
      <main className="empty">
        <Mark size={48} />
        <h1>{say(w.noServer)}</h1>
        <p role="alert">{say(wordsOf(session.error))}</p>
        <button type="button" className="btn main" onClick={() => session.refetch()}>
          {say(w.again)}
        </button>
      </main>
    );
  if (!session.data) return <Splash />;
  if (session.data.setup === 'fresh')
    return (
      <Suspense fallback={<Splash />}>
        <FirstRun />
      </Suspense>
    );
  if (!session.data.signedIn)
    return (
      <Suspense fallback={<Splash />}>
        <SignIn />
      </Suspense>
    );
  const { must } = session.data.signedIn;
  if (must !== null)
    return (
      <Suspense fallback={<Splash />}>
        <MustDo what={must} />
      </Suspense>
    );
  return children;
}

/** Shown for the blink before the first answer. */
export function Splash() {
  const { say } = useSpeech();
  return (
    <main className="empty" aria-busy="true">
      <Mark size={48} />
      <p>{say(w.loading)}</p>
    </main>
  );
}

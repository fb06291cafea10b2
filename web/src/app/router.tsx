import { createRootRoute, createRoute, createRouter, Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useSpeech } from '../words/lang.tsx';
import { Gate, Splash } from './gate.tsx';
import { Allowed } from './not-for-you.tsx';
import { Shell } from './shell.tsx';
import { w } from './words.ts';

const JOIN = '/join';

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });

const page = <const P extends string>(path: P, load: Parameters<typeof lazy>[0]) =>
  createRoute({ getParentRoute: () => root, path, component: lazy(load) });

const word = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const powers = createRoute({
  getParentRoute: () => root,
  path: '/powers',
  validateSearch: (
    asked: Record<string, unknown>,
  ): {
    person?: string | undefined;
    case?: string | undefined;
    action?: string | undefined;
  } =>
    Object.fromEntries(
      ['person', 'case', 'action'].flatMap((key) => (word(asked[key]) ? [[key, word(asked[key])]] : [])),
    ),
  component: lazy(() => import('../pages/powers/page.tsx')),
});

const routes = [
  powers,
  page('/', () => import('../pages/worklist/page.tsx')),
  page('/intake', () => import('../pages/intake/page.tsx')),
  page('/cases/$id', () => import('../pages/case/page.tsx')),
  page('/company', () => import('../pages/company/page.tsx')),
  page('/looks', () => import('../pages/looks/page.tsx')),
  page('/versions', () => import('../pages/versions/page.tsx')),
  page('/awaiting', () => import('../pages/awaiting/page.tsx')),
  page('/people', () => import('../pages/people/page.tsx')),
  page('/people/$id', () => import('../pages/person/page.tsx')),
  page('/organisation', () => import('../pages/organisation/page.tsx')),
  page('/outside', () => import('../pages/outside/page.tsx')),
  page('/handover', () => import('../pages/handover/page.tsx')),
  page('/lists', () => import('../pages/lists/page.tsx')),
  page('/shifts', () => import('../pages/shifts/page.tsx')),
  page('/change-of-shift', () => import('../pages/change-of-shift/page.tsx')),
  page('/premises', () => import('../pages/premises/page.tsx')),
  page('/account', () => import('../pages/account/page.tsx')),
  page(JOIN, () => import('../pages/join/page.tsx')),
  page('/keys', () => import('../pages/keys/page.tsx')),
  page('/calls', () => import('../pages/calls/page.tsx')),
  page('/incidents', () => import('../pages/incidents/page.tsx')),
  page('/connect', () => import('../pages/connect/page.tsx')),
  page('/integrations', () => import('../pages/integrations/page.tsx')),
  page('/notices', () => import('../pages/notices/page.tsx')),
  page('/notice-settings', () => import('../pages/notice-settings/page.tsx')),
  page('/dead-letters', () => import('../pages/dead-letters/page.tsx')),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** Everything but an invitation is for people who have signed in. */
function Frame() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (path === JOIN)
    return (
      <Suspense fallback={<Splash />}>
        <Outlet />
      </Suspense>
    );
  return (
    <Gate>
      <Shell>
        <Allowed path={path}>
          <Outlet />
        </Allowed>
      </Shell>
    </Gate>
  );
}

function NotFound() {
  const { say } = useSpeech();
  return (
    <div className="empty">
      <h1>{say(w.notFound)}</h1>
      <Link to="/" className="btn">
        {say(w.toWorklist)}
      </Link>
    </div>
  );
}

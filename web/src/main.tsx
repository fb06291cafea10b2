import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from './api/problem.ts';
import { sessionQuery } from './api/session.ts';
import { router } from './app/router.tsx';
import './kit/tokens.css';
import './kit/controls.css';
import './fields/fields.css';
import './app/shell.css';
import { LangProvider } from './words/lang.tsx';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays a refusal; only a broken line is tried again.
      retry: (count, cause) => !(cause instanceof Problem) && count < 2,
      refetchOnWindowFocus: true,
      // The server often stands in the same house: being cut off from the world says nothing about it.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
client.getQueryCache().subscribe(({ query }) => {
  const cause: unknown = query.state.error;
  if (cause instanceof Problem && cause.body.status === 401 && query.queryKey[0] !== 'session')
    void client.invalidateQueries(sessionQuery);
});

// A page left open over an update asks for files that are gone; a reload brings the new ones. What was typed is kept.
addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('huiyin.reloaded') ?? 0);
  if (Date.now() - last < 30_000) return;
  sessionStorage.setItem('huiyin.reloaded', String(Date.now()));
  event.preventDefault();
  location.reload();
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <LangProvider>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </LangProvider>
  </StrictMode>,
);

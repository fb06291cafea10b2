import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { at } from '../time/format.ts';
import { learnNow } from '../time/now.ts';
import { ask } from './client.ts';
import type { SessionView, SetupBody, SignInBody } from './contract.ts';

const learn = (session: SessionView): SessionView => {
  learnNow(at(session.now));
  return session;
};

/** Who I am and what time it is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => learn(await ask<SessionView>('/session')),
  staleTime: 60_000,
});

export const useSession = (): SessionView => useSuspenseQuery(sessionQuery).data;

/** The signed-in person; pages below the gate always have one. */
export function useMe(): NonNullable<SessionView['signedIn']> {
  const { signedIn } = useSession();
  if (!signedIn) throw new Error('useMe stands outside the gate');
  return signedIn;
}

/** Signs in, replacing everything that was loaded for somebody else. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SignInBody) => ask<SessionView>('/session', { method: 'POST', body }),
    onSuccess: (session) => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'pack' && query.queryKey[0] !== 'session' });
      client.setQueryData(sessionQuery.queryKey, learn(session));
    },
  });
}

/** Replaces one's own password; every other place is signed out. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { current: string; password: string }) =>
      ask<SessionView>('/session/password', { method: 'POST', body }),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, learn(session)),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => ask<void>('/session', { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries(sessionQuery),
  });
}

/** Answers the first question: demo company or one's own; `code` is what the terminal shows, empty where none is asked for. */
export function useSetup(code: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SetupBody) =>
      ask<SessionView>('/setup', { method: 'POST', body: code === '' ? body : { ...body, code } }),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, learn(session)),
  });
}

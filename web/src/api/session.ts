import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { at } from '../time/format.ts';
import { learnNow } from '../time/now.ts';
import { ask } from './client.ts';
import type { SessionView, SetupBody, SignInBody, StepView } from './contract.ts';

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

/** A door's answer: a session, or a second question. */
export type Entrance = SessionView | StepView;
export const isStep = (said: Entrance): said is StepView => 'step' in said;

/** Goes through a door of the server; a session replaces everything that was loaded for somebody else. */
export function useDoor<Wish>(knock: (wish: Wish) => Promise<Entrance>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: knock,
    onSuccess: (said) => {
      if (isStep(said)) return;
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'pack' && query.queryKey[0] !== 'session' });
      client.setQueryData(sessionQuery.queryKey, learn(said));
    },
  });
}

const post =
  (path: string) =>
  (body: object): Promise<Entrance> =>
    ask<Entrance>(path, { method: 'POST', body });

/** By user name and password, or in the demo by choosing somebody. */
export const useSignIn = () => useDoor<SignInBody>(post('/session'));
/** The second question answered by a code of the app or a recovery code. */
export const useSecondFactor = () => useDoor<{ step: string; code: string }>(post('/session/second-factor'));
export const useEnterCode = () => useDoor<{ step: string; code: string }>(post('/session/code/entry'));
export const useAcceptInvitation = () => useDoor<{ token: string; password: string }>(post('/invitations/acceptance'));

/** Orders a code to a proved address. */
export const useOrderCode = () =>
  useMutation({
    mutationFn: (body: { account: string; way: 'email' | 'sms'; tenant?: string }) =>
      ask<StepView>('/session/code', { method: 'POST', body }),
  });

/** By passkey: the browser's own dialog stands between question and answer. */
export const usePasskey = () =>
  useDoor<{ tenant?: string }>(async (wish) => {
    const { startAuthentication } = await import('@simplewebauthn/browser');
    const asked = await ask<{ step: string; options: never }>('/session/passkey/question', {
      method: 'POST',
      body: wish,
    });
    const response = await startAuthentication({ optionsJSON: asked.options });
    return post('/session/passkey')({ step: asked.step, response });
  });

/** Replaces one's own password; every other place is signed out. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { current?: string; password: string }) =>
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

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { FirstAccess, HandOver, HandOverBody, HireBody, Invite, Post, PostsBody, Staff } from './contract.ts';

/** A person as whoever runs the organisation sees him: posts, account, open cases. */
export const staffQuery = (id: string) =>
  queryOptions({ queryKey: ['people', 'staff', id], queryFn: () => ask<Staff>(`/people/${id}`) });

/** Every post that can be given. */
export const postsQuery = queryOptions({
  queryKey: ['posts'],
  queryFn: () => ask<Post[]>('/posts'),
  staleTime: 300_000,
});

export interface Hired {
  person: Staff;
  access: FirstAccess | null;
}

/** One change of the organisation; afterwards every list of people is asked for again. */
function useChange<Wish, Said>(send: (wish: Wish) => Promise<Said>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    // A refusal may have come because somebody else was faster.
    onSettled: () => client.invalidateQueries({ queryKey: ['people'] }),
  });
}
const post = <Said>(path: string, body: object): Promise<Said> => ask<Said>(path, { method: 'POST', body });

export const useHire = () => useChange((body: HireBody) => post<Hired>('/people', body));
export const usePosting = (id: string) =>
  useChange((body: PostsBody) => ask<Staff>(`/people/${id}`, { method: 'PATCH', body }));
export const useAccount = (id: string) =>
  useChange((body: { username?: string }) => post<FirstAccess>(`/people/${id}/account`, body));
export const useHandOver = (id: string) =>
  useChange((body: HandOverBody) => post<HandOver>(`/people/${id}/hand-over`, body));
export const useDeactivate = (id: string) => useChange(() => post<Staff>(`/people/${id}/deactivation`, {}));
export const useInvite = (id: string) =>
  useChange((body: { username?: string; byEmail: boolean }) => post<Invite>(`/people/${id}/invitation`, body));
/** Withdraws the invitation, unlocks, signs out everywhere, or takes second factors away. */
export const useTakeAway = (id: string) =>
  useChange((what: 'invitation' | 'lock' | 'sessions' | 'second-factor') =>
    ask<Staff>(`/people/${id}/${what}`, { method: 'DELETE' }),
  );

import type { Text } from '@room/kernel/text.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { at } from '../time/format.ts';
import { learnNow } from '../time/now.ts';
import { ask } from './client.ts';
import type { ClockMove, ClockState } from './contract.ts';

export interface DemoPerson {
  personId: string;
  name: string;
  posts: Text[];
  unit: string | null;
}

/** People of the demo company one can be. */
export const demoPeopleQuery = queryOptions({
  queryKey: ['demo-people'],
  queryFn: () => ask<DemoPerson[]>('/sandbox/people'),
  staleTime: 300_000,
});

/** Moves the sandbox's time forward; all that comes due on the way has happened when the answer is there. */
export function useMoveClock() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ClockMove) => ask<ClockState>('/sandbox/clock', { method: 'POST', body }),
    onSuccess: (state) => {
      learnNow(at(state.now));
      return client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'pack' });
    },
  });
}

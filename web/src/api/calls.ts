import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { CallerCard, CallView } from './contract.ts';

export interface Calls {
  running: CallerCard[];
  unsettled: CallView[];
  missed: CallView[];
  mayAnswer: boolean;
  readsFigures: boolean;
}
/** Calls that concern the person who looks. Asked again now and then too: a missed call is overdue without any news. */
export const callsQuery = queryOptions({
  queryKey: ['calls'],
  queryFn: ({ signal }) => ask<Calls>('/calls', { signal }),
  refetchInterval: 60_000,
});

export const callsOfCaseQuery = (id: string) =>
  queryOptions({ queryKey: ['case', id, 'calls'], queryFn: () => ask<{ items: CallView[] }>(`/cases/${id}/calls`) });

/** A call taken over: from now on its number is this person's to see. */
export interface Taking {
  call: CallerCard;
  phone: string | null;
  name: string | null;
  place: { premisesId: string; text: string } | null;
}
export const takeCall = (id: string) => ask<Taking>(`/calls/${id}/taking`, { method: 'POST' });

export type CallOutcome = { case: string } | { reason: NonNullable<CallView['reason']>; note: string };
export const settleCall = (id: string, body: CallOutcome) =>
  ask<CallView>(`/calls/${id}/outcome`, { method: 'POST', body });

/** Acts on a call; the lists are asked for again. */
export function useCallChange<Wish, Answer>(act: (wish: Wish) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries({ queryKey: ['calls'] }) });
}

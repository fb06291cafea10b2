import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { ShiftChange, ShiftList, ShiftListBody } from './contract.ts';

/** What the viewer would hand over now, and the lists of the last days. */
export const shiftChangeQuery = queryOptions({
  queryKey: ['shift-lists'],
  queryFn: () => ask<ShiftChange>('/shift-lists'),
});

function useChange<Wish>(send: (wish: Wish) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    // A refusal may have come because a case changed hands meanwhile.
    onSettled: () =>
      Promise.all([['shift-lists'], ['worklist']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
const post = (path: string, body: object) => ask<ShiftList>(`/shift-lists${path}`, { method: 'POST', body });

export const useConfirmShift = () => useChange((body: ShiftListBody) => post('', body));
export const useAcceptShift = (id: string) =>
  useChange((cases: string[] | null) => post(`/${id}/acceptance`, cases === null ? {} : { cases }));
export const useObjectShift = (id: string) =>
  useChange((body: { caseId: string; reason: string }) => post(`/${id}/objection`, body));
export const useShiftRules = () =>
  useChange((body: { [name: string]: number | boolean }) => ask('/shift-rules', { method: 'PUT', body }));

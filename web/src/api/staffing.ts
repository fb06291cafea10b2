import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { StaffingBody, StaffingView } from './contract.ts';

/** Shifts, leave and the like from a day on, for a week. */
export const staffingQuery = (from: string) =>
  queryOptions({
    queryKey: ['staffing', from],
    queryFn: () => ask<StaffingView>(`/staffing?days=7${from === '' ? '' : `&from=${from}`}`),
  });

export function useStaffing() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: StaffingBody) => ask<StaffingView>('/staffing', { method: 'POST', body }),
    onSettled: () => Promise.all([['staffing'], ['people']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

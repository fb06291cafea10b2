import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { NoticeView } from './contract.ts';

/** Messages to me, latest first. */
export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: () => ask<{ items: NoticeView[]; unread: number }>('/notices'),
  staleTime: 30_000,
});

export function useReading() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) =>
      Promise.all(ids.map((id) => ask<void>(`/notices/${encodeURIComponent(id)}/reading`, { method: 'POST' }))),
    onSettled: () => client.invalidateQueries(noticesQuery),
  });
}

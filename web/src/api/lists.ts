import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { ImportRowView, ImportView, ListKindView } from './contract.ts';

/** Lists that can be brought in and written out. */
export const listKindsQuery = queryOptions({
  queryKey: ['lists'],
  queryFn: () => ask<ListKindView[]>('/lists'),
  staleTime: Number.POSITIVE_INFINITY,
});

/** What was brought in, newest first. */
export const importsQuery = queryOptions({ queryKey: ['imports'], queryFn: () => ask<ImportView[]>('/imports') });

/** Rows of an import: the faulty ones, or all; the first hundred. Personal data in clear on a reason, which is logged. */
export const importRowsQuery = (id: string, verdict: ImportRowView['verdict'] | '', reason = '') =>
  queryOptions({
    queryKey: ['imports', id, 'rows', verdict, reason],
    queryFn: () => {
      const asked = new URLSearchParams({
        ...(verdict === '' ? {} : { verdict }),
        ...(reason === '' ? {} : { reason }),
      });
      return ask<ImportRowView[]>(`/imports/${id}/rows?${asked}`);
    },
  });

function useImporting<Wish>(send: (wish: Wish) => Promise<ImportView>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () =>
      Promise.all(
        [['imports'], ['people'], ['premises'], ['places'], ['staffing']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

export const useSendList = (kind: string) =>
  useImporting((file: File) => {
    const body = new FormData();
    body.append('file', file);
    return ask<ImportView>(`/lists/${kind}/imports`, { method: 'POST', body });
  });
export const useApplyList = () =>
  useImporting(({ id, onlyGood }: { id: string; onlyGood: boolean }) =>
    ask<ImportView>(`/imports/${id}/application`, { method: 'POST', body: { onlyGood } }),
  );
export const useUndoList = () =>
  useImporting((id: string) => ask<ImportView>(`/imports/${id}/undoing`, { method: 'POST', body: {} }));

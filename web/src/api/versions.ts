import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type {
  MoveBody,
  MoveList,
  MovePreview,
  OrderRows,
  PackHistory,
  ProposalDecision,
  ProposalDetail,
} from './contract.ts';

/** Versions handed in, decided, in force; and what lies in the folder. */
export const historyQuery = queryOptions({
  queryKey: ['versions', 'history'],
  queryFn: () => ask<PackHistory>('/pack-proposals'),
});

export const proposalQuery = (id: string) =>
  queryOptions({ queryKey: ['versions', 'one', id], queryFn: () => ask<ProposalDetail>(`/pack-proposals/${id}`) });

/** Running cases that follow an older version, each with its verdict. */
export const movesQuery = (pack: string) =>
  queryOptions({ queryKey: ['versions', 'moves', pack], queryFn: () => ask<MoveList>(`/pack-moves?pack=${pack}`) });

export const moveQuery = (id: string) =>
  queryOptions({ queryKey: ['case', id, 'move'], queryFn: () => ask<MovePreview>(`/cases/${id}/move`) });

/** One change of versions; afterwards everything that depends on them is asked for again. */
function useChange<Wish, Said>(send: (wish: Wish) => Promise<Said>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => ['versions', 'packs', 'session'].includes(String(queryKey[0])),
      }),
  });
}

/** Files as they were chosen, or a folder of the server. */
export type HandIn = { files: readonly File[]; note: string } | { folder: string; note: string };

export const useHandIn = () =>
  useChange((wish: HandIn) => {
    if ('folder' in wish) return ask<ProposalDetail>('/pack-proposals', { method: 'POST', body: wish });
    const form = new FormData();
    form.append('note', wish.note);
    for (const file of wish.files) form.append('file', file, file.name);
    return ask<ProposalDetail>('/pack-proposals/upload', { method: 'POST', body: form });
  });
export const useDecision = (id: string) =>
  useChange((body: ProposalDecision) =>
    ask<ProposalDetail>(`/pack-proposals/${id}/decision`, { method: 'POST', body }),
  );
export const useMoves = () =>
  useChange(({ body, key }: { body: MoveBody; key: string }) =>
    ask<OrderRows>('/pack-moves', { method: 'POST', body, key }),
  );

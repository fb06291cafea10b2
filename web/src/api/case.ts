import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, newKey } from './client.ts';
import type { AllowedCommandView, CaseView, CommandBody, JournalEntryView, WireValues } from './contract.ts';
import { Problem } from './problem.ts';

export const caseQuery = (id: string) =>
  queryOptions({ queryKey: ['case', id, 'view'], queryFn: () => ask<CaseView>(`/cases/${id}`) });

export const journalQuery = (id: string) =>
  queryOptions({ queryKey: ['case', id, 'journal'], queryFn: () => ask<JournalEntryView[]>(`/cases/${id}/journal`) });

export const allowedQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'allowed'],
    queryFn: () => ask<AllowedCommandView[]>(`/cases/${id}/allowed-commands`),
  });

export interface Order {
  body: CommandBody;
  /** The entry up to which the sender has looked. */
  seen: number;
  key: string;
}

const give = (id: string, { body, seen, key }: Order): Promise<CaseView> =>
  ask<CaseView>(`/cases/${id}/commands`, { method: 'POST', body, seen, key });

/** Up to which entry to look instead, when only the program itself (a clock, a notice) wrote meanwhile. */
const pastTheProgram = (cause: unknown): number | undefined => {
  if (!(cause instanceof Problem) || cause.body.status !== 412) return undefined;
  const { changes, seq } = cause.body;
  return changes?.every(({ byProgram }) => byProgram) ? seq : undefined;
};

/** Gives an order on a case; its new state is shown at once. Nobody is asked about what no person did. */
export function useCommand(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: Order) =>
      give(id, order).catch((cause: unknown) => {
        const seen = pastTheProgram(cause);
        if (seen === undefined) throw cause;
        return give(id, { ...order, seen, key: newKey() });
      }),
    onSuccess: async (view) => {
      client.setQueryData(caseQuery(id).queryKey, view);
      await Promise.all([
        client.invalidateQueries({ queryKey: ['case', id] }),
        client.invalidateQueries({ queryKey: ['worklist'] }),
      ]);
    },
  });
}

export interface Disclosure {
  values: WireValues;
  entries: { seq: number; step: string; values: WireValues }[];
  until: string;
}

/** Personal values in clear; the reason is written down before they are shown. */
export function useDisclosure(id: string) {
  return useMutation({
    mutationFn: (reason: string) => ask<Disclosure>(`/cases/${id}/disclosure`, { method: 'POST', body: { reason } }),
  });
}

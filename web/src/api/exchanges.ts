import type { ExchangeBody, ExchangeView } from '@room/http/contract/call.ts';
import type { FindingView } from '@room/http/contract/connection.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';

export type { ExchangeBody, ExchangeView } from '@room/http/contract/call.ts';

/** Telephone exchanges of the company. */
export const exchangesQuery = queryOptions({
  queryKey: ['exchanges'],
  queryFn: async () => (await ask<{ items: ExchangeView[] }>('/exchanges')).items,
});

export const addExchange = (body: ExchangeBody) =>
  ask<{ exchange: ExchangeView; secret: string }>('/exchanges', { method: 'POST', body });
export const changeExchange = ({ id, body }: { id: string; body: ExchangeBody }) =>
  ask<ExchangeView>(`/exchanges/${id}`, { method: 'PUT', body });
export const renewExchange = (id: string) => ask<{ secret: string }>(`/exchanges/${id}/secret`, { method: 'POST' });
export const retireExchange = (id: string) => ask<void>(`/exchanges/${id}`, { method: 'DELETE' });

/** Tries an exchange as it was saved. */
export const checkExchange = async (id: string) =>
  (await ask<{ findings: FindingView[] }>(`/exchanges/${id}/check`, { method: 'POST' })).findings;

/** Sends a change; the list is asked for again afterwards, and who sees calls too. */
export function useExchangeChange<Wish, Answer>(send: (wish: Wish) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => Promise.all(['exchanges', 'calls'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { DeliveryView, WebhookBody, WebhookView } from './contract.ts';

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: () => ask<{ items: WebhookView[]; fields: string[] }>('/webhooks'),
});

export const deliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id, 'deliveries'],
    queryFn: () => ask<{ items: DeliveryView[] }>(`/webhooks/${id}/deliveries?limit=30`),
    // What is on its way may have arrived meanwhile.
    refetchInterval: 5_000,
  });

export const subscribe = (body: WebhookBody) =>
  ask<{ webhook: WebhookView; secret: string }>('/webhooks', { method: 'POST', body });
export const setStatus = ({ id, status }: { id: string; status: WebhookView['status'] }) =>
  ask<WebhookView>(`/webhooks/${id}`, { method: 'PATCH', body: { status } });
export const changeSecret = (id: string) => ask<{ secret: string }>(`/webhooks/${id}/secret`, { method: 'POST' });
export const sendAgain = ({ id, delivery }: { id: string; delivery: string }) =>
  ask<void>(`/webhooks/${id}/deliveries/${delivery}/sending`, { method: 'POST' });

/** Sends a change; the lists are asked for again afterwards. */
export function useWebhookChange<Body, Answer>(send: (body: Body) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: send, onSuccess: () => client.invalidateQueries({ queryKey: ['webhooks'] }) });
}

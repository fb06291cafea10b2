import type { ConnectionBody, ConnectionView, FindingView, MailView } from '@room/http/contract/connection.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';

export type { ConnectionView, FindingView, MailView } from '@room/http/contract/connection.ts';

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: () => ask<{ items: ConnectionView[]; mail: MailView }>('/connections'),
});

/** Keeps the settings of a service. */
export function useSaveConnection(kind: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ConnectionBody) => ask<ConnectionView>(`/connections/${kind}`, { method: 'PUT', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['connections'] }),
  });
}

/** Puts our menu under the service's conversations. */
export const useSetMenu = (kind: string) =>
  useMutation({ mutationFn: () => ask<FindingView>(`/connections/${kind}/menu`, { method: 'POST' }) });

/** Tries what was saved. */
export const useCheckConnection = (kind: string) =>
  useMutation({
    mutationFn: async () =>
      (await ask<{ findings: FindingView[] }>(`/connections/${kind}/check`, { method: 'POST' })).findings,
  });

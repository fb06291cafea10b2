import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { Awaiting, OrderRows, TogetherBody } from './contract.ts';

/** Like cases that wait for me, gathered. */
export const awaitingQuery = queryOptions({
  queryKey: ['worklist', 'awaiting'],
  queryFn: () => ask<Awaiting>('/awaiting'),
});

/** One order for several cases; each gets its own answer. */
export function useTogether() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: TogetherBody; key: string }) =>
      ask<OrderRows>('/commands', { method: 'POST', body, key }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['case'] }),
  });
}

import { queryOptions, useQueries, useSuspenseQuery } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { PackScope, PackSpec, PackSummary } from './contract.ts';
import { useSession } from './session.ts';

/** One version of a procedure; it never changes, so it is asked for once. */
export const packQuery = (pack: string, version: string) =>
  queryOptions({
    queryKey: ['pack', pack, version],
    queryFn: () => ask<PackSpec>(`/packs/${pack}/${version}`),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

export const usePack = (pack: string, version: string): PackSpec => useSuspenseQuery(packQuery(pack, version)).data;

/** The procedures in force that have arrived by now. */
export function useCurrentPacks(): PackSpec[] {
  const { packs } = useSession();
  return useQueries({
    queries: packs.map(({ pack, version }) => packQuery(pack, version)),
    combine: (answers) => answers.flatMap((answer) => (answer.data ? [answer.data] : [])),
  });
}

/** The procedures in force, with when and by whom they were published. */
export const currentPacksQuery = queryOptions({
  queryKey: ['packs'],
  queryFn: () => ask<PackSummary[]>('/packs'),
  staleTime: 60_000,
});

/** The estates to which a procedure is limited; none: it applies to all. */
export const packScopeQuery = (pack: string) =>
  queryOptions({ queryKey: ['packs', pack, 'estates'], queryFn: () => ask<PackScope>(`/packs/${pack}/estates`) });

import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { WorklistPage } from './contract.ts';

export interface Filter {
  view: 'mine' | 'role' | 'standIn' | 'all';
  q: string;
  pack: string;
  procedure: string;
  state: 'open' | 'closed' | '';
  overdue: boolean;
}

/** The worklist by its filter, page after page, next deadline first. */
export const worklistQuery = (filter: Filter) =>
  infiniteQueryOptions({
    queryKey: ['worklist', filter],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ view: filter.view, limit: '40' });
      if (filter.q.trim()) query.set('q', filter.q.trim());
      if (filter.pack) query.set('pack', filter.pack);
      if (filter.procedure) query.set('procedure', filter.procedure);
      query.set('state', filter.state || 'any');
      if (filter.overdue) query.set('overdue', 'true');
      if (pageParam) query.set('after', pageParam);
      return ask<WorklistPage>(`/worklist?${query}`, { signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });

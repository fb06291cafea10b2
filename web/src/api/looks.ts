import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { LooksView } from './contract.ts';

/** What part of the log is asked for; local dates, '' the usual thirty days. */
export interface LooksWish {
  from: string;
  to: string;
  person: string;
}

/** Who looked at whose personal data, newest first, page after page. */
export const looksQuery = (wish: LooksWish) =>
  infiniteQueryOptions({
    queryKey: ['looks', wish],
    queryFn: ({ pageParam }) => {
      const asked = new URLSearchParams(
        Object.entries({ ...wish, before: pageParam }).filter(([, value]) => value !== ''),
      );
      return ask<LooksView>(`/looks?${asked}`);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });

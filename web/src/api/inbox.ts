import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { IncidentBody, IncidentView, SamePersonView, SimilarView } from './contract.ts';

interface Alike {
  items: SimilarView[];
  incidents: IncidentView[];
}

/** What may be the same matter, and the outages that touch the place; nothing is asked before there is something to compare. */
export const alikeQuery = (words: string, premises: string | null) =>
  queryOptions({
    queryKey: ['alike', words, premises],
    queryFn: ({ signal }) =>
      ask<Alike>(`/similar-cases?${new URLSearchParams({ words, ...(premises ? { premises } : {}) })}`, { signal }),
    enabled: words.trim().length >= 3 || premises !== null,
    placeholderData: keepPreviousData,
    staleTime: 20_000,
  });

/** The same for a case that is registered already. */
export const alikeOfCaseQuery = (id: string) =>
  queryOptions({
    queryKey: ['alike', 'case', id],
    queryFn: () => ask<Alike>(`/similar-cases?case=${id}`),
    staleTime: 20_000,
  });

export const incidentsQuery = queryOptions({
  queryKey: ['incidents'],
  queryFn: () => ask<{ items: IncidentView[]; mayDeclare: boolean }>('/incidents'),
});

export const samePersonQuery = (id: string) =>
  queryOptions({ queryKey: ['same-person', id], queryFn: () => ask<SamePersonView>(`/cases/${id}/same-person`) });

/** Sends a change of the inbox; whatever it may have changed is asked for again. */
export function useInboxChange<Body, Answer = void>(send: (body: Body) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () =>
      Promise.all(
        ['incidents', 'alike', 'same-person', 'case'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
  });
}

export const declareIncident = (body: IncidentBody) => ask<IncidentView>('/incidents', { method: 'POST', body });
export const changeIncident = ({
  id,
  ...body
}: {
  id: string;
  expectedEnd?: string | null;
  ended?: true;
  words?: { zh: string };
}) => ask<IncidentView>(`/incidents/${id}`, { method: 'PATCH', body });

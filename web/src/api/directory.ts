import type { Text } from '@room/kernel/text.ts';
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { CallerView, CandidateView, PersonView, PremisesView } from './contract.ts';

/** Members of staff, all or those of a role. */
export const peopleQuery = (role = '') =>
  queryOptions({
    queryKey: ['people', role],
    queryFn: () => ask<PersonView[]>(`/people${role ? `?role=${encodeURIComponent(role)}` : ''}`),
    staleTime: 60_000,
  });

/** Places that fit what was typed, such as 3-2-101. */
export const premisesQuery = (typed: string) =>
  queryOptions({
    queryKey: ['premises', typed],
    queryFn: ({ signal }) => ask<PremisesView[]>(`/premises?q=${encodeURIComponent(typed)}`, { signal }),
    enabled: typed.trim() !== '',
    staleTime: 300_000,
  });

/** Who calls from this number. */
export const callersQuery = (contact: string) =>
  queryOptions({
    queryKey: ['callers', contact],
    queryFn: ({ signal }) => ask<CallerView[]>(`/callers?contact=${encodeURIComponent(contact)}`, { signal }),
    enabled: contact.replace(/\D/g, '').length >= 7,
    staleTime: 300_000,
  });

export interface Unit {
  id: string;
  code: string;
  name: Text;
  kind: string;
}
export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: () => ask<Unit[]>('/units'),
  staleTime: 300_000,
});

export interface Candidates {
  unit: { code: string; name: string; clause: string } | null;
  /** The conditions of the procedure's policy that decided. */
  way: { title: Text; clause: string } | null;
  people: CandidateView[];
}

/** Whom a step of a case may be given to, the best first. */
export const candidatesQuery = (caseId: string, step: string | null, field: string, unit: string | undefined) =>
  queryOptions({
    queryKey: ['case', caseId, 'candidates', step, field, unit ?? ''],
    queryFn: () => {
      const query = new URLSearchParams({ ...(step ? { step, field } : {}), ...(unit ? { unit } : {}) });
      return ask<Candidates>(`/cases/${caseId}/candidates?${query}`);
    },
  });

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { CompanyView, PlacesBody, PlacesImportBody, PlacesVerdict, PremisesView } from './contract.ts';

/** What lies directly under a place; the estates when there is none. */
export const placesQuery = (parent: string | null) =>
  queryOptions({
    queryKey: ['places', parent ?? ''],
    queryFn: () => ask<PremisesView[]>(parent === null ? '/premises' : `/premises?parent=${parent}`),
  });

export const usePlacesPreview = () =>
  useMutation({ mutationFn: (body: PlacesBody) => ask<PlacesVerdict>('/premises/preview', { method: 'POST', body }) });

export function usePlacesImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PlacesImportBody) => ask<PlacesVerdict>('/premises/import', { method: 'POST', body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['premises'] });
      await client.invalidateQueries({ queryKey: ['places'] });
    },
  });
}

export function useAddEstate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => ask<{ id: string }>('/premises/estates', { method: 'POST', body: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['places'] }),
  });
}

export const companyQuery = queryOptions({ queryKey: ['company'], queryFn: () => ask<CompanyView>('/company') });

export function useTelephone() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (telephone: string) => ask<CompanyView>('/company/telephone', { method: 'PUT', body: { telephone } }),
    onSuccess: (company) => client.setQueryData(companyQuery.queryKey, company),
  });
}

/** Address of the printable signs of a building or estate. */
export const doorSheetOf = (place: string, only: 'rooms' | 'common' | null): string =>
  `/api/v1/premises/door-sheet.pdf?building=${place}${only === null ? '' : `&only=${only}`}`;

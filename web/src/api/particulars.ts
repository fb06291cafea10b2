import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { OutsideView, ParticularsView, WarrantyTermView } from './contract.ts';

/** Handover, warranties, risers and equipment of a place. */
export const particularsQuery = (place: string) =>
  queryOptions({
    queryKey: ['particulars', place],
    queryFn: () => ask<ParticularsView>(`/premises/${place}/particulars`),
    enabled: place !== '',
  });

/** How long each part is under warranty. */
export const warrantyTermsQuery = queryOptions({
  queryKey: ['warranty-terms'],
  queryFn: () => ask<WarrantyTermView[]>('/warranties'),
});

/** Developers, contractors, suppliers and authorities. */
export const outsideQuery = queryOptions({
  queryKey: ['outside-organisations'],
  queryFn: () => ask<OutsideView[]>('/outside-organisations'),
});

/** One change of these; afterwards all of it is asked for again, since a place passes its days on to those beneath it. */
function useChange<Wish>(send: (wish: Wish) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () =>
      Promise.all(
        ['particulars', 'warranty-terms', 'outside-organisations'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  });
}

export const useHandoverDay = (place: string) =>
  useChange((on: string | null) => ask(`/premises/${place}/handover`, { method: 'PUT', body: { on } }));
export const useWarranty = (place: string) =>
  useChange(({ part, until }: { part: string; until: string | null }) =>
    until === null
      ? ask(`/premises/${place}/warranties/${part}`, { method: 'DELETE' })
      : ask(`/premises/${place}/warranties/${part}`, { method: 'PUT', body: { until } }),
  );
export const useEquipment = (id: string) =>
  useChange((body: { installedOn: string | null; warrantyUntil: string | null; warrantor: string | null }) =>
    ask(`/equipment/${id}`, { method: 'PUT', body }),
  );
export const useWarrantyTerm = () =>
  useChange(({ part, ...body }: WarrantyTermView) => ask(`/warranties/${part}`, { method: 'PUT', body }));
export const useKeepOutside = () =>
  useChange(({ id: _, ...body }: OutsideView) => ask('/outside-organisations', { method: 'POST', body }));
export const useEndOutside = () => useChange((id: string) => ask(`/outside-organisations/${id}`, { method: 'DELETE' }));

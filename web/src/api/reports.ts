import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { WireValues } from './contract.ts';

export interface Report {
  report: string;
  computedAt: string;
  figures: WireValues;
}

/** A report by its name; the server computes it from the journal each time. */
export const reportQuery = (name: string, parameters: Record<string, string> = {}) =>
  queryOptions({
    queryKey: ['report', name, parameters],
    queryFn: () => ask<Report>(`/reports/${name}?${new URLSearchParams(parameters)}`),
    staleTime: 15_000,
  });

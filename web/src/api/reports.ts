import type { Text } from '@room/kernel/text.ts';
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** How a promise was kept: by number of runs. */
export interface Tally {
  kept: number;
  late: number;
  running: number;
  overdue: number;
  /** Kept among all decided, 0–1; null while none is decided. */
  rate: number | null;
}

export interface ClauseFigure extends Tally {
  procedure: string;
  clock: string;
  title: Text;
  clause: string;
  medianHours: number | null;
  breachedNow: { caseId: string; number: string; dueAt: number; responsible: string | null }[];
  byPerson: ({ personId: string | null; name: string | null } & Tally)[];
}

export interface MetricFigure {
  metric: string;
  title: Text;
  clause: string;
  headline: boolean;
  value: number | null;
  kind: 'rate' | 'count';
  of: number;
  target: number | null;
  atMost: number | null;
  /** Whether it is as wanted; null where nothing was measured or asked for. */
  met: boolean | null;
  how: Text | null;
}

interface ClauseFigures {
  computedAt: string;
  figures: { period: { kind: string; from: string; to: string }; clauses: ClauseFigure[]; metrics: MetricFigure[] };
}

/** What stands beside each clause, computed from the journal at this moment. */
export const clauseFiguresQuery = (pack: string) =>
  queryOptions({
    queryKey: ['report', 'clauseFigures', pack],
    queryFn: () => ask<ClauseFigures>(`/reports/clauseFigures?pack=${pack}`),
    staleTime: 15_000,
  });

/** A ledger of the pack for a period: one line for each case. */
export interface CaseRegister {
  columns: Text[];
  rows: { caseId: string; number: string; cells: string[] }[];
  count: number;
  ended: number;
  stillOpen: number;
  late: number;
}

/** `asked` is procedure, register, period and crew as the address says them. */
export const registerQuery = (asked: string) =>
  queryOptions({
    queryKey: ['report', 'caseRegister', asked],
    queryFn: async () =>
      (await ask<{ figures: { figures: CaseRegister } }>(`/reports/caseRegister?${asked}`)).figures.figures,
    staleTime: 15_000,
    retry: false,
  });

/** Calls of a day, a clerk, or all. */
export interface CallSums {
  answered: number;
  inTime: number;
  uncounted: number;
  missed: number;
  calledBack: number;
  share: number | null;
}
export interface AnsweredRings {
  period: { from: string; to: string };
  all: CallSums;
  byDay: (CallSums & { day: string })[];
  byClerk: (CallSums & { personId: string | null; person: string })[];
}

/** How many calls were answered within the promised rings; `asked` is the period as the address says it. */
export const answeredRingsQuery = (asked: string) =>
  queryOptions({
    queryKey: ['report', 'answeredRings', asked],
    queryFn: async () => (await ask<{ figures: AnsweredRings }>(`/reports/answeredRings?${asked}`)).figures,
    staleTime: 15_000,
    retry: false,
  });

import type { Text } from '@room/kernel/text.ts';
import { byClause } from '@room/policy/tell/clause-order.ts';
import type { ClockSpec, ProcedureSpec } from '../api/contract.ts';

export type ClausePart =
  | { kind: 'step'; name: string; title: Text; help: Text | undefined; by: readonly string[]; basis: string }
  | { kind: 'clock'; name: string; title: Text; spec: ClockSpec; basis: string }
  | { kind: 'form'; name: string; title: Text; basis: string };

export interface ClauseRow {
  clause: string;
  parts: ClausePart[];
}

/** A procedure turned round: clause by clause, what carries it out. */
export function clausesOf(procedure: ProcedureSpec): ClauseRow[] {
  const { intake, steps, clocks, forms } = procedure;
  const parts: (ClausePart & { clause: string })[] = [
    ...Object.entries({ intake, ...steps }).map(([name, step]) => ({
      kind: 'step' as const,
      name,
      clause: step.clause,
      title: step.title,
      help: step.help,
      by: step.by,
      basis: step.basis,
    })),
    ...Object.entries(clocks).map(([name, spec]) => ({
      kind: 'clock' as const,
      name,
      clause: spec.clause,
      title: spec.title,
      spec,
      basis: spec.basis,
    })),
    ...Object.entries(forms).map(([name, spec]) => ({
      kind: 'form' as const,
      name,
      clause: spec.clause,
      title: spec.title,
      basis: 'text',
    })),
  ];
  return [...Map.groupBy(parts, (part) => part.clause)]
    .sort(([a], [b]) => byClause(a, b))
    .map(([clause, list]) => ({ clause, parts: list }));
}

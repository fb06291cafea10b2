import type { Text } from '@room/kernel/text.ts';
import type { ClockSpec, ProcedureSpec } from '../api/contract.ts';

export type ClausePart =
  | { kind: 'step'; name: string; title: Text; help: Text | undefined; by: readonly string[]; basis: string }
  | { kind: 'clock'; name: string; title: Text; spec: ClockSpec; basis: string }
  | { kind: 'form'; name: string; title: Text; basis: string };

export interface ClauseRow {
  clause: string;
  parts: ClausePart[];
}

const DIGITS = '零一二三四五六七八九十';
/** 三.1.3 → [3, 1, 3], so that clauses stand in the order of the text. */
const rank = (clause: string): number[] =>
  clause.split('.').map((part) => Number(part) || Math.max(0, DIGITS.indexOf(part[0] ?? '')));

function inOrder(a: string, b: string): number {
  const [left, right] = [rank(a), rank(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const gap = (left[i] ?? -1) - (right[i] ?? -1);
    if (gap !== 0) return gap;
  }
  return 0;
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
    .sort(([a], [b]) => inOrder(a, b))
    .map(([clause, list]) => ({ clause, parts: list }));
}

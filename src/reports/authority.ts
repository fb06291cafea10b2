import type { Directory } from '#case/context.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { PackSpec } from '#policy/language/pack.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import type { Reader } from './report.ts';

/** Whether one of the posts fills a role of the pack. */
export const fills = (pack: PackSpec, role: string, posts: readonly string[]): boolean => {
  const spec = pack.roles[role];
  return spec !== undefined && 'post' in spec && spec.post.some((post) => posts.includes(post));
};

/** Whether somebody's posts make a procedure his work: he takes steps in it, answers for its clocks or passes duties on. */
export function worksOn(pack: PackSpec, procedure: ProcedureSpec, posts: readonly string[]): boolean {
  const roles = procedure.readers ?? [
    ...Object.values(procedure.steps).flatMap((step) => [...step.by, ...step.notifies.flatMap(({ to }) => to)]),
    ...Object.values(procedure.clocks).flatMap((clock) => [
      clock.responsible,
      ...clock.ladder.flatMap((level) => level.tells),
    ]),
    ...procedure.intake.notifies.flatMap(({ to }) => to),
    ...procedure.reassignedBy,
  ];
  return roles.some((role) => fills(pack, role, posts));
}

/** Whether somebody may be given a task in a procedure, such as a handler whom cases are dispatched to. */
const takesPart = (pack: PackSpec, procedure: ProcedureSpec, posts: readonly string[]): boolean =>
  procedure.readers === undefined &&
  Object.values(procedure.steps)
    .flatMap((step) => Object.values(step.fields))
    .some((field) => typeof field.role === 'string' && fills(pack, field.role, posts));

/** Procedures in which a reader may be given tasks though they are not his to oversee, by name. */
export const partsOf = (pack: PackSpec, { posts }: Reader): string[] =>
  Object.entries(pack.procedures).flatMap(([name, procedure]) => (takesPart(pack, procedure, posts) ? [name] : []));

/** Procedures of a pack that are a reader's work, by name. */
export const proceduresOf = (pack: PackSpec, { posts }: Reader): string[] =>
  Object.entries(pack.procedures).flatMap(([name, procedure]) => (worksOn(pack, procedure, posts) ? [name] : []));

/** Procedures of whose figures a reader sees at least the sums, by name. */
export const figuresOf = (pack: PackSpec, reader: Reader): string[] => [
  ...proceduresOf(pack, reader),
  ...partsOf(pack, reader),
];

/** Whether somebody may draw up a report himself: he may begin a case that runs it, or take a step that does. */
export function drawsUp(pack: PackSpec, report: string, { posts }: Reader): boolean {
  return Object.values(pack.procedures).some((procedure) =>
    [procedure.intake, ...Object.values(procedure.steps)].some(
      (act) => act.runs?.report === report && act.by.some((role) => fills(pack, role, posts)),
    ),
  );
}

const HIGHEST = 12;

/** Whether somebody stands above a person, however many levels. */
export function isAbove(directory: Directory, chiefId: string | null, personId: string): boolean {
  let at = directory.superior(personId);
  for (let level = 0; at && level < HIGHEST; level += 1) {
    if (at.id === chiefId) return true;
    at = directory.superior(at.id);
  }
  return false;
}

export const notForReader: Refusal = refusal(
  'report.notYours',
  text(
    '这份报表不在您的职责范围内：需要的话，请联系品质主管或项目经理',
    'This report is not part of your work: ask the quality manager or the property manager',
  ),
);

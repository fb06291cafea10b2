import type { primitives } from '#policy/primitives/registry.ts';
import type { Ability } from './ability.ts';
import { assigns } from './assigns.ts';
import { cancels, pauses, restarts, resumes, starts, stops } from './clocks.ts';
import { decides } from './decides.ts';
import { archives, closes, opens, round } from './endings.ts';
import { limits } from './limits.ts';
import { notifies } from './notifies.ts';
import { issues, signs } from './papers.ts';
import { sets } from './sets.ts';

/**
 * What each key of a step does, in the order in which it is done. `runs` is not here: the report is asked for when the
 * facts are written, and its figures come back through a step of their own.
 */
export const abilities: [Exclude<keyof typeof primitives, 'runs'>, Ability][] = [
  ['limits', limits],
  ['sets', sets],
  ['decides', decides],
  ['assigns', assigns],
  ['round', round],
  ['pauses', pauses],
  ['resumes', resumes],
  ['restarts', restarts],
  ['cancels', cancels],
  ['starts', starts],
  ['stops', stops],
  ['issues', issues],
  ['signs', signs],
  ['opens', opens],
  ['closes', closes],
  ['archives', archives],
  ['notifies', notifies],
];

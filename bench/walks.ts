import fc from 'fast-check';
import type { Actor, Command } from '#case/context.ts';
import type { Instant } from '#kernel/instant.ts';
import { company } from '../packs/s6/company.ts';
import { grievanceUpTo, legacyUpTo, pack, tapUpTo } from '../packs/s6/golden.ts';
import type { Story } from '../test/support/story.ts';
import { walk } from '../test/support/walk.ts';

/** One order as it was given: plain data, so that another thread can give it again. */
export interface Order {
  command: Command;
  now: Instant;
  actor: Actor;
}

/** The orders of one case in the order in which they were given. */
export type Walk = Order[];

// One number, so that every run walks the same ways.
const SEED = 20_260_305;

/**
 * What happens to cases of S6: its worked cases, and random ways through each of its kinds of case, on which people do
 * what stands to be done, rightly or not, and time passes. The same at every run.
 */
export function walksOfS6(perProcedure: number): Walk[] {
  const told = [tapUpTo('archived', pack), legacyUpTo('planTelling', pack), grievanceUpTo('agreed', pack)];
  const wandered = Object.keys(pack.procedures).flatMap((procedure) =>
    fc.sample(
      fc.gen().map((generate) => walk(pack, company, procedure, (arbitrary) => generate(() => arbitrary))),
      { seed: SEED, numRuns: perProcedure },
    ),
  );
  return [...told, ...wandered].map(ordersOf);
}

const ordersOf = ({ orders }: Story): Walk =>
  orders.map(({ command, context: { now, actor } }) => ({ command, now, actor }));

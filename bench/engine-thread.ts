import { parentPort, workerData } from 'node:worker_threads';
import type { Context } from '#case/context.ts';
import { decide } from '#case/decide.ts';
import type { CaseEvent } from '#case/event.ts';
import { evolve, replay } from '#case/evolve.ts';
import type { CaseState } from '#case/state.ts';
import { digestText } from '#journal/chain.ts';
import { company } from '../packs/s6/company.ts';
import { pack } from '../packs/s6/golden.ts';
import { calendarOf } from '../test/support/story.ts';
import type { EnginePlan, Measured } from './engine.ts';
import type { Order, Walk } from './walks.ts';

// A thread of its own: here the engine has done nothing but what is measured, as in a program that runs for long.
const { walks: recorded, rounds, ms } = workerData as EnginePlan & { walks: Walk[] };

const calendar = calendarOf(pack);
let drawn = 0;
/** Ids count from one again with each case, so that an order names the very case that an earlier one opened. */
const newId = (): string => `id-${++drawn}`;
const contextOf = ({ now, actor }: Order): Context => ({
  now,
  actor,
  pack,
  calendar,
  directory: company.directory,
  digest: digestText,
  newId,
});
const walks = recorded.map((walk) => walk.map((order) => ({ command: order.command, ctx: contextOf(order) })));

/** Gives every order of every case once: one decision, and its facts folded into the case. */
function give(): number {
  let given = 0;
  for (const walk of walks) {
    let state: CaseState | null = null;
    drawn = 0;
    for (const { command, ctx } of walk) {
      const result = decide(state, command, ctx, 'case-1');
      if (result.ok) for (const event of result.value) state = evolve(state, event, 'case-1');
    }
    given += walk.length;
  }
  return given;
}

/** Milliseconds of processor time so far, those of helping threads (memory, compiler) included. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** How many in a second of processor time, round by round. */
function rates(work: () => number): number[] {
  return Array.from({ length: rounds }, () => {
    const from = processor();
    let done = 0;
    let took = 0;
    while (took < ms) {
      done += work();
      took = processor() - from;
    }
    return (done / took) * 1000;
  });
}

/** Once more with a look at the clock at each order, and what it left behind. */
function look(): { kinds: Measured['kinds']; journals: CaseEvent[][] } {
  const kinds: Measured['kinds'] = {};
  const journals = walks.map((walk) => {
    const journal: CaseEvent[] = [];
    let state: CaseState | null = null;
    drawn = 0;
    for (const { command, ctx } of walk) {
      const from = performance.now();
      const result = decide(state, command, ctx, 'case-1');
      if (result.ok) for (const event of result.value) state = evolve(state, event, 'case-1');
      const took = (performance.now() - from) * 1000;
      const left = result.ok ? result.value : [];
      const name = result.ok ? command.type : `${command.type}, refused`;
      const kind = kinds[name] ?? { took: [], facts: 0 };
      kinds[name] = kind;
      kind.took.push(took);
      kind.facts += left.length;
      journal.push(...left);
    }
    return journal;
  });
  return { kinds, journals };
}

// The first seconds belong to the compiler.
rates(give);
const decided = rates(give);
const { kinds, journals } = look();
const facts = journals.reduce((sum, journal) => sum + journal.length, 0);
const replayed = rates(() => {
  for (const journal of journals) replay('case-1', journal);
  return facts;
});
parentPort?.postMessage({ decided, replayed, kinds, factsOfOne: facts / journals.length } satisfies Measured);

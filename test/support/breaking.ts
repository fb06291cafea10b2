import { describe, expect, test } from 'vitest';
import type { PackSpec } from '#policy/language/pack.ts';
import type { ProcedureSpec, StepSpec } from '#policy/language/procedure.ts';
import { prove } from '#policy/prove/prove.ts';

/** A way to break a pack, the law that must find it, and where: a state, step or clock, of one procedure if it is named. */
export interface Break {
  what: string;
  change(whole: PackSpec): void;
  law: string;
  at: string;
  procedure?: string;
  /** A shortest way there, step by step from the registration on. */
  way?: string[];
}

/** A procedure of a pack, to be changed. */
export function procedureOf(pack: PackSpec, name: string): ProcedureSpec {
  const found = pack.procedures[name];
  if (!found) throw new Error(`The pack has no procedure ${name}`);
  return found;
}

/** A step of a procedure, to be changed. */
export function step(procedure: ProcedureSpec, name: string): StepSpec {
  const found = procedure.steps[name];
  if (!found) throw new Error(`The procedure has no step ${name}`);
  return found;
}

/** A list of clocks without some of them. */
export const without = <T extends { clock: string }>(list: readonly T[], ...clocks: string[]): T[] =>
  list.filter((item) => !clocks.includes(item.clock));

/** Takes clocks out of every step and the intake: none starts, stops or cancels them. */
export function everywhere(procedure: ProcedureSpec, key: 'starts' | 'stops' | 'cancels', ...clocks: string[]): void {
  for (const act of [procedure.intake, ...Object.values(procedure.steps)]) act[key] = without(act[key], ...clocks);
}

/** A copy of a pack with one thing broken. */
export function broken(pack: PackSpec, change: (whole: PackSpec) => void): PackSpec {
  const copy = structuredClone(pack);
  change(copy);
  return copy;
}

/** Breaks of one procedure, written as rows: what, how, the law that finds it, and where. */
export const inProcedure = (
  name: string,
  rows: readonly [string, (procedure: ProcedureSpec, whole: PackSpec) => void, string, string, string[]?][],
): Break[] =>
  rows.map(([what, change, law, at, way]) => ({
    what,
    change: (whole) => change(procedureOf(whole, name), whole),
    law,
    at,
    ...(way ? { way } : {}),
  }));

/** Tells that a pack as it is written leaves nobody behind, and that each break of it is found. */
export function provedBeforeUse(pack: PackSpec, breaks: readonly Break[]): void {
  describe('The pack is proved before it is used', () => {
    test('as it is written it leaves nobody without an answer, a person or a date', () => {
      const proof = prove(pack);
      expect(proof.findings).toEqual([]);
      expect(proof.incomplete).toEqual([]);
    });

    test.each(breaks.map((one) => [one.what, one] as const))('when %s, it is found', (_what, one) => {
      const { findings } = prove(broken(pack, (whole) => one.change(whole)));
      const finding = findings.find(
        ({ law, at, procedure }) => law === one.law && at === one.at && procedure === (one.procedure ?? procedure),
      );
      expect(finding, JSON.stringify(findings.map((each) => [each.law, each.procedure, each.at]))).toBeDefined();
      if (one.way) expect(finding?.trace).toEqual(one.way);
      for (const words of [finding?.message, ...(finding?.way ?? [])]) {
        expect(words?.zh).toMatch(/[\u4e00-\u9fff]/);
        expect(words?.en).toMatch(/[a-z]/);
      }
    });

    test('when something can be done for ever with nothing entered, alone or to and fro, it is found', () => {
      const [first] = Object.entries(pack.procedures);
      if (!first) throw new Error('The pack has no procedure');
      const [name, procedure] = first;
      const { intake } = procedure;
      const clock = intake.starts[0]?.clock;
      if (clock === undefined) throw new Error('Nothing is due from the first moment');
      const free = { fields: {}, needs: [], by: intake.by, starts: [], stops: [], cancels: [], notifies: [] };
      const added = (steps: { [step: string]: Partial<StepSpec> }) =>
        prove(
          broken({ ...pack, procedures: { [name]: procedure } }, (alone) => {
            const procedure = procedureOf(alone, name);
            const [some] = Object.values(procedure.steps);
            if (!some) throw new Error('The procedure has no step');
            procedure.states.aside = { title: some.title, waitsFor: intake.by, end: false, failed: false };
            for (const [step, spec] of Object.entries(steps)) procedure.steps[step] = { ...some, ...free, ...spec };
          }),
        ).findings.find(({ law }) => law === 'noLoopIsFree');
      const here = [intake.state];
      expect(added({ again: { from: here, to: undefined, restarts: [{ clock }] } })).toMatchObject({
        at: 'again',
        trace: [],
      });
      const toAndFro = added({ away: { from: here, to: 'aside' }, back: { from: ['aside'], to: intake.state } });
      expect(toAndFro).toMatchObject({ at: 'away', trace: [] });
      const asked = {
        by: { type: 'text', label: { zh: '理由', en: 'Why' }, required: true, personal: false, visible: false },
      } as const;
      expect(added({ again: { from: here, to: undefined, fields: asked, restarts: [{ clock }] } })).toBeUndefined();
    });

    const lasting = Object.entries(pack.procedures).flatMap(([procedure, { clocks }]) =>
      Object.entries(clocks).flatMap(([at, { limit }]) => ('promised' in limit ? [] : [{ procedure, at }])),
    );
    test('when a clock strives for longer than it allows, or tells a higher level first, it is found', () => {
      const [first] = lasting;
      if (!first) throw new Error('The pack has no clock of a fixed length');
      const clockOf = (whole: PackSpec) => procedureOf(whole, first.procedure).clocks[first.at];
      const changes: ((clock: NonNullable<ReturnType<typeof clockOf>>) => void)[] = [
        (clock) => {
          clock.target = clock.limit;
        },
        (clock) => {
          clock.ladder = [{ after: 'PT4H', tells: [clock.responsible] }, ...clock.ladder];
        },
      ];
      for (const change of changes) {
        const proof = prove(
          broken(pack, (whole) => {
            const clock = clockOf(whole);
            if (clock) change(clock);
          }),
        );
        expect(proof.findings.map(({ law, at }) => [law, at])).toContainEqual(['limitsAgree', first.at]);
      }
    });
  });
}

import type { Actor } from '#case/context.ts';
import type { Values } from '#case/event.ts';
import type { PackSpec } from '#policy/language/pack.ts';
import { prove } from '#policy/prove/prove.ts';
import { broken as breakPack } from '../../test/support/breaking.ts';
import type { Story } from '../../test/support/story.ts';
import { begin, lampUpTo, pack, xu } from './golden.ts';

/** An order to register these values. */
export const register = (values: object, channel = 'counter', matter = 'complaint') => ({
  type: 'register' as const,
  number: 'FK260305-0009',
  matter,
  channel,
  values: { ...values },
});
export { without } from '../../test/support/without.ts';
/** Somebody says something, at the counter unless told otherwise. */
export const said = (by: Actor, values: Values, more: { channel?: string; matter?: string } = {}): Story =>
  begin().register(by, values, { channel: 'counter', ...more });
/** A first judgement that needs no verification. */
export const unverified = { urgency: 'normal', category: 'repairs/lighting', verify: false };
/** The street lamp, assessed as given. */
export const assessed = (values: object): Story =>
  lampUpTo('registered')
    .take(xu, 'triage', unverified)
    .take(xu, 'assess', { grounds: '看过', ...values });

/** What the proof finds once the pack is changed. */
export function broken(change: (copy: PackSpec) => void): ReturnType<typeof prove>['findings'] {
  return prove(breakPack(pack, change)).findings;
}

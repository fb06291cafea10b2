import { blank } from '@room/case/blank.ts';
import type { Value, Values } from '@room/case/event.ts';
import type { Scope } from '@room/case/paths.ts';
import type { CaseState } from '@room/case/state.ts';
import type { CaseView, PackSpec, WireValues } from '../api/contract.ts';
import { at } from '../time/format.ts';

// Wire values are the engine's values with moments written out; conditions of forms compare words and ticks.
const plain = (values: WireValues): Values => values satisfies { [name: string]: Value };

/** What conditions of a form look at: the case as this person sees it and what is being entered. */
export function scopeOf(
  pack: PackSpec,
  seen: CaseView | null,
  values: WireValues,
  /** What is known of a case that is being registered, because fields may depend on it. */
  begun: Partial<Pick<CaseState, 'channel' | 'matter' | 'procedure'>> = {},
): Scope {
  return { pack, values: plain(values), state: seen ? stateOf(seen) : { ...blank, ...begun } };
}

function stateOf(seen: CaseView): CaseState {
  return {
    ...blank,
    id: seen.id,
    seq: seen.seq,
    number: seen.number,
    procedure: seen.procedure,
    matter: seen.matter,
    channel: seen.channel,
    receivedAt: at(seen.receivedAt),
    registeredAt: at(seen.registeredAt),
    state: seen.state,
    round: seen.round,
    values: plain(seen.values),
    duties: seen.duties,
    entries: Object.fromEntries(
      Object.entries(seen.entries).map(([step, entries]) => [
        step,
        entries.map((entry) => ({ ...entry, at: at(entry.at), values: plain(entry.values) })),
      ]),
    ),
    outcome: seen.outcome,
    closedAt: seen.closedAt === null ? null : at(seen.closedAt),
  };
}

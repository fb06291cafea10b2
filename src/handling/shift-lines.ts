import type { Pool } from 'pg';
import { type Duty, duties } from '#case/event.ts';
import { offeredTo } from '#case/hand-over.ts';
import { dutiesAtShiftEnd } from '#case/shift-offer.ts';
import type { CaseState } from '#case/state.ts';
import { withTenant } from '#db/pool.ts';
import { maskInText } from '#directory/mask.ts';
import { look } from '#journal/read.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { Packs } from './packs.ts';

/** How a case stood when the list was drawn up. Nothing personal is in it. */
export interface SeenCase {
  number: string;
  title: Text;
  state: Text;
  /** What he passes on; empty: nothing of it is his, it only waits for his answer. */
  duties: Duty[];
  /** Somebody waits for his answer: whether he takes the case, or a duty of it. */
  waitsForHim: boolean;
  /** Running clocks, the one that speaks next first. `warnsAt`: its next warning still to come. */
  clocks: { title: Text; dueAt: Instant; warnsAt: Instant | null; late: boolean }[];
  /** Notes since his shift began. */
  notes: { at: Instant; by: Text; text: string }[];
}

export interface ShiftLine {
  caseId: string;
  seen: SeenCase;
}

/** What of all open cases concerns somebody who goes off duty, as it stands now: what he holds, and what waits for his answer. */
export async function drawShiftLines(
  { pool, packs }: { pool: Pool; packs: Packs },
  tenant: string,
  personId: string,
  since: Instant,
): Promise<ShiftLine[]> {
  const ids = await withTenant(pool, tenant, async (client) => {
    const held = duties.map((duty) => `state->'duties'->'${duty}'->>'id'`);
    const asked = duties.map((duty) => `state->'offers'->'${duty}'->'person'->>'id'`);
    const found = await client.query<{ id: string }>(
      `select id from huiyin.case_file where tenant_id = $1 and open
          and ($2 in (${[...held, ...asked].join(', ')})
            or (state->'dispatch'->>'status' = 'offered' and position($2 in (state->'dispatch'->'offered')::text) > 0))
        order by next_due_at, id`,
      [tenant, personId],
    );
    return found.rows.map(({ id }) => id);
  });
  const { cases } = await look(pool, tenant, ids, []);
  const lines: ShiftLine[] = [];
  for (const id of ids) {
    const state = cases.get(id)?.state;
    if (!state) continue;
    const line = seenCase(state, await packs.version(tenant, state.pack, state.packVersion), personId, since);
    if (line.duties.length > 0 || line.waitsForHim) lines.push({ caseId: id, seen: line });
  }
  return lines;
}

const OWNER: Text = { zh: '业主', en: 'the owner' };
const asWritten = (words: string): Text => ({ zh: words, en: words });

function seenCase(state: CaseState, pack: CompiledPack, personId: string, since: Instant): SeenCase {
  const procedure = pack.procedures[state.procedure];
  const asked = state.dispatch?.status === 'offered' && state.dispatch.offered.some(({ id }) => id === personId);
  const clocks = state.clocks
    .filter(({ status }) => status === 'running')
    .map((run) => ({
      title: procedure?.clocks[run.clock]?.title ?? asWritten(run.clock),
      dueAt: run.dueAt,
      warnsAt: run.moments.slice(run.fired).find(({ kind }) => kind === 'warning')?.at ?? null,
      late: run.breachedAt !== null,
    }));
  return {
    number: state.number,
    title: procedure?.title ?? asWritten(state.procedure),
    state: procedure?.states[state.state]?.title ?? asWritten(state.state),
    duties: dutiesAtShiftEnd(state, personId),
    waitsForHim: asked || offeredTo(state, personId).length > 0,
    clocks: clocks.sort((a, b) => (a.warnsAt ?? a.dueAt) - (b.warnsAt ?? b.dueAt)),
    notes: state.notes
      .filter(({ at }) => at >= since)
      .map(({ at, by, text }) => ({
        at,
        by: by.kind === 'owner' ? OWNER : asWritten(by.name),
        text: maskInText(text),
      })),
  };
}

import type { Task } from 'graphile-worker';
import type { Pool } from 'pg';
import { z } from 'zod';
import { wanting } from '#case/dispatch/open.ts';
import { type Ranked, rank } from '#case/dispatch/rank.ts';
import type { DispatchCandidate, PersonRef } from '#case/event.ts';
import { toTimestamp, withTenant } from '#db/pool.ts';
import type { DirectoryCache } from '#directory/cache.ts';
import { factsFor, placeOf, placesOf, readDealings, routedUnit, type Wanted } from '#directory/dispatch-facts.ts';
import type { Snapshot } from '#directory/snapshot.ts';
import type { Handler } from '#handling/handle.ts';
import { inTurn } from '#handling/in-turn.ts';
import type { Packs } from '#handling/packs.ts';
import { clockwork } from '#handling/plan.ts';
import type { TimeSource } from '#handling/time.ts';
import { look } from '#journal/read.ts';

const payload = z.object({ tenant: z.string(), caseId: z.string() });

/** So many candidates go into the journal with their reasons; the page shows all of them. */
const KEPT = 20;

export interface DispatchDeps {
  pool: Pool;
  time: TimeSource;
  packs: Packs;
  directory: Pick<DirectoryCache, 'snapshot'>;
  handler: Pick<Handler, 'handle'>;
}

/** Finds somebody for a case by the policy of its pack. One case after the other, so that nobody gets two as the least busy. */
export function dispatchCase(deps: DispatchDeps): Task {
  return async (raw) => {
    const { tenant, caseId } = payload.parse(raw);
    await inTurn(deps.pool, tenant, () => find(deps, tenant, caseId));
  };
}

async function find({ pool, time, packs, directory, handler }: DispatchDeps, tenant: string, caseId: string) {
  const state = (await look(pool, tenant, [caseId], [])).cases.get(caseId)?.state;
  if (!state) return;
  const pack = await packs.version(tenant, state.pack, state.packVersion);
  const named = wanting(state, pack);
  if (!named) return;
  const now = time.now();
  const { name, spec } = named;
  const policy = spec.mode === 'round' ? { ...spec, score: BY_TURN } : spec;
  const unit = routedUnit(state, pack, await placesOf(pool, tenant, state, pack));
  const wanted: Wanted = { state, pack, policy, now, unit };
  const snapshot = await directory.snapshot(tenant);
  const dealings = await readDealings(pool, tenant, placeOf(wanted));
  const { ranked } = rank(policy, { state, values: {}, pack }, factsFor(snapshot, dealings, wanted), now);
  const best = ranked.find((one) => one.fit);
  // Everybody who is asked must be in the journal; of the others the first few.
  const kept = ranked.filter((one, i) => i < KEPT || (one.fit && spec.mode === 'grab'));
  const said = await handler.handle({
    tenant,
    caseId,
    actor: clockwork,
    command: {
      type: 'dispatch',
      policy: name,
      candidates: kept.map(asCandidate),
      more: ranked.length - kept.length,
      unit: best && unitOf(snapshot, best.facts, unit),
    },
  });
  if (!said.ok && said.refusal.code !== 'dispatch.notNow')
    throw new Error(`${said.refusal.code}: ${said.refusal.message.en}`);
  if (said.ok && best && spec.mode !== 'grab') await noteTurn(pool, tenant, best.facts.person.id, now);
}

/** By turns nothing else counts. */
const BY_TURN = { presence: 0, urgency: 0, load: 0, distance: 0, continuity: 0, turn: 100 };

const asCandidate = (one: Ranked): DispatchCandidate => ({
  person: one.facts.person,
  fit: one.fit,
  score: one.score,
  why: one.why(),
});

function unitOf(
  { units }: Snapshot,
  { person, inUnit }: { person: PersonRef; inUnit: boolean },
  routed: string | undefined,
): string | undefined {
  return inUnit && routed !== undefined ? routed : units.find((one) => one.id === person.unitId)?.code;
}

async function noteTurn(pool: Pool, tenant: string, personId: string, at: number): Promise<void> {
  await withTenant(pool, tenant, (client) =>
    client.query(
      `insert into huiyin.dispatch_turn (tenant_id, person_id, last_at) values ($1, $2, $3)
       on conflict (tenant_id, person_id) do update set last_at = greatest(huiyin.dispatch_turn.last_at, $3)`,
      [tenant, personId, toTimestamp(at)],
    ),
  );
}

import type { FastifyRequest } from 'fastify';
import { allowedCommands } from '#case/allowed.ts';
import { outsideActor } from '#case/outside.ts';
import { type OutsidePage, outsidePageOf } from '#directory/account/outside-page.ts';
import { actionsOf, type Held } from '../case/held.ts';
import type { OwnerDeps } from '../deps.ts';
import { caseScene } from '../scene.ts';
import { visit } from '../visit.ts';

/** A case as the party outside who was asked sees it, and the question itself. */
export interface Asked {
  held: Held;
  page: OutsidePage;
}

/** Opens the question behind a link, answered or not; null when there never was one. */
export async function openAsked(deps: OwnerDeps, request: FastifyRequest, token: string): Promise<Asked | null> {
  const page = await outsidePageOf(deps.pool, token, deps.time.now());
  const file = page && (await deps.handling.caseById(page.tenant, page.caseId));
  if (!page || !file) return null;
  const { state } = file;
  const pack = await deps.handling.packs.version(page.tenant, state.pack, state.packVersion);
  const procedure = pack.procedures[state.procedure];
  if (!procedure) throw new Error(`Pack ${state.pack} ${state.packVersion} has no procedure ${state.procedure}`);
  const look = await visit(deps, request, page.tenant);
  const ctx = await deps.handling.context(page.tenant, pack, outsideActor(page.role, page.party));
  const base = `/o/x/${token}`;
  const actions = actionsOf(allowedCommands(state, ctx), procedure).map((action) => ({
    ...action,
    // What the case says about the owner is not for others, not even as a beginning of their form.
    preset: Object.fromEntries(
      Object.entries(action.preset).filter(([field]) => action.spec.fields[field]?.personal !== true),
    ),
  }));
  const scene = await caseScene(deps, look, pack, state, token);
  return {
    page,
    held: {
      visit: look,
      token,
      base,
      signer: page.party,
      hidesPersonal: true,
      state,
      pack,
      procedure,
      ctx,
      scene: { ...scene, fileHref: (id, small) => `${base}/a/${id}${small ? '?small=1' : ''}` },
      actions,
      canAdd: false,
      told: [],
      history: [],
      byLetter: false,
      outages: [],
    },
  };
}

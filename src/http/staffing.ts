import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { localDate } from '#clock/civil.ts';
import { allOrNothing } from '#directory/all-or-nothing.ts';
import type { Snapshot } from '#directory/snapshot.ts';
import { obey, type StaffingOrder } from '#directory/staffing/orders.ts';
import { STANDARD_DECISIONS } from '#directory/standard-decisions.ts';
import { lookAtShifts } from '#handling/shift-rules.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { isAbove } from '#reports/authority.ts';
import { administrationFault, currentPacks, mayAdminister } from './administration.ts';
import { type StaffingBody, staffingEndpoints } from './contract/staffing.ts';
import type { HttpDeps } from './deps.ts';
import { answer, mount, refused, type Said } from './mount.ts';
import { type Decision, type StaffingSight, viewStaffing } from './staffing-view.ts';
import type { Viewer } from './who.ts';

const DAYS = 7;

/** Shifts, leave, skills, substitutes, limits and territories: the manager keeps all, a head his people, everybody asks for himself. */
export function mountStaffing(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, time } = deps;

  const tell = async (viewer: Viewer, from: string | undefined, days: number): Promise<Said> => {
    const now = time.now();
    const snapshot = await deps.directory.snapshot(viewer.tenant);
    const sight = await sightOf(deps, viewer);
    const decisions = decisionsOf(await currentPacks(deps, viewer.tenant), snapshot);
    return answer(200, viewStaffing(snapshot, { from: from ?? localDate(now), days, now, decisions }, sight));
  };

  mount(app, deps, staffingEndpoints.read, ({ query, viewer }) => tell(viewer, query.from, query.days));

  mount(app, deps, staffingEndpoints.say, async ({ body, viewer }) => {
    const now = time.now();
    const order = readOrder(body);
    const snapshot = await deps.directory.snapshot(viewer.tenant);
    const sight = await sightOf(deps, viewer);
    const power = powerOver(order, snapshot, sight);
    if (power === 'none') return refused((await administrationFault(deps, viewer)) ?? notYours);
    const ctx = { tenant: viewer.tenant, now, by: viewer.actor.personId ?? '', manages: power === 'manages' };
    try {
      const said = await allOrNothing(pool, viewer.tenant, async (client) => {
        const done = await obey(client, ctx, order);
        if (done.ok) await lookAtShifts(client, viewer.tenant, now);
        return done;
      });
      if (!said.ok) return refused(said.refusal);
    } catch (cause) {
      // An id that names nothing of this company.
      if (cause instanceof pg.DatabaseError && cause.code === '23503') return refused(unknownRow);
      throw cause;
    }
    deps.directory.drop(viewer.tenant);
    return tell(viewer, undefined, DAYS);
  });
}

const unknownRow = refusal(
  'staffing.unknown',
  text('没有这条记录：请刷新页面', 'There is no such entry: reload the page'),
);
const notYours = refusal(
  'role.notYours',
  text('请由本人、其上级或系统管理员办理', 'To be done by the person, whoever leads him, or an administrator'),
);

/** What limits can be set for: kinds that steps of the procedures in force ask for, those already set, and the usual ones. */
function decisionsOf(packs: readonly CompiledPack[], { staffing }: Snapshot): Decision[] {
  const all = new Map<string, Decision>();
  for (const { title: procedure, procedures } of packs)
    for (const { steps } of Object.values(procedures))
      for (const { limits, fields, title } of Object.values(steps))
        for (const { kind, field } of limits) {
          const known = all.get(kind);
          // Steps call one kind by different names: the usual one, where there is one, is understood everywhere.
          const usual = STANDARD_DECISIONS.find(({ code }) => code === kind)?.title;
          if (!known)
            all.set(kind, { code: kind, title: usual ?? fields[field]?.label ?? title, askedBy: [procedure] });
          else if (!known.askedBy.includes(procedure)) known.askedBy.push(procedure);
        }
  const set = staffing.limits.map(({ decision }) => ({ code: decision, title: text(decision, decision) }));
  for (const one of [...STANDARD_DECISIONS, ...set]) if (!all.has(one.code)) all.set(one.code, { ...one, askedBy: [] });
  return [...all.values()];
}

async function sightOf(deps: HttpDeps, viewer: Viewer): Promise<StaffingSight> {
  const directory = await deps.directory.at(viewer.tenant, deps.time.now());
  const self = viewer.actor.personId;
  const administers = await mayAdminister(deps, viewer);
  return { self, administers, manages: (personId) => administers || isAbove(directory, self, personId) };
}

type Power = 'manages' | 'asks' | 'none';

/** Whether a viewer decides, only asks for himself, or has no say. */
function powerOver(order: StaffingOrder, { staffing }: Snapshot, sight: StaffingSight): Power {
  const over = (personId: string | undefined, own: Power = 'none'): Power =>
    personId === undefined ? 'none' : sight.manages(personId) ? 'manages' : personId === sight.self ? own : 'none';
  switch (order.type) {
    case 'askLeave':
      return over(order.personId, 'asks');
    case 'withdrawLeave':
      return over(staffing.absences.find((one) => one.id === order.id)?.personId, 'asks');
    case 'decideLeave':
      return over(staffing.absences.find((one) => one.id === order.id)?.personId);
    case 'askSwap':
      return sight.manages(order.giverId) && sight.manages(order.takerId)
        ? 'manages'
        : order.giverId === sight.self || sight.manages(order.giverId)
          ? 'asks'
          : 'none';
    case 'decideSwap': {
      const swap = staffing.swaps.find((one) => one.id === order.id);
      return swap?.takerId === sight.self ? 'manages' : over(swap?.giverId);
    }
    case 'substitute':
      return over(order.personId, 'asks');
    case 'endSubstitution':
      return over(staffing.substitutions.find((one) => one.id === order.id)?.personId, 'asks');
    case 'assignPattern':
    case 'setWeek':
    case 'grantSkill':
      return over(order.personId);
    case 'endAssignment':
      return over(staffing.assignments.find((one) => one.id === order.id)?.personId);
    case 'withdrawSkill':
      return over(staffing.held.find((one) => one.id === order.id)?.personId);
    default:
      return sight.administers ? 'manages' : 'none';
  }
}

/** The order with its moments as instants; a moment without offset is Chinese time. */
function readOrder(body: StaffingBody): StaffingOrder {
  if (body.type !== 'askLeave') return body;
  return { ...body, from: momentOf(body.from), to: momentOf(body.to) };
}

const momentOf = (words: string): number => Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(words) ? words : `${words}+08:00`);

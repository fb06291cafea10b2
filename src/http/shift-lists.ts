import type { FastifyInstance } from 'fastify';
import { formatLocal, localDate } from '#clock/civil.ts';
import { withTenant } from '#db/pool.ts';
import type { Snapshot } from '#directory/snapshot.ts';
import { beginsAfter, endingShift, nextOnDuty } from '#directory/staffing/change-over.ts';
import { drawShiftLines, type SeenCase } from '#handling/shift-lines.ts';
import { keepShiftList, markSeen, type ShiftList, shiftList, shiftListsOf } from '#handling/shift-lists.ts';
import { missingLists } from '#handling/shift-owed.ts';
import { type ShiftRules, setShiftRules, shiftRules } from '#handling/shift-rules.ts';
import { uuid7 } from '#handling/uuid.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { type Text, text } from '#kernel/text.ts';
import { isAbove } from '#reports/authority.ts';
import { administrationFault, mayAdminister } from './administration.ts';
import { type ShiftChangeView, type ShiftListView, shiftListEndpoints } from './contract/shift-list.ts';
import type { HttpDeps } from './deps.ts';
import { wire, wireOrNull } from './moment.ts';
import { answer, mount, refused, type Said } from './mount.ts';
import type { Viewer } from './who.ts';

/** How far back lists are shown. */
const SHOWN = 3 * DAY;

/** Handing over at the change of a shift: the list is drawn up from the cases as they stand, confirmed, and accepted line by line. */
export function mountShiftLists(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, time, handling } = deps;

  mount(app, deps, shiftListEndpoints.change, async ({ viewer }) => {
    const { tenant, actor } = viewer;
    const now = time.now();
    const me = actor.personId ?? '';
    const snapshot = await deps.directory.snapshot(tenant);
    const directory = await deps.directory.at(tenant, now);
    const shift = endingShift(snapshot, me, now);
    const led = snapshot.people.filter(({ id }) => id !== me && isAbove(directory, me, id)).map(({ id }) => id);
    const lists = await shiftListsOf(pool, tenant, [me, ...led], now - SHOWN);
    const view = (some: readonly ShiftList[]): ShiftListView[] => some.map((list) => viewList(list, snapshot));
    const ref = refIn(snapshot);
    const rules = await shiftRules(pool, tenant);
    const isMine = (id: string): boolean => directory.superior(id)?.id === me;
    const everybody = [me, ...led].filter((id) => id !== '');
    const all = await withTenant(pool, tenant, (client) => missingLists(client, snapshot, everybody, rules, now));
    const own = all.find(({ personId }) => personId === me);
    const lacking = all.filter(({ personId }) => personId !== me);
    return answer(200, {
      shift: shift && {
        from: wire(shift.from),
        to: wire(shift.to),
        title: text(shift.name, shift.nameEn || shift.name),
      },
      nexts: nextOnDuty(snapshot, me, shift?.to ?? now, localDate(now)).map(({ personId, begins, ...like }) => ({
        person: ref(personId),
        begins: wire(begins),
        ...like,
      })),
      lines: (await drawn(viewer, shift?.from ?? now - 12 * HOUR)).map(({ caseId, seen }) => ({
        caseId,
        ...viewSeen(seen),
      })),
      rules: viewRules(rules, await mayAdminister(deps, viewer)),
      given: view(lists.filter(({ from }) => from === me)),
      taken: view(lists.filter(({ to }) => to === me)),
      led: view(lists.filter(({ from, to }) => from !== me && to !== me)),
      owed: own ? { dueAt: wire(own.dueAt), late: own.dueAt <= now } : null,
      missing: lacking
        .filter(({ personId, endedAt, told }) => endedAt <= now && (isMine(personId) || told.includes(me)))
        .map(({ personId, endedAt, dueAt, held, told }) => ({
          person: ref(personId),
          endedAt: wire(endedAt),
          dueAt: wire(dueAt),
          late: dueAt <= now,
          held,
          told: told.map(ref),
        })),
    });
  });

  mount(app, deps, shiftListEndpoints.confirm, async ({ body, viewer }) => {
    const { tenant, actor } = viewer;
    const now = time.now();
    const me = actor.personId ?? '';
    const snapshot = await deps.directory.snapshot(tenant);
    const next = snapshot.people.find(({ id }) => id === body.to);
    if (!next?.active || next.automaton || next.id === me) return refused(notActive);
    const shift = endingShift(snapshot, me, now);
    const there = await drawn(viewer, shift?.from ?? now - 12 * HOUR);
    const wanted = body.lines ?? there.map(({ caseId }) => ({ caseId, mode: 'hand' as const, remark: '' }));
    const lines = wanted.flatMap(({ caseId, mode, remark }) => {
      const found = there.find((one) => one.caseId === caseId);
      // What only waits for his answer is not his to hand over: the next one watches it.
      return found
        ? [{ ...found, remark: remark.trim(), mode: found.seen.duties.length === 0 ? ('keep' as const) : mode }]
        : [];
    });
    const gone = wanted.length - lines.length;
    if (gone > 0) return refused(changed(gone));
    if (lines.length === 0) return refused(nothing);
    const end = shift?.to ?? now;
    const begins = beginsAfter(snapshot, next.id, Math.max(end, now)) ?? end;
    const { acceptMinutes } = await shiftRules(pool, tenant);
    const until = Math.max(begins, now) + acceptMinutes * MINUTE;
    const id = await keepShiftList(
      pool,
      tenant,
      {
        id: uuid7(now),
        from: me,
        to: next.id,
        shiftEndsAt: shift?.to ?? null,
        nextBeginsAt: begins,
        acceptUntil: until,
        note: body.note.trim(),
        confirmedAt: now,
        lines,
      },
      { id: next.id, name: next.name, role: '', text: handsOver(actor.name, lines.length, until) },
    );
    for (const { caseId, mode, remark } of lines)
      if (mode === 'hand')
        await handling.handle({
          tenant,
          actor,
          caseId,
          command: { type: 'handOn', list: id, personId: next.id, until, remark },
          idempotencyKey: `shift:${id}:${caseId}`,
        });
    return told(viewer, id, 201);
  });

  mount(app, deps, shiftListEndpoints.read, ({ params, viewer }) => told(viewer, params.id));

  mount(app, deps, shiftListEndpoints.accept, async ({ params, body, viewer }) => {
    const list = await shiftList(pool, viewer.tenant, params.id);
    const fault = receiverFault(list, viewer);
    if (fault || !list) return refused(fault ?? unknown);
    const wanted = body.cases && new Set(body.cases);
    const mine = list.lines.filter(({ caseId }) => wanted?.has(caseId) ?? true);
    for (const { caseId, fate } of mine) {
      if (fate !== 'waiting') continue;
      const said = await handling.handle({
        tenant: viewer.tenant,
        actor: viewer.actor,
        caseId,
        command: { type: 'accept' },
      });
      if (!said.ok && said.refusal.code !== 'handOver.notYours') return refused(said.refusal);
    }
    const kept = mine.filter(({ mode }) => mode === 'keep').map(({ caseId }) => caseId);
    await markSeen(pool, viewer.tenant, list.id, kept, time.now());
    return told(viewer, list.id);
  });

  mount(app, deps, shiftListEndpoints.object, async ({ params, body, viewer }) => {
    const list = await shiftList(pool, viewer.tenant, params.id);
    const fault = receiverFault(list, viewer);
    if (fault || !list) return refused(fault ?? unknown);
    const line = list.lines.find(({ caseId }) => caseId === body.caseId);
    if (line?.fate !== 'waiting') return refused(notWaiting);
    if (body.reason.trim() === '') return refused(withoutReason);
    const said = await handling.handle({
      tenant: viewer.tenant,
      actor: viewer.actor,
      caseId: body.caseId,
      command: { type: 'decline', reason: body.reason.trim() },
    });
    return said.ok ? told(viewer, list.id) : refused(said.refusal);
  });

  mount(app, deps, shiftListEndpoints.setRules, async ({ body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    await setShiftRules(pool, viewer.tenant, body, viewer.actor.name, time.now());
    return answer(200, viewRules(await shiftRules(pool, viewer.tenant), true));
  });

  const drawn = (viewer: Viewer, since: Instant) =>
    viewer.actor.personId === null
      ? Promise.resolve([])
      : drawShiftLines({ pool, packs: handling.packs }, viewer.tenant, viewer.actor.personId, since);

  /** A list as its two parties and those who lead them see it; to everybody else there is none. */
  const told = async (viewer: Viewer, id: string, status = 200): Promise<Said> => {
    const list = await shiftList(pool, viewer.tenant, id);
    const me = viewer.actor.personId ?? '';
    const directory = await deps.directory.at(viewer.tenant, time.now());
    const concerns = (one: string): boolean => one === me || isAbove(directory, me, one);
    if (!list || !(concerns(list.from) || concerns(list.to))) return refused(unknown);
    return answer(status, viewList(list, await deps.directory.snapshot(viewer.tenant)));
  };
}

const receiverFault = (list: ShiftList | undefined, { actor }: Viewer): Refusal | undefined => {
  if (!list || (list.to !== actor.personId && list.from !== actor.personId)) return unknown;
  return list.to === actor.personId ? undefined : notYours;
};

const handsOver = (who: string, matters: number, until: Instant): Text =>
  text(
    `${who} 交来交接班清单，共 ${matters} 件：请在“交接班”页逐件核对，${clockTime(until)} 前接手`,
    `${who} hands over ${matters} matter(s): please go through the list on the page “Change of shift” and accept by ${clockTime(until)}`,
  );

const viewRules = ({ askedSince, ...rules }: ShiftRules, maySet: boolean): ShiftChangeView['rules'] => ({
  ...rules,
  asked: askedSince !== null,
  maySet,
});

const clockTime = (at: Instant): string => formatLocal(at).slice(5);

const refIn =
  ({ people }: Snapshot) =>
  (id: string): ShiftListView['from'] => {
    const one = people.find((person) => person.id === id);
    return { id, name: one?.name ?? '', unitId: one?.unitId ?? null };
  };

const viewSeen = ({ clocks, notes, ...rest }: SeenCase) => ({
  ...rest,
  clocks: clocks.map(({ dueAt, warnsAt, ...clock }) => ({
    ...clock,
    dueAt: wire(dueAt),
    warnsAt: wireOrNull(warnsAt),
  })),
  notes: notes.map((note) => ({ ...note, at: wire(note.at) })),
});

function viewList({ lines, ...list }: ShiftList, snapshot: Snapshot): ShiftListView {
  const ref = refIn(snapshot);
  return {
    id: list.id,
    from: ref(list.from),
    to: ref(list.to),
    confirmedAt: wire(list.confirmedAt),
    shiftEndsAt: wireOrNull(list.shiftEndsAt),
    nextBeginsAt: wire(list.nextBeginsAt),
    acceptUntil: wire(list.acceptUntil),
    note: list.note,
    waiting: lines.filter(({ fate }) => fate === 'waiting').length,
    lines: lines.map(({ caseId, mode, remark, seen, fate, at, reason, late }) => ({
      caseId,
      ...viewSeen(seen),
      mode,
      remark,
      fate,
      at: wireOrNull(at),
      reason,
      late,
    })),
  };
}

const unknown = refusal(
  'shiftList.unknown',
  text('没有这份交接班清单，或与您无关', 'There is no such list, or it does not concern you'),
);
const notYours = refusal('role.notYours', text('由接班人接手', 'To be accepted by the one who comes on duty'));
const notActive = refusal(
  'assign.notActive',
  text('请选择另一名在岗人员接班', 'Choose another active member of staff to take over'),
  { field: 'to' },
);
const nothing = refusal(
  'shiftList.empty',
  text(
    '名下没有在办案件，也没有等您答复的：不用交接',
    'Nothing open is yours and nothing waits for you: there is nothing to hand over',
  ),
);
const notWaiting = refusal('shiftList.notWaiting', text('这一件已不再等您接手', 'This line no longer waits for you'), {
  field: 'caseId',
});
const withoutReason = refusal('dispatch.withoutReason', text('请写明异议的理由', 'Say why you object'), {
  field: 'reason',
});
const changed = (n: number): Refusal =>
  refusal(
    'shiftList.changed',
    text(
      `清单里有 ${n} 件已不在您名下：请刷新后再确认`,
      `${n} of these are no longer yours: reload the list, then confirm`,
    ),
    { field: 'lines' },
  );

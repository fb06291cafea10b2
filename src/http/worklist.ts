import type { FastifyInstance } from 'fastify';
import type { Value } from '#case/event.ts';
import type { ClockRun } from '#case/state.ts';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import { maskInText, maskRoom } from '#directory/mask.ts';
import { placesBelow } from '#directory/premises-below.ts';
import { look } from '#journal/read.ts';
import { cursorOf, type WorklistFilter, type WorklistRow } from '#journal/worklist.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { type WorklistItem, type WorklistQuery, worklistEndpoints } from './contract/worklist.ts';
import type { HttpDeps } from './deps.ts';
import { see } from './load.ts';
import { wire } from './moment.ts';
import { answer, mount } from './mount.ts';
import type { Viewer } from './who.ts';
import { countMine } from './worklist-count.ts';
import { narrowing, type Sees, seesOf } from './worklist-sight.ts';

interface Detail {
  id: string;
  values: { [field: string]: Value };
  clocks: ClockRun[];
}

// Looked up for the rows of a page only: what is personal is not kept in the list itself.
const details = statement<Detail>(
  'http.worklistDetails',
  `select id, state->'values' as values, state->'clocks' as clocks from huiyin.case_list where id = any ($1::uuid[])`,
);
const TITLE = 40;
// Pages are refilled when rows fall out because the viewer must stand aside; this ends a run of nothing but such rows.
const REFILLS = 5;

/** GET /worklist. */
export function mountWorklist(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, worklistEndpoints.page, async ({ query, viewer }) => {
    const sees = await seesOf(deps, viewer);
    const items: WorklistItem[] = [];
    let cursor: string | null = query.after ?? null;
    for (let round = 0; round < REFILLS; round += 1) {
      const page = await nextRows(deps, viewer, sees, query, cursor, query.limit - items.length);
      items.push(...(await show(deps, viewer, sees, page.rows, query.view)));
      cursor = page.cursor;
      if (cursor === null || items.length >= query.limit) break;
    }
    // The figures are the company's: a key confined to an estate gets none.
    const counts =
      query.after === undefined && viewer.estateId === null
        ? {
            counts: { ...(await countMine(deps, viewer, sees.arms('role'))), ...(await countLent(deps, viewer, sees)) },
          }
        : {};
    return answer(200, { items, next: cursor, ...counts });
  });
}

/** How many open cases he looks after for others; nothing where he stands in for nobody. */
async function countLent(deps: HttpDeps, viewer: Viewer, { lenders }: Sees): Promise<{ standIn?: number }> {
  if (lenders.length === 0) return {};
  const counts = await Promise.all(
    lenders.map(({ personId, name, posts, states }) =>
      countMine(deps, { ...viewer, actor: { kind: 'staff', personId: personId ?? 'nobody', name, posts } }, states),
    ),
  );
  return { standIn: counts.reduce((sum, { mine }) => sum + mine, 0) };
}

/** The next rows over all arms of the view, each read in the order of its index. */
async function nextRows(
  deps: HttpDeps,
  viewer: Viewer,
  sees: Sees,
  query: WorklistQuery,
  cursor: string | null,
  limit: number,
): Promise<{ rows: WorklistRow[]; cursor: string | null }> {
  const asked = narrowing(deps.time.now(), sees, query);
  if (asked === null) return { rows: [], cursor: null };
  const { tenant, estateId } = viewer;
  const own = estateId === null ? asked : { ...asked, premises: await placesBelow(deps.pool, tenant, estateId) };
  const arms = sees.arms(query.view).filter((arm) => agree(own, arm));
  const pages = await Promise.all(
    arms.map((arm: WorklistFilter) => deps.handling.worklist(viewer.tenant, { ...own, ...arm }, { limit, cursor })),
  );
  const merged = new Map(pages.flatMap((page) => page.rows).map((row) => [row.id, row]));
  const order = (row: WorklistRow): number => row.nextDueAt ?? Number.POSITIVE_INFINITY;
  const byDue = (a: WorklistRow, b: WorklistRow): number =>
    order(a) === order(b) ? (a.id < b.id ? -1 : 1) : order(a) - order(b);
  const sorted = [...merged.values()].sort(byDue);
  const rows = sorted.slice(0, limit);
  const more = sorted.length > limit || pages.some((page) => page.cursor !== null);
  const last = rows.at(-1);
  // What he looks after for another is judged by that one's power, when its details are known.
  return {
    rows: rows.filter((row) => query.view === 'standIn' || sees.may(row)),
    cursor: more && last ? cursorOf(last) : null,
  };
}

/** The first rows whose next act is the viewer's own, next deadline first. */
export async function rowsWaiting(deps: HttpDeps, viewer: Viewer, most: number): Promise<WorklistRow[]> {
  const sees = await seesOf(deps, viewer);
  const { rows } = await nextRows(deps, viewer, sees, { view: 'mine', limit: most }, null, most);
  const waiting: WorklistRow[] = [];
  for (const row of rows) {
    const pack = await deps.handling.packs.version(viewer.tenant, row.pack, row.packVersion);
    if (sees.waitsForMe(row, pack)) waiting.push(row);
  }
  return waiting;
}

/** Whether a part of a view can hold anything of what was asked for. */
const agree = (asked: WorklistFilter, arm: WorklistFilter): boolean =>
  (['pack', 'procedure', 'state'] as const).every(
    (key) => asked[key] === undefined || arm[key] === undefined || asked[key] === arm[key],
  );

/** Cases the viewer could not open: an earlier version, which they still follow, may give his posts less than the one in force. */
async function shutTo(
  deps: HttpDeps,
  viewer: Viewer,
  sees: Sees,
  rows: readonly WorklistRow[],
): Promise<ReadonlySet<string>> {
  const earlier = rows.filter((row) => !sees.current(row)).map(({ id }) => id);
  if (earlier.length === 0) return new Set();
  const { cases } = await look(deps.pool, viewer.tenant, earlier, []);
  const shut = new Set<string>();
  for (const [id, { state }] of cases) if (!(await see(deps, viewer, state)).ok) shut.add(id);
  return shut;
}

async function show(
  deps: HttpDeps,
  viewer: Viewer,
  sees: Sees,
  rows: readonly WorklistRow[],
  view: WorklistQuery['view'],
): Promise<WorklistItem[]> {
  if (rows.length === 0) return [];
  const found = await withTenant(deps.pool, viewer.tenant, (client) =>
    details.run(client, [rows.map((row) => row.id)]),
  );
  const byId = new Map(found.map((detail) => [detail.id, detail]));
  const shut = await shutTo(deps, viewer, sees, rows);
  const items: WorklistItem[] = [];
  for (const row of rows) {
    const pack = await deps.handling.packs.version(viewer.tenant, row.pack, row.packVersion);
    const detail = byId.get(row.id);
    if (!detail || shut.has(row.id) || accused(pack, row, detail, viewer.actor.personId)) continue;
    const lender = sees.lenders.find((hand) => hand.owns(row, pack) && !accused(pack, row, detail, hand.lentBy));
    if (view === 'standIn' && !lender) continue;
    items.push(item(row, detail, pack, sees, lender?.name ?? null));
  }
  return items;
}

/** Whether the case complains of this person: it then stays out of his lists. */
function accused(pack: CompiledPack, row: WorklistRow, detail: Detail, personId: string | null): boolean {
  const fields = pack.procedures[row.procedure]?.recusal ?? [];
  return personId !== null && fields.some((field) => [detail.values[field]].flat().includes(personId));
}

function item(
  row: WorklistRow,
  detail: Detail,
  pack: CompiledPack,
  sees: Sees,
  standsInFor: string | null,
): WorklistItem {
  const procedure = pack.procedures[row.procedure];
  const clock = row.nextDueClock === null ? undefined : procedure?.clocks[row.nextDueClock];
  const run = detail.clocks.findLast((one) => one.clock === row.nextDueClock && one.status === 'running');
  return {
    id: row.id,
    number: row.number,
    title: maskInText([...row.summary].slice(0, TITLE).join('')),
    pack: row.pack,
    matter: row.matter,
    procedure: row.procedure,
    state: row.state,
    stateTitle: procedure?.states[row.state]?.title ?? { zh: row.state, en: row.state },
    category: row.category,
    place: placeOf(detail.values.place),
    assignee:
      row.assigneeId === null
        ? null
        : { id: row.assigneeId, name: row.assigneeName ?? '', unitId: row.responsibleUnit },
    nextDeadline:
      row.nextDueAt === null || row.nextDueClock === null
        ? null
        : {
            clock: row.nextDueClock,
            title: clock?.title ?? { zh: row.nextDueClock, en: row.nextDueClock },
            clause: clock?.clause ?? '',
            dueAt: wire(row.nextDueAt),
            startedAt: run ? wire(run.startedAt) : null,
          },
    breached: row.breachLevel > 0,
    registeredAt: wire(row.registeredAt),
    waitsForMe: sees.waitsForMe(row, pack),
    standsInFor,
  };
}

function placeOf(value: Value | undefined): string | null {
  if (typeof value === 'string') return maskRoom(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return typeof value.text === 'string' ? maskRoom(value.text) : null;
}

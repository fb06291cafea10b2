import type { FastifyInstance } from 'fastify';
import { CHINA_OFFSET, parseDate, startOfDay } from '#clock/civil.ts';
import { maskInText } from '#directory/mask.ts';
import type { Instant } from '#kernel/instant.ts';
import { type ArchiveRow, searchArchive } from '#reports/archive-search.ts';
import { type ArchiveItem, archiveEndpoints } from './contract/archive.ts';
import type { HttpDeps } from './deps.ts';
import { wire, wireOrNull } from './moment.ts';
import { answer, mount } from './mount.ts';
import type { Viewer } from './who.ts';

/** GET /archive. */
export function mountArchive(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, archiveEndpoints.search, async ({ query, viewer }) => {
    const { premises, from, to, procedure, channel, category, assignee, q, after, limit } = query;
    const { rows, cursor } = await searchArchive(
      { pool: deps.pool, packs: deps.handling.packs, tenant: viewer.tenant, reader: viewer.actor },
      {
        premisesId: premises,
        from: dayBegins(from, 0),
        to: dayBegins(to, 1),
        procedure,
        channel,
        category,
        assigneeId: assignee,
        words: q,
      },
      { limit, cursor: after ?? null },
    );
    const items = await Promise.all(rows.map((row) => item(deps, viewer, row)));
    return answer(200, { items, next: cursor });
  });
}

function dayBegins(date: string | undefined, later: number): Instant | undefined {
  const day = date === undefined ? null : parseDate(date);
  return day === null ? undefined : startOfDay(day + later, CHINA_OFFSET);
}

async function item(deps: HttpDeps, viewer: Viewer, row: ArchiveRow): Promise<ArchiveItem> {
  const pack = await deps.handling.packs.version(viewer.tenant, row.pack, row.packVersion);
  return {
    id: row.id,
    number: row.number,
    title: maskInText(row.summary),
    matter: row.matter,
    procedure: row.procedure,
    channel: row.channel,
    stateTitle: pack.procedures[row.procedure]?.states[row.state]?.title ?? { zh: row.state, en: row.state },
    category: row.category,
    assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: row.assigneeName ?? '' },
    receivedAt: wire(row.receivedAt),
    closedAt: wireOrNull(row.closedAt),
    archivedAt: wire(row.archivedAt),
  };
}

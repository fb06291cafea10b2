import type { FastifyInstance } from 'fastify';
import { recused } from '#case/roles.ts';
import { CHINA_OFFSET, endOfDay, localDate, parseDate } from '#clock/civil.ts';
import { type LookRow, looksIn } from '#directory/looks.ts';
import { maskInText } from '#directory/mask.ts';
import { DAY } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { parseIso } from '#policy/fields/moment.ts';
import { powerFault } from './administration.ts';
import { lookEndpoints } from './contract/look.ts';
import type { HttpDeps } from './deps.ts';
import { wire } from './moment.ts';
import { answer, mount, refused } from './mount.ts';
import type { Viewer } from './who.ts';

const USUAL = 30 * DAY;
const badDay = refusal('field.notDate', text('日期不是真实的日子', 'That is no real date'), { field: 'from' });

/** GET /looks: the data protection officer's page. To read it is no look itself: it shows no one's data. */
export function mountLooks(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, lookEndpoints.list, async ({ query, viewer }) => {
    const fault = await powerFault(deps, viewer, 'looks');
    if (fault) return refused(fault);
    const now = deps.time.now();
    const [from, to] = [query.from ?? localDate(now - USUAL), query.to ?? localDate(now)];
    const [first, last] = [parseDate(from), parseDate(to)];
    if (first === null || last === null) return refused(badDay);
    const { rows, sums } = await looksIn(deps.pool, viewer.tenant, {
      from: endOfDay(first - 1, CHINA_OFFSET),
      to: endOfDay(last, CHINA_OFFSET),
      person: query.person,
      caseId: query.case,
      before: query.before === undefined ? undefined : parseIso(query.before),
      limit: query.limit,
    });
    const barred = await casesAgainst(deps, viewer, rows);
    const oldest = rows.at(-1);
    return answer(200, {
      from,
      to,
      items: rows.map((row) => {
        const withheld = row.caseId !== null && barred.has(row.caseId);
        return {
          id: row.id,
          at: wire(row.at),
          person: { id: row.personId, name: row.personName },
          case: row.caseId === null ? null : { id: row.caseId, number: row.number ?? '' },
          fields: row.fields,
          reason: withheld ? '' : maskInText(row.reason),
          withheld,
        };
      }),
      people: sums,
      next: rows.length === query.limit && oldest ? wire(oldest.at) : null,
    });
  });
}

/** Cases in which the reader himself must stand aside: a reason may name who complained of him. */
async function casesAgainst(deps: HttpDeps, viewer: Viewer, rows: readonly LookRow[]): Promise<Set<string>> {
  const me = viewer.actor.personId;
  const barred = new Set<string>();
  for (const caseId of new Set(rows.flatMap((row) => row.caseId ?? []))) {
    const file = await deps.handling.caseById(viewer.tenant, caseId);
    if (!file || me === null) continue;
    const pack = await deps.handling.packs.version(viewer.tenant, file.state.pack, file.state.packVersion);
    if (recused(file.state, pack).includes(me)) barred.add(caseId);
  }
  return barred;
}

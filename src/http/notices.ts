import type { FastifyInstance } from 'fastify';
import { withTenant } from '#db/pool.ts';
import { maskInText } from '#directory/mask.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { noticeEndpoints } from './contract/notice.ts';
import type { HttpDeps } from './deps.ts';
import { wire, wireOrNull } from './moment.ts';
import { answer, mount, refused } from './mount.ts';

const unknown = refusal('notice.unknown', text('没有给您的这条通知', 'There is no such message to you'));
const ID = /^([0-9a-f-]{36})\.(\d{1,9})$/;

/** A member of staff's own messages, and that he has read them. `all` as id reads everything. */
export function mountNotices(app: FastifyInstance, deps: HttpDeps): void {
  const { notices } = deps.handling;

  mount(app, deps, noticeEndpoints.mine, async ({ query, viewer }) => {
    const { personId } = viewer.actor;
    if (personId === null) return answer(200, { items: [], unread: 0 });
    const [found, unread] = await Promise.all([
      notices.of(viewer.tenant, personId, { unreadOnly: query.unread === 'true', limit: query.limit }),
      notices.unread(viewer.tenant, personId),
    ]);
    const items = found.map((one) => ({
      id: `${one.caseId}.${one.seq}`,
      about: one.about,
      caseId: one.about === 'case' ? one.caseId : null,
      personId: one.personId,
      number: one.number === '' ? null : one.number,
      seq: one.seq,
      notice: one.notice,
      text: { zh: maskInText(one.text.zh), en: maskInText(one.text.en) },
      at: wire(one.at),
      readAt: wireOrNull(one.readAt),
    }));
    return answer(200, { items, unread });
  });

  mount(app, deps, noticeEndpoints.reading, async ({ params, viewer }) => {
    const { personId } = viewer.actor;
    if (personId === null) return refused(unknown);
    if (params.id === 'all') {
      await notices.markRead(viewer.tenant, personId);
      return answer(204, null);
    }
    const [, caseId, seq] = ID.exec(params.id) ?? [];
    if (caseId === undefined) return refused(unknown);
    const there = await withTenant(deps.pool, viewer.tenant, (client) =>
      client.query(
        `update huiyin.notice set read_at = coalesce(read_at, huiyin.instant($5)), read_by = coalesce(read_by, 'page')
         where tenant_id = $1 and case_id = $2 and seq = $3 and recipient_id = $4`,
        [viewer.tenant, caseId, Number(seq), personId, deps.time.now()],
      ),
    );
    return there.rowCount === 1 ? answer(204, null) : refused(unknown);
  });
}

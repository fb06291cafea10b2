import type { FastifyInstance } from 'fastify';
import { withTenant } from '#db/pool.ts';
import { maskInText, maskName } from '#directory/mask.ts';
import type { NoticeHistory } from '#handling/notice-history.ts';
import { COMPANY_CHOICE, noticeChoice, noticeRules, setNoticeChoice, setNoticeRules } from '#handling/notice-rules.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { isAbove } from '#reports/authority.ts';
import { administrationFault, mayAdminister, powerFault } from './administration.ts';
import { type NoticeHistoryView, noticeHistoryEndpoints } from './contract/notice-history.ts';
import type { HttpDeps } from './deps.ts';
import { tellJournal } from './journal.ts';
import { loadCase, type Seen } from './load.ts';
import { wire, wireOrNull } from './moment.ts';
import { answer, mount, refused } from './mount.ts';
import type { Viewer } from './who.ts';

const nothingToSend = refusal(
  'notice.notFailed',
  text('这条通知没有失败，或已在重发，无须再发', 'This notice has not failed, or is being sent again'),
);
const forPeople = refusal('notice.noPerson', text('接口密钥不接收通知', 'A key is told nothing'));

/** What people were told, what did not arrive, and how people want to be told. */
export function mountNoticeHistory(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, time } = deps;
  const { notices } = deps.handling;

  mount(app, deps, noticeHistoryEndpoints.ofCase, async ({ params, viewer }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    const told = await notices.ofCase(viewer.tenant, params.id);
    const shown = await openEntries(deps, viewer, seen.value);
    const items = told.filter(({ seq }) => shown.has(seq)).map((one) => tell(one, seen.value.pack));
    const asker = seen.value.sight !== 'withoutAsker';
    return answer(200, { items: items.map((one) => (asker || !one.toOwner ? one : { ...one, to: '', sendings: [] })) });
  });

  mount(app, deps, noticeHistoryEndpoints.again, async ({ params, viewer }) => {
    const which = { caseId: params.id, seq: params.seq };
    const house = await notices.house(viewer.tenant, which);
    if (!house || !(await concerns(deps, viewer))(house)) {
      const seen = await loadCase(deps, viewer, params.id);
      if (!seen.ok) return refused(seen.refusal);
    }
    const fault = await powerFault(deps, viewer, 'deadLetters');
    if (fault) return refused(fault);
    const done = await notices.sendAgain(viewer.tenant, which);
    return done ? answer(204, null) : refused(nothingToSend);
  });

  mount(app, deps, noticeHistoryEndpoints.undelivered, async ({ viewer }) => {
    const fault = await powerFault(deps, viewer, 'deadLetters');
    if (fault) return refused(fault);
    const items: NoticeHistoryView[] = [];
    const isFor = await concerns(deps, viewer);
    for (const one of await notices.undelivered(viewer.tenant)) {
      if (one.about !== 'case') {
        if (isFor(one)) items.push(tell(one));
        continue;
      }
      const seen = await loadCase(deps, viewer, one.caseId);
      if (seen.ok && seen.value.sight === 'case') items.push(tell(one, seen.value.pack));
    }
    return answer(200, { items });
  });

  mount(app, deps, noticeHistoryEndpoints.settings, async ({ viewer: { tenant, actor }, viewer }) => {
    const found = await withTenant(pool, tenant, async (client) => ({
      rules: await noticeRules(client, tenant),
      choice: actor.personId === null ? COMPANY_CHOICE : await noticeChoice(client, tenant, actor.personId),
    }));
    return answer(200, { ...found, ways: [...notices.ways], administers: await mayAdminister(deps, viewer) });
  });

  mount(app, deps, noticeHistoryEndpoints.choose, async ({ body, viewer: { tenant, actor } }) => {
    const { personId } = actor;
    if (personId === null) return refused(forPeople);
    await withTenant(pool, tenant, (client) => setNoticeChoice(client, tenant, personId, body, time.now()));
    return answer(204, null);
  });

  mount(app, deps, noticeHistoryEndpoints.rule, async ({ body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const { tenant, actor } = viewer;
    await withTenant(pool, tenant, (client) => setNoticeRules(client, tenant, body, actor.name, time.now()));
    return answer(204, null);
  });
}

/** Entries that are not kept from the viewer: whom a confidential act told of it is kept with the act. */
async function openEntries(deps: HttpDeps, { tenant }: Viewer, seen: Seen): Promise<Set<number>> {
  const entries = await tellJournal(deps, tenant, seen, 0);
  return new Set(entries.filter((one) => one.type === 'noticeIssued' && 'to' in one.data).map(({ seq }) => seq));
}

/** What is about no case may be about somebody himself: for him, whoever stands above him, and those who keep the organisation. */
async function concerns(deps: HttpDeps, viewer: Viewer): Promise<(one: NoticeHistory) => boolean> {
  const { personId } = viewer.actor;
  const keeps = await mayAdminister(deps, viewer);
  const directory = await deps.directory.at(viewer.tenant, deps.time.now());
  return ({ recipientId }) =>
    keeps || (recipientId !== null && (recipientId === personId || isAbove(directory, personId, recipientId)));
}

function tell(one: NoticeHistory, pack?: CompiledPack): NoticeHistoryView {
  const toOwner = one.recipientKind === 'owner';
  return {
    about: one.about,
    caseId: one.caseId,
    seq: one.seq,
    number: one.number,
    notice: one.notice,
    title: pack?.notices[one.notice]?.title ?? null,
    toOwner,
    to: toOwner ? maskName(one.recipientName) : one.recipientName,
    text: { zh: maskInText(one.text.zh), en: maskInText(one.text.en) },
    at: wire(one.at),
    delivery: one.delivery,
    deliveryNote: one.deliveryNote === null ? null : maskInText(one.deliveryNote),
    readAt: wireOrNull(one.readAt),
    readBy: one.readBy,
    sendings: one.sendings.map(({ dueAt, settledAt, note, ...rest }) => ({
      ...rest,
      dueAt: wire(dueAt),
      settledAt: wireOrNull(settledAt),
      note: note === null ? null : maskInText(note),
    })),
  };
}

import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { CaseState } from '#case/state.ts';
import { formatLocal, localDate } from '#clock/civil.ts';
import { telephoneOf } from '#directory/manage.ts';
import { maskName } from '#directory/mask.ts';
import type { DocumentModel } from '#documents/model.ts';
import { renderPdf } from '#documents/pdf.ts';
import { refusal } from '#kernel/refusal.ts';
import { fill, type Text, text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { ownerly } from '#policy/tell/ownerly.ts';
import { caseEndpoints } from './contract/case.ts';
import type { HttpDeps } from './deps.ts';
import { loadCase } from './load.ts';
import { mount, refused } from './mount.ts';
import { linkForAsker } from './owner-link.ts';
import { languageOf } from './problem.ts';

const noReceipt = refusal(
  'document.noReceipt',
  text('内部事项没有给来人的回执，或您须回避', 'There is no receipt for this case, or you must stand aside'),
);

const scanned = text('{n} 份，已扫描', '{n}, scanned');
const latest = text('最迟 {at}', 'by {at}');

/** The slip for the person at the counter: that it was taken in, under which number, and what was promised by when. */
export function mountReceipt(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, caseEndpoints.receipt, async ({ params, query, viewer, request, reply }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    const { state, pack, sight } = seen.value;
    if (sight === 'withoutAsker' || pack.procedures[state.procedure]?.internal !== false) return refused(noReceipt);
    const now = deps.time.now();
    const { name } = await deps.directory.snapshot(viewer.tenant);
    const telephone = await telephoneOf(deps.pool, viewer.tenant);
    const lang = languageOf(request);
    const sections = sectionsOf(state, pack, { clerk: viewer.actor.name, telephone, lang });
    const model: DocumentModel = {
      title: text('受理回执', 'Receipt'),
      number: state.number,
      company: name,
      sections,
      signatures: [
        { label: text('经手人', 'Received by'), signer: '', method: 'paper', at: null },
        { label: text('交件人', 'Handed in by'), signer: '', method: 'paper', at: null },
      ],
      digest: createHash('sha256').update(JSON.stringify(sections)).digest('hex'),
      qr: await linkForAsker(deps, request, viewer.tenant, state.id, now),
      issuedAt: now,
      lang,
      paper: query.paper,
    };
    reply
      .headers({
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(`${state.number}-回执.pdf`)}`,
        'cache-control': 'private, no-store',
      })
      .send(Buffer.from(await renderPdf(model)));
    return { raw: true };
  });
}

/** No name stands on it in full: slips are left lying about. */
function sectionsOf(
  state: CaseState,
  pack: CompiledPack,
  { clerk, telephone, lang }: { clerk: string; telephone: string | null; lang: keyof Text },
) {
  const specs = pack.procedures[state.procedure]?.clocks ?? {};
  const channel = pack.channels[state.channel];
  const scan = channel?.scan === undefined ? undefined : state.values[channel.scan];
  const asker = state.values.contactName;
  const row = (label: Text, value: string) => ({ label, value });
  const promised = state.clocks.filter(({ clock, stoppedAt }) => stoppedAt === null && specs[clock]?.shownToOwner);
  return [
    {
      title: text('收到什么', 'What was received'),
      rows: [
        row(text('事项', 'Matter'), pack.matters[state.matter]?.title[lang] ?? state.matter),
        row(text('来源', 'Came by'), (state.via ?? channel)?.title[lang] ?? state.channel),
        // The two differ for what lay in a box or came by post; clocks run from the first.
        row(text('收到日期', 'Arrived on'), localDate(state.receivedAt)),
        row(text('登记时间', 'Registered'), formatLocal(state.registeredAt)),
        ...(typeof asker === 'string' && asker !== '' ? [row(text('来件人', 'From'), maskName(asker))] : []),
        ...(Array.isArray(scan) ? [row(text('原件', 'Papers'), fill(scanned, { n: scan.length })[lang])] : []),
      ],
    },
    {
      title: text('我们答应您', 'What we promise you'),
      rows: [
        ...promised.map(({ clock, dueAt }) => {
          const title = specs[clock]?.title ?? text(clock, clock);
          return row(text(ownerly(title, 'zh'), ownerly(title, 'en')), fill(latest, { at: formatLocal(dueAt) })[lang]);
        }),
        row(text('经手人', 'Received by'), clerk),
        ...(telephone === null ? [] : [row(text('查询电话', 'Telephone'), telephone)]),
      ],
    },
  ];
}

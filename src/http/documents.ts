import type { FastifyInstance } from 'fastify';
import { renderForm } from '#case/render-form.ts';
import { withTenant } from '#db/pool.ts';
import { type CasePaper, papersOf, withPictures } from '#documents/case-papers.ts';
import type { PrintedAttachment } from '#documents/model.ts';
import { renderPdf } from '#documents/pdf.ts';
import { findAttachments, readAttachment, readThumbnailOf } from '#documents/store.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { signerFor } from './case-view.ts';
import { documentEndpoints } from './contract/document.ts';
import type { HttpDeps } from './deps.ts';
import { hasDisclosed } from './disclosure.ts';
import { loadCase, type Seen, showFor } from './load.ts';
import { maskSections } from './mask-sections.ts';
import { answer, mount, refused } from './mount.ts';
import { languageOf } from './problem.ts';

const unknown = refusal(
  'document.unknown',
  text('没有这份文书，或尚未出具', 'There is no such form, or it has not been issued'),
);

/** Forms as they would look, and as they were issued. */
export function mountDocuments(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, documentEndpoints.preview, async ({ params, viewer }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    const { state, pack, sight } = seen.value;
    const procedure = pack.procedures[state.procedure];
    const form = procedure && Object.hasOwn(procedure.forms, params.form) ? procedure.forms[params.form] : undefined;
    if (!procedure || !form) return refused(unknown);
    const ctx = await deps.handling.context(viewer.tenant, pack, viewer.actor);
    const paper = renderForm(params.form, state, ctx);
    const clear = sight === 'case' && (await hasDisclosed(deps, viewer, state.id));
    return answer(200, {
      form: paper.form,
      title: paper.title,
      number: paper.number,
      digest: paper.digest,
      clause: paper.clause,
      issued: paper.issued !== null,
      sections: clear ? paper.sections : maskSections(paper.sections, form, procedure, sight),
    });
  });

  mount(app, deps, documentEndpoints.pdf, async ({ params, viewer, request, reply }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    const { state, sight } = seen.value;
    const clear = sight === 'case' && (await hasDisclosed(deps, viewer, state.id));
    const entries = await deps.handling.journalOf(viewer.tenant, state.id);
    const { name } = await deps.directory.snapshot(viewer.tenant);
    const head = { company: name, lang: languageOf(request) };
    const paper = papersOf(entries, head).findLast((one) => one.form === params.form);
    if (!paper) return refused(unknown);
    const bytes = await renderPdf(clear ? await complete(deps, viewer.tenant, paper) : masked(paper, seen.value));
    reply
      .headers({
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(`${paper.number.replaceAll('/', '-')}.pdf`)}`,
        'cache-control': 'private, no-store',
      })
      .send(Buffer.from(bytes));
    return { raw: true };
  });
}

/** As it was issued, with its pictures. */
async function complete(deps: HttpDeps, tenant: string, paper: CasePaper): Promise<CasePaper['model']> {
  const files = await withTenant(deps.pool, tenant, (client) => findAttachments(client, tenant, paper.shows));
  const shown = new Map<string, PrintedAttachment>();
  for (const { id, name, sha256, hasThumbnail } of files) {
    const image = hasThumbnail ? await readThumbnailOf(deps.pool, tenant, id) : null;
    shown.set(id, { id, name, sha256, ...(image ? { image } : {}) });
  }
  const drawn =
    paper.signatureImage === null ? undefined : await readAttachment(deps.pool, tenant, paper.signatureImage);
  return withPictures(paper, shown, drawn ?? null);
}

/** The same form with everything personal masked and without pictures. */
function masked(paper: CasePaper, { state, pack, sight }: Seen): CasePaper['model'] {
  const procedure = pack.procedures[state.procedure];
  const form = procedure?.forms[paper.form];
  if (!procedure || !form) throw new Error(`The pack of ${state.number} has no form ${paper.form}`);
  return {
    ...paper.model,
    sections: maskSections(paper.model.sections, form, procedure, sight),
    signatures: paper.model.signatures.map((one) => ({
      ...one,
      signer: signerFor(one.signer, showFor(sight)),
      witness: one.witness ? signerFor(one.witness, showFor(sight)) : null,
    })),
  };
}

import type { FastifyInstance, FastifyReply } from 'fastify';
import type { CaseState } from '#case/state.ts';
import { withTenant } from '#db/pool.ts';
import { findAttachments, openAttachment, readThumbnailOf } from '#documents/store.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { script } from './assets.ts';
import type { OwnerDeps } from './deps.ts';
import { resolveOwnerLink } from './link.ts';
import { ownUploads } from './uploads.ts';

const TENANT = /^[a-z0-9]{4,16}$/;

/** The script, uploads that no case uses yet, and the attachments of a case that its page shows. */
export function fileRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  app.get('/o/s/owner.js', (_request, reply) =>
    reply
      .headers({ 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' })
      .type('text/javascript; charset=utf-8')
      .send(script),
  );

  app.get<{ Params: { tenant: string; id: string } }>('/o/u/:tenant/:id', async (request, reply) => {
    const { tenant, id } = request.params;
    const own = TENANT.test(tenant) ? await ownUploads(deps, tenant, [id]) : [];
    return own.length === 0 ? absent(reply) : sendSmall(deps, reply, tenant, id);
  });

  app.get<{ Params: { token: string; id: string }; Querystring: { small?: string } }>(
    '/o/c/:token/a/:id',
    async (request, reply) => {
      const { token, id } = request.params;
      const link = await resolveOwnerLink(deps.pool, token, deps.time.now());
      const file = link && (await deps.handling.caseById(link.tenant, link.caseId));
      if (!link || !file) return absent(reply);
      const pack = await deps.handling.packs.version(link.tenant, file.state.pack, file.state.packVersion);
      const procedure = pack.procedures[file.state.procedure];
      const shown = procedure && shownFiles(file.state, procedure).has(id);
      const uploaded = shown || (await ownUploads(deps, link.tenant, [id])).length > 0;
      if (!uploaded) return absent(reply);
      return sendFile(deps, reply, link.tenant, id, request.query.small === '1');
    },
  );
}

/** Attachments that the person who asked may see: those he sent, and those in fields that are shown to him. */
function shownFiles(state: CaseState, procedure: ProcedureSpec): Set<string> {
  const ids = new Set<string>();
  const take = (fields: ProcedureSpec['intake']['fields'], values: CaseState['values'], own: boolean): void => {
    for (const [field, { type, visible }] of Object.entries(fields)) {
      const value = values[field];
      if (type === 'attachments' && Array.isArray(value) && (own || visible))
        for (const id of value) ids.add(String(id));
    }
  };
  take(procedure.intake.fields, state.values, true);
  for (const [step, entries] of Object.entries(state.entries))
    for (const { values, by, visible } of entries) {
      const own = by.kind === 'owner';
      if (own || visible) take(procedure.steps[step]?.fields ?? {}, values, own);
    }
  for (const { by, visible, files = [] } of state.notes)
    if (by.kind === 'owner' || visible) for (const id of files) ids.add(id);
  return ids;
}

/** An attachment, whole or as its small picture. Who may see it was asked before. */
export async function sendFile(
  deps: OwnerDeps,
  reply: FastifyReply,
  tenant: string,
  id: string,
  small: boolean,
): Promise<FastifyReply> {
  if (small) return sendSmall(deps, reply, tenant, id);
  const opened = await openAttachment(deps.pool, tenant, id);
  if (!opened) return absent(reply);
  const { attachment, stream } = opened;
  const how =
    /^(image|video|audio)\//.test(attachment.type) || attachment.type === 'application/pdf' ? 'inline' : 'attachment';
  return safe(reply)
    .header('content-disposition', `${how}; filename*=UTF-8''${encodeURIComponent(attachment.name)}`)
    .header('content-length', attachment.size)
    .type(attachment.type)
    .send(stream);
}

async function sendSmall(deps: OwnerDeps, reply: FastifyReply, tenant: string, id: string): Promise<FastifyReply> {
  const small = await readThumbnailOf(deps.pool, tenant, id);
  if (small) return safe(reply).type('image/jpeg').send(small);
  const [file] = await withTenant(deps.pool, tenant, (client) => findAttachments(client, tenant, [id]));
  return file ? safe(reply).type('image/svg+xml').send(placeholder(file.type)) : absent(reply);
}

/** Stands for a film or a paper, which have no small picture. */
const placeholder = (type: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="#f1f5f2"/><path d="${
    type.startsWith('video/') ? 'M36 28l32 20-32 20z' : 'M30 18h26l12 12v48H30zM56 18v12h12'
  }" fill="none" stroke="#0b5c49" stroke-width="3" stroke-linejoin="round"/></svg>`;

const safe = (reply: FastifyReply): FastifyReply =>
  reply.headers({
    'cache-control': 'private, max-age=86400',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'referrer-policy': 'no-referrer',
  });
export const absent = (reply: FastifyReply): FastifyReply =>
  reply.code(404).header('cache-control', 'no-store').type('text/plain').send('');

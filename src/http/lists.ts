import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { withTenant } from '#db/pool.ts';
import { applyImport, unknownList } from '#directory/import/apply.ts';
import { type ImportBatch, importById, importRows, listImports } from '#directory/import/batch.ts';
import { exportList, type Format, writeTemplate } from '#directory/import/export.ts';
import type { ListContext, ListKind } from '#directory/import/kind.ts';
import { listKinds } from '#directory/import/kinds/index.ts';
import { lookAt } from '#directory/import/look.ts';
import { undoImport } from '#directory/import/undo.ts';
import { revealPersonal } from '#directory/reveal.ts';
import { lookAtShifts } from '#handling/shift-rules.ts';
import { uuid7 } from '#handling/uuid.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { faults, LARGEST_FILE } from '#sheets/faults.ts';
import { administrationFault, postsOf } from './administration.ts';
import { type ImportRowView, type ImportView, listEndpoints } from './contract/list.ts';
import type { HttpDeps } from './deps.ts';
import { maskRow, PERSONAL_COLUMNS } from './import-mask.ts';
import { wire, wireOrNull } from './moment.ts';
import { answer, mount, refused, type Said } from './mount.ts';
import { languageOf } from './problem.ts';
import type { Viewer } from './who.ts';

/** Personal columns of a list, by name: each look at them in clear is written down with its reason. */
const personalOf = (kind: string): string[] | undefined => {
  const columns = PERSONAL_COLUMNS[kind];
  return columns && Object.keys(columns);
};
const MIME: Record<Format, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** Lists from Excel and CSV: template, preview, writing, undoing, and the way out again. */
export function mountLists(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, time } = deps;

  mount(app, deps, listEndpoints.kinds, async () =>
    answer(
      200,
      listKinds.map(({ name, title, columns }) => ({
        name,
        title,
        personal: Object.hasOwn(PERSONAL_COLUMNS, name),
        columns: columns.map(({ key, title: heading, required, note, example }) => ({
          key,
          title: heading,
          required: required ?? false,
          note,
          example,
        })),
      })),
    ),
  );

  mount(app, deps, listEndpoints.template, async ({ params, query, request, reply }) => {
    const kind = kindOf(params.kind);
    const lang = languageOf(request);
    const name = `${kind.title[lang]}-${lang === 'zh' ? '模板' : 'template'}`;
    return sendFile(reply, name, query.format, async (path) => {
      await writeTemplate(kind, { path, format: query.format, lang });
      return accept(null);
    });
  });

  mount(app, deps, listEndpoints.export, async ({ params, query, viewer, request, reply }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const kind = kindOf(params.kind);
    const context = await contextOf(deps, viewer);
    const lang = languageOf(request);
    return sendFile(reply, kind.title[lang], query.format, async (path) => {
      const write = (client: Parameters<typeof exportList>[0]): Promise<void> =>
        exportList(client, kind, context, { path, format: query.format, lang });
      const fields = personalOf(kind.name);
      if (fields === undefined) return accept(await withTenant(pool, viewer.tenant, write));
      const look = { fields, reason: query.reason ?? '' };
      return revealPersonal(pool, viewer.tenant, viewer.actor, look, context.now, write);
    });
  });

  mount(app, deps, listEndpoints.send, async ({ params, viewer, request }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    if (!request.isMultipart()) return refused(noFile);
    const part = await request.file({
      limits: { files: 1, fileSize: LARGEST_FILE, fields: 2 },
      throwFileSizeLimit: false,
    });
    if (!part) return refused(noFile);
    return inFolder(async (folder) => {
      const path = join(folder, 'sent');
      await pipeline(part.file, createWriteStream(path, { mode: 0o600 }));
      if (part.file.truncated) return refused(faults.tooLarge);
      const context = await contextOf(deps, viewer);
      const sent = {
        id: uuid7(context.now),
        path,
        name: part.filename.slice(0, 200),
        size: (await stat(path)).size,
        by: { personId: viewer.actor.personId ?? '', name: viewer.actor.name },
      };
      const seen = await lookAt(pool, kindOf(params.kind), sent, context);
      return seen.ok
        ? answer(201, view(seen.value), { location: `/api/v1/imports/${sent.id}` })
        : refused(seen.refusal);
    });
  });

  mount(app, deps, listEndpoints.list, async ({ viewer }) => {
    const fault = await administrationFault(deps, viewer);
    return fault ? refused(fault) : answer(200, (await listImports(pool, viewer.tenant)).map(view));
  });

  mount(app, deps, listEndpoints.read, async ({ params, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const found = await withTenant(pool, viewer.tenant, (client) => importById(client, viewer.tenant, params.id));
    return found ? answer(200, view(found)) : refused(unknownList);
  });

  mount(app, deps, listEndpoints.rows, async ({ params, query, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const { after, limit, verdict, reason } = query;
    const found = await withTenant(pool, viewer.tenant, (client) => importById(client, viewer.tenant, params.id));
    if (!found) return refused(unknownList);
    const wish = { after, limit, verdicts: verdict && [verdict] };
    const read = async (client: Parameters<typeof importRows>[0]): Promise<ImportRowView[]> =>
      (await importRows(client, viewer.tenant, params.id, wish)).map(({ number, verdict: said, cells, said: why }) => ({
        number,
        verdict: said,
        cells,
        said: why,
      }));
    const fields = personalOf(found.kind);
    if (fields && reason !== undefined) {
      const told = await revealPersonal(pool, viewer.tenant, viewer.actor, { fields, reason }, time.now(), read);
      return told.ok ? answer(200, told.value) : refused(told.refusal);
    }
    const rows = await withTenant(pool, viewer.tenant, read);
    return answer(
      200,
      rows.map((row) => maskRow(found.kind, found.headings, row)),
    );
  });

  mount(app, deps, listEndpoints.apply, async ({ params, body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const found = await withTenant(pool, viewer.tenant, (client) => importById(client, viewer.tenant, params.id));
    if (!found) return refused(unknownList);
    const wish = { id: params.id, onlyGood: body.onlyGood, by: viewer.actor.name };
    return finish(deps, viewer, await applyImport(pool, kindOf(found.kind), wish, await contextOf(deps, viewer)));
  });

  mount(app, deps, listEndpoints.undo, async ({ params, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const wish = { id: params.id, by: viewer.actor.name, now: time.now() };
    return finish(deps, viewer, await undoImport(pool, viewer.tenant, wish));
  });
}

/** Whoever asks next sees the organisation as it is now. */
async function finish(deps: HttpDeps, viewer: Viewer, said: Result<ImportBatch>): Promise<Said> {
  if (!said.ok) return refused(said.refusal);
  await withTenant(deps.pool, viewer.tenant, (client) => lookAtShifts(client, viewer.tenant, deps.time.now()));
  deps.directory.drop(viewer.tenant);
  deps.recogniser.forget();
  return answer(200, view(said.value));
}

function kindOf(name: string): ListKind {
  const kind = listKinds.find((one) => one.name === name);
  if (!kind) throw new Error(`the contract names the list ${name}, which is not there`);
  return kind;
}

async function contextOf(deps: HttpDeps, { tenant }: Viewer): Promise<ListContext> {
  const posts = await postsOf(deps, tenant);
  return { tenant, now: deps.time.now(), posts: posts.map(({ code, title }) => ({ value: code, title })) };
}

const view = (batch: ImportBatch): ImportView => ({
  ...batch,
  madeAt: wire(batch.madeAt),
  appliedAt: wireOrNull(batch.appliedAt),
  undoneAt: wireOrNull(batch.undoneAt),
});

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-list-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes a file beside and sends it; it is gone once it is open. */
async function sendFile(
  reply: FastifyReply,
  name: string,
  format: Format,
  write: (path: string) => Promise<Result<unknown>>,
): Promise<Said> {
  return inFolder(async (folder) => {
    const path = join(folder, 'list');
    const written = await write(path);
    if (!written.ok) return refused(written.refusal);
    const { size } = await stat(path);
    const stream = createReadStream(path);
    await new Promise<void>((done, fail) => stream.once('open', () => done()).once('error', fail));
    reply
      .headers({
        'content-type': MIME[format],
        'content-length': size,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`,
        'cache-control': 'private, no-store',
      })
      .send(stream);
    return { raw: true };
  });
}

const noFile = refusal('list.noFile', text('请用 multipart 上传一个文件', 'Send one file as multipart/form-data'), {
  field: 'file',
});

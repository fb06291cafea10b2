import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildDossier } from '#documents/dossier/build.ts';
import { databaseSource } from '#documents/dossier/database.ts';
import { openAnchorKey } from '#journal/anchor-key.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { documentEndpoints } from './contract/document.ts';
import type { HttpDeps } from './deps.ts';
import { hasDisclosed } from './disclosure.ts';
import { loadCase } from './load.ts';
import { mount, refused } from './mount.ts';
import { languageOf } from './problem.ts';

const notSealed = refusal(
  'dossier.notSealed',
  text('归档后才有封存卷宗', 'There is a sealed dossier only after the case was archived'),
);
const withoutReason = refusal(
  'role.withoutReason',
  text(
    '卷宗含明文信息：请先说明理由（查看明文），半小时内可下载',
    'A dossier shows personal data in clear: state a reason first (disclosure), then fetch it within half an hour',
  ),
);

/** GET /cases/{id}/dossier.zip: everything about an archived case, to be verified without this program. */
export function mountDossier(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, documentEndpoints.dossier, async ({ params, viewer, request, reply }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    const { state, sight } = seen.value;
    if (state.archivedAt === null) return refused(notSealed, { status: 409 });
    if (sight !== 'case' || !(await hasDisclosed(deps, viewer, state.id))) return refused(withoutReason);
    const { name } = await deps.directory.snapshot(viewer.tenant);
    const key = openAnchorKey(deps.dataDir);
    const publicKey = createPublicKey(await readFile(join(deps.dataDir, 'anchor.pub')));
    const letterhead = { company: name, lang: languageOf(request) };
    const source = databaseSource(deps.pool, viewer.tenant, { letterhead, key, publicKey, now: () => deps.time.now() });
    const bytes = await buildDossier(state.id, source);
    reply
      .headers({
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${state.number}.zip"`,
        'cache-control': 'private, no-store',
      })
      .send(Buffer.from(bytes));
    return { raw: true };
  });
}

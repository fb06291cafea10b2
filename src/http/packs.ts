import type { FastifyInstance } from 'fastify';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { figuresOf } from '#reports/authority.ts';
import { packEndpoints } from './contract/pack.ts';
import type { HttpDeps } from './deps.ts';
import { wire } from './moment.ts';
import { answer, mount, refused } from './mount.ts';

const unknown = refusal('pack.unknown', text('没有发布过这一版制度', 'No such version was ever published'));

/** GET /packs and GET /packs/{pack}/{version}. */
export function mountPacks(app: FastifyInstance, deps: HttpDeps): void {
  const { packs } = deps.handling;

  mount(app, deps, packEndpoints.current, async ({ viewer }) => {
    const list = (await packs.list(viewer.tenant)).filter((item) => item.current);
    const shown = await Promise.all(
      list.map(async (item) => {
        const spec = await packs.version(viewer.tenant, item.pack, item.version);
        const { title, scope } = spec;
        const readsFigures = figuresOf(spec, viewer.actor).length > 0;
        const { pack, version, digest, publishedAt, publishedBy, reviewNote } = item;
        const published = { publishedAt: wire(publishedAt), publishedBy, reviewNote };
        return { pack, version, title, scope, digest, ...published, readsFigures };
      }),
    );
    return answer(200, shown);
  });

  mount(app, deps, packEndpoints.version, async ({ params, viewer, request }) => {
    const found = (await packs.list(viewer.tenant)).find(
      (item) => item.pack === params.pack && item.version === params.version,
    );
    if (!found) return refused(unknown);
    const headers = { etag: `"${found.digest}"`, 'cache-control': 'private, max-age=31536000, immutable' };
    if (request.headers['if-none-match'] === headers.etag) return answer(304, null, headers);
    const { taxonomyPaths: _, ...spec } = await packs.version(viewer.tenant, found.pack, found.version);
    return answer(200, spec, headers);
  });
}

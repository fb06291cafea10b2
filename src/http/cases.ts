import type { FastifyInstance } from 'fastify';
import type { RegisterCommand } from '#case/context.ts';
import { packsInForce } from '#handling/packs.ts';
import { incidentById } from '#inbox/incidents.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { parseIso } from '#policy/fields/moment.ts';
import { nearest } from '#policy/problem.ts';
import { attachmentsIn, strangeUploads } from './attachment-claims.ts';
import { viewCase } from './case-view.ts';
import { NOTHING_HIDDEN } from './confidential.ts';
import { caseEndpoints, type RegisterBody } from './contract/case.ts';
import type { HttpDeps } from './deps.ts';
import { leadFor } from './inbox.ts';
import { loadCase, showFor } from './load.ts';
import { answer, mount, refused } from './mount.ts';
import { linkForAsker } from './owner-link.ts';
import { isThere, onlyThere } from './site.ts';
import type { Viewer } from './who.ts';

/** POST /cases and GET /cases/{id}. */
export function mountCases(app: FastifyInstance, deps: HttpDeps): void {
  const { handling, time } = deps;

  mount(app, deps, caseEndpoints.register, async ({ body, viewer, request }) => {
    const { tenant, actor } = viewer;
    if (!(await isThere(deps, viewer, body.values.place))) return refused(onlyThere);
    const found = await packFor(deps, tenant, body);
    if (!found.ok) return refused(found.refusal);
    const pack = found.value;
    const command = read(body);
    if (!command.ok) return refused(command.refusal);
    const files = attachmentsIn(pack, command.value, body.values);
    const fault = await strangeUploads(deps.pool, viewer, files);
    if (fault) return refused(fault);
    const key = keyOf(request.headers['idempotency-key']);
    const ties = await tiesOf(deps, viewer, body);
    if (!ties.ok) return refused(ties.refusal);
    const said = await handling.handle({
      tenant,
      actor,
      pack: pack.pack,
      command: { ...command.value, ...ties.value },
      idempotencyKey: key,
    });
    if (!said.ok) return refused(said.refusal);
    const { state, caseId, repeated } = said.value;
    const published = await handling.packs.version(tenant, state.pack, state.packVersion);
    const view = viewCase(state, published, 'masked', NOTHING_HIDDEN);
    if (viewer.by === 'session' && published.procedures[state.procedure]?.internal === false)
      view.ownerPage = await linkForAsker(deps, request, tenant, caseId, time.now());
    return answer(201, view, {
      etag: `"${state.seq}"`,
      location: `/api/v1/cases/${caseId}`,
      ...(repeated ? { 'idempotency-replayed': 'true' } : {}),
    });
  });

  mount(app, deps, caseEndpoints.read, async ({ params, viewer, request }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    const { state, pack, sight, hidden } = seen.value;
    const etag = `"${state.seq}"`;
    if (request.headers['if-none-match'] === etag) return answer(304, null, { etag });
    return answer(200, viewCase(state, pack, showFor(sight), hidden), { etag });
  });

  mount(app, deps, caseEndpoints.ownerPage, async ({ params, viewer, request }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    const { state, pack, sight } = seen.value;
    if (sight === 'withoutAsker' || pack.procedures[state.procedure]?.internal)
      return refused(
        refusal(
          'role.noOwnerPage',
          text('本件没有可交给业主的页面，或您须回避', 'This case has no page for an owner, or you must stand aside'),
        ),
      );
    return answer(201, { url: await linkForAsker(deps, request, viewer.tenant, state.id, time.now()) });
  });
}

/** A header that was sent twice is no key. */
export const keyOf = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined;

/** The earlier case and the outage that were named, as the engine needs to know them. */
async function tiesOf(
  deps: HttpDeps,
  viewer: Viewer,
  { joins, incident }: RegisterBody,
): Promise<Result<Pick<RegisterCommand, 'joins' | 'incident'>>> {
  const lead = joins === undefined ? undefined : await leadFor(deps, viewer, joins);
  if (lead && !lead.ok) return lead;
  const known = incident === undefined ? undefined : await incidentById(deps.pool, viewer.tenant, incident);
  if (known && !known.ok) return known;
  return accept({
    ...(lead ? { joins: lead.value } : {}),
    ...(known ? { incident: { incidentId: known.value.id, title: known.value.title } } : {}),
  });
}

function read(body: RegisterBody): Result<Omit<RegisterCommand, 'number'>> {
  const receivedAt = body.receivedAt === undefined ? undefined : parseIso(body.receivedAt);
  if (receivedAt !== undefined && Number.isNaN(receivedAt))
    return refuse(
      refusal('field.notTime', text('收到时间不是真实的时刻', 'receivedAt is not a real moment'), {
        field: 'receivedAt',
      }),
    );
  return accept({
    type: 'register',
    matter: body.matter,
    channel: body.channel,
    values: body.values,
    ...(body.procedure === undefined ? {} : { procedure: body.procedure }),
    ...(receivedAt === undefined ? {} : { receivedAt }),
  });
}

/** The pack in force that knows the matter; the one that is named, where several do. */
async function packFor(deps: HttpDeps, tenant: string, body: RegisterBody): Promise<Result<CompiledPack>> {
  const inForce = await packsInForce(deps.handling.packs, tenant);
  const asked = body.pack === undefined ? inForce : inForce.filter(({ pack }) => pack === body.pack);
  if (asked.length === 0) return refuse(unknownPack(body.pack ?? '', inForce));
  const [first, ...others] = asked.filter(({ matters }) => Object.hasOwn(matters, body.matter));
  if (first && others.length > 0) return refuse(whichPack([first, ...others]));
  if (first) return accept(first);
  const close = nearest(
    body.matter,
    asked.flatMap(({ matters }) => Object.keys(matters)),
  );
  return refuse(
    refusal(
      'register.unknownMatter',
      text(
        `没有“${body.matter}”这类事项${close ? `，是不是“${close}”？` : ''}`,
        `There is no matter “${body.matter}”${close ? `; did you mean “${close}”?` : ''}`,
      ),
      { field: 'matter' },
    ),
  );
}

const named = (packs: readonly CompiledPack[], lang: 'zh' | 'en'): string =>
  packs.map(({ pack, title }) => `${pack} ${title[lang]}`).join(lang === 'zh' ? '、' : ', ');

const whichPack = (packs: readonly CompiledPack[]): Refusal =>
  refusal(
    'register.whichPack',
    text(
      `这类事项有几份制度，请指明按哪一份：${named(packs, 'zh')}`,
      `Several procedures have this matter; name the one to follow: ${named(packs, 'en')}`,
    ),
    { field: 'pack' },
  );

const unknownPack = (pack: string, packs: readonly CompiledPack[]): Refusal =>
  refusal(
    'register.unknownPack',
    text(
      `没有在用的制度“${pack}”；在用的有：${named(packs, 'zh')}`,
      `No procedure “${pack}” is in force; there are: ${named(packs, 'en')}`,
    ),
    { field: 'pack' },
  );

import type { FastifyInstance } from 'fastify';
import { setTelephone, telephoneOf } from '#directory/manage.ts';
import { addEstate } from '#directory/places/estate.ts';
import { layOutLines } from '#directory/places/generate.ts';
import { importPlaces, previewPlaces } from '#directory/places/import.ts';
import type { PlacesPlan, Verdict } from '#directory/places/plan.ts';
import { doorSheet, placeById } from '#directory/premises.ts';
import { renderDoorSheet } from '#documents/pdf.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { administrationFault } from './administration.ts';
import { type CompanyView, type PlacesBody, type PlacesVerdict, premisesEndpoints } from './contract/premises.ts';
import type { HttpDeps } from './deps.ts';
import { answer, mount, refused } from './mount.ts';
import { baseUrl } from './owner-link.ts';

/** Lines of a long list that are told one by one; what is faulty is always told. */
const TOLD = 300;
/** Signs of one sheet: more is printed building by building. */
const MOST_SIGNS = 2_000;

/** What the company looks after: adding rooms and places, printing their codes. */
export function mountPremises(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, time } = deps;

  const company = async (tenant: string): Promise<CompanyView> => ({
    name: (await deps.directory.snapshot(tenant)).name,
    telephone: await telephoneOf(pool, tenant),
  });
  mount(app, deps, premisesEndpoints.company, async ({ viewer }) => answer(200, await company(viewer.tenant)));
  mount(app, deps, premisesEndpoints.telephone, async ({ body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const set = await setTelephone(pool, viewer.tenant, body.telephone);
    return set.ok ? answer(200, await company(viewer.tenant)) : refused(set.refusal);
  });

  mount(app, deps, premisesEndpoints.addEstate, async ({ body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const made = await addEstate(pool, viewer.tenant, body.name);
    return made.ok ? answer(201, made.value) : refused(made.refusal);
  });

  mount(app, deps, premisesEndpoints.preview, async ({ body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const lines = linesOf(body);
    if (!lines.ok) return refused(lines.refusal);
    const list = { estateId: body.estateId, lines: lines.value };
    const seen = await previewPlaces(pool, viewer.tenant, list, time.now());
    return seen.ok ? answer(200, tell(seen.value)) : refused(seen.refusal);
  });

  mount(app, deps, premisesEndpoints.import, async ({ body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const lines = linesOf(body);
    if (!lines.ok) return refused(lines.refusal);
    const { estateId, leaveOutFaulty } = body;
    const made = await importPlaces(pool, viewer.tenant, { estateId, lines: lines.value, leaveOutFaulty }, time.now());
    return made.ok ? answer(200, tell(made.value)) : refused(made.refusal);
  });

  mount(app, deps, premisesEndpoints.doorSheet, async ({ query, viewer, request, reply }) => {
    const place = await placeById(pool, viewer.tenant, query.building);
    if (!place) return refused(noPlace);
    const signs = (await doorSheet(pool, viewer.tenant, place.id)).filter(
      (sign) => query.only === undefined || (query.only === 'rooms') === (sign.room !== ''),
    );
    if (signs.length === 0) return refused(noSigns);
    if (signs.length > MOST_SIGNS) return refused(tooManySigns(signs.length));
    const telephone = (await telephoneOf(pool, viewer.tenant)) ?? '';
    const base = baseUrl(deps, request);
    const labels = signs.map(({ estate, unit, room, code }) => ({
      // The estate's own sign has nothing but its name.
      estate: unit === '' ? '' : estate,
      unit: unit === '' ? estate : unit,
      room,
      url: `${base}/o/d/${code}`,
      telephone,
    }));
    const bytes = await renderDoorSheet(labels, time.now());
    reply
      .headers({
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(`${place.fullName}.pdf`)}`,
        'cache-control': 'private, no-store',
      })
      .send(Buffer.from(bytes));
    return { raw: true };
  });
}

const noPlace = refusal('premises.unknown', text('没有这个地点', 'There is no such place'));
const noSigns = refusal('premises.noSigns', text('这里没有可打印的二维码', 'There is no code to print here'));
const tooManySigns = (n: number): ReturnType<typeof refusal> =>
  refusal(
    'premises.tooManySigns',
    text(
      `共 ${n} 张，一次最多 ${MOST_SIGNS} 张，请按楼栋打印`,
      `${n} signs; at most ${MOST_SIGNS} in one go: print building by building`,
    ),
  );

const linesOf = (body: PlacesBody): Result<string[]> =>
  body.generate === undefined ? accept(body.lines ?? []) : layOutLines(body.generate);

function tell({ lines }: PlacesPlan): PlacesVerdict {
  const counts: Record<Verdict, number> = { new: 0, known: 0, owner: 0, phone: 0, passed: 0, fault: 0 };
  for (const { verdict } of lines) counts[verdict] += 1;
  return { counts, lines: lines.filter(({ verdict }, i) => i < TOLD || verdict === 'fault') };
}

import type { FastifyInstance } from 'fastify';
import { withTenant } from '#db/pool.ts';
import { allOrNothing } from '#directory/all-or-nothing.ts';
import { endOutside, keepOutside, outsideOrganisations } from '#directory/outside.ts';
import {
  dropWarranty,
  particularsOf,
  setEquipmentDates,
  setHandover,
  setWarranty,
  setWarrantyTerm,
  warrantyTerms,
} from '#directory/particulars.ts';
import { uuid7 } from '#handling/uuid.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { administrationFault } from './administration.ts';
import { particularsEndpoints } from './contract/particulars.ts';
import type { HttpDeps } from './deps.ts';
import { answer, mount, refused, type Said } from './mount.ts';
import type { Viewer } from './who.ts';

/** What is known of places besides who lives there, and the firms outside. */
export function mountParticulars(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, time } = deps;
  const tell = async ({ tenant }: Viewer, id: string): Promise<Said> => {
    const found = await particularsOf(pool, tenant, id);
    return found ? answer(200, found) : refused(noPlace);
  };

  mount(app, deps, particularsEndpoints.read, ({ params, viewer }) => tell(viewer, params.id));

  mount(app, deps, particularsEndpoints.terms, async ({ viewer }) =>
    answer(200, await warrantyTerms(pool, viewer.tenant)),
  );

  mount(app, deps, particularsEndpoints.term, async ({ params, body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const term = { part: params.part, ...body };
    const said = await withTenant(pool, viewer.tenant, (client) =>
      setWarrantyTerm(client, viewer.tenant, term, uuid7(time.now())),
    );
    return said.ok ? answer(204, null) : refused(said.refusal);
  });

  mount(app, deps, particularsEndpoints.warranty, async ({ params, body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const wish = { premisesId: params.id, part: params.part, until: body.until };
    const said = await withTenant(pool, viewer.tenant, (client) => setWarranty(client, viewer.tenant, wish));
    return said.ok ? tell(viewer, params.id) : refused(said.refusal);
  });

  mount(app, deps, particularsEndpoints.dropWarranty, async ({ params, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const wish = { premisesId: params.id, part: params.part };
    const said = await withTenant(pool, viewer.tenant, (client) => dropWarranty(client, viewer.tenant, wish));
    return said.ok ? tell(viewer, params.id) : refused(said.refusal);
  });

  mount(app, deps, particularsEndpoints.handover, async ({ params, body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const wish = { premisesId: params.id, on: body.on };
    const said = await withTenant(pool, viewer.tenant, (client) => setHandover(client, viewer.tenant, wish));
    return said.ok ? tell(viewer, params.id) : refused(said.refusal);
  });

  mount(app, deps, particularsEndpoints.equipment, async ({ params, body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    // A firm that is entered on the way must not stay when the rest is refused.
    const said = await allOrNothing(pool, viewer.tenant, (client) =>
      setEquipmentDates(client, viewer.tenant, { id: params.id, ...body }, uuid7(time.now())),
    );
    return said.ok ? tell(viewer, said.value) : refused(said.refusal);
  });

  mount(app, deps, particularsEndpoints.outside, async ({ viewer }) =>
    answer(200, await outsideOrganisations(pool, viewer.tenant, time.now())),
  );

  mount(app, deps, particularsEndpoints.keepOutside, async ({ body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    await keepOutside(pool, viewer.tenant, body, time.now());
    return answer(200, await outsideOrganisations(pool, viewer.tenant, time.now()));
  });

  mount(app, deps, particularsEndpoints.endOutside, async ({ params, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    return (await endOutside(pool, viewer.tenant, params.id, time.now())) ? answer(204, null) : refused(noFirm);
  });
}

const noPlace = refusal('premises.unknown', text('没有这个地点', 'There is no such place'));
const noFirm = refusal('staffing.unknown', text('没有这家外部单位', 'There is no such firm outside'));

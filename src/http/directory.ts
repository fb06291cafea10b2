import type { FastifyInstance } from 'fastify';
import { maskName, maskPhone } from '#directory/mask.ts';
import { placesUnder, residentsByContact, residentsOf, searchPlaces } from '#directory/premises.ts';
import { onShift } from '#directory/staffing/roster.ts';
import { directoryEndpoints } from './contract/directory.ts';
import type { HttpDeps } from './deps.ts';
import { answer, mount } from './mount.ts';

/** People, places, callers and departments, for the forms of the staff. */
export function mountDirectory(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, time } = deps;

  mount(app, deps, directoryEndpoints.people, async ({ query, viewer }) => {
    const snapshot = await deps.directory.snapshot(viewer.tenant);
    const now = time.now();
    const directory = await deps.directory.at(viewer.tenant, now);
    const posts = query.role === undefined ? null : await postsOfRole(deps, viewer.tenant, query.role);
    const members = query.unit === undefined ? null : new Set(directory.members(query.unit).map((person) => person.id));
    const words = query.q?.normalize('NFKC').trim() ?? '';
    const people = snapshot.people.flatMap((row) => {
      const person = directory.person(row.id);
      if (!person?.active || row.automaton) return [];
      if (posts && !person.posts.some((post) => posts.includes(post))) return [];
      if (members && !members.has(row.id)) return [];
      if (words !== '' && !row.name.includes(words)) return [];
      const unit = snapshot.units.find((one) => one.id === person.unitId);
      return [
        {
          id: row.id,
          name: row.name,
          posts: [...person.posts],
          unit: unit ? { id: unit.id, code: unit.code, name: unit.name } : null,
          onShift: onShift(snapshot, row.id, now) !== null,
        },
      ];
    });
    return answer(200, people);
  });

  mount(app, deps, directoryEndpoints.premises, async ({ query, viewer }) => {
    const { tenant } = viewer;
    const places =
      query.q === undefined || query.q.trim() === ''
        ? await placesUnder(pool, tenant, query.parent ?? null)
        : await searchPlaces(pool, tenant, query.q, query.limit);
    // Who lives there is only of use once the search has come down to a few rooms.
    const few = places.length <= 5;
    const shown = await Promise.all(
      places.slice(0, query.q === undefined ? 200 : query.limit).map(async (place) => ({
        id: place.id,
        kind: place.kind,
        code: place.code,
        name: place.name,
        fullName: place.fullName,
        parentId: place.parentId,
        residents:
          few && place.kind === 'room'
            ? (await residentsOf(pool, tenant, place.id, time.now())).map((one) => ({
                relation: one.relation,
                name: maskName(one.name),
                phone: one.phone === null ? '' : maskPhone(one.phone),
              }))
            : [],
      })),
    );
    return answer(200, shown);
  });

  mount(app, deps, directoryEndpoints.callers, async ({ query, viewer }) => {
    const found = await residentsByContact(pool, viewer.tenant, query.contact, time.now());
    // The place stays readable: the caller has just given the number that it belongs to.
    return answer(
      200,
      found.map(({ premisesId, place, relation, name }) => ({ premisesId, place, relation, name: maskName(name) })),
    );
  });

  mount(app, deps, directoryEndpoints.units, async ({ viewer }) => {
    const { units } = await deps.directory.snapshot(viewer.tenant);
    return answer(
      200,
      units.map(({ id, code, kind, name, nameEn }) => ({ id, code, kind, name: { zh: name, en: nameEn || name } })),
    );
  });
}

/** The posts behind a role of the packs in force; a word that is no role is taken as a post. */
async function postsOfRole(deps: HttpDeps, tenant: string, role: string): Promise<readonly string[]> {
  for (const item of await deps.handling.packs.list(tenant)) {
    if (!item.current) continue;
    const spec = (await deps.handling.packs.version(tenant, item.pack, item.version)).roles[role];
    if (spec && 'post' in spec) return spec.post;
  }
  return [role];
}

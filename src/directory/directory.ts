import type { Directory, Person } from '#case/context.ts';
import { localDate } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';
import { loadSnapshot, type Snapshot, type UnitRow } from './snapshot.ts';
import { authorityOf, standsInFor } from './staffing/powers.ts';
import type { Db } from './within.ts';

/** The organisation of a company as it is at `now` (default: this moment), read afresh. Throws when there is no such company. */
export async function loadDirectory(db: Db, tenant: string, now: Instant = Date.now()): Promise<Directory> {
  return directoryAt(await loadSnapshot(db, tenant), now);
}

/** A place and all it lies in, from within outward. */
function* upward({ parents }: Pick<Snapshot, 'parents'>, premisesId: string): Generator<string> {
  for (let at: string | undefined = premisesId; at !== undefined; at = parents.get(at)) yield at;
}

/** Look-ups over a snapshot: which posts are held is a question of the local date of `now`. */
export function directoryAt(snapshot: Snapshot, now: Instant): Directory {
  const today = localDate(now);
  const held = snapshot.posts.filter((p) => p.from <= today && (p.to === null || p.to >= today));
  const postsOf = Map.groupBy(held, (p) => p.personId);
  const people = new Map<string, Person>();
  const order: Person[] = [];
  for (const row of snapshot.people) {
    const mine = postsOf.get(row.id) ?? [];
    const posts = [...new Set(mine.map((p) => p.post))];
    const person: Person = {
      id: row.id,
      name: row.name,
      unitId: row.unitId ?? mine[0]?.unitId ?? null,
      posts,
      active: row.active,
    };
    people.set(row.id, person);
    if (row.active && !row.automaton) order.push(person);
  }
  const byId = new Map(snapshot.units.map((u) => [u.id, u]));
  const byCode = new Map(snapshot.units.map((u) => [u.code, u]));
  const working = new Set(order.map((p) => p.id));

  const headOf = (unit: UnitRow, except: string): Person | undefined => {
    const posts = held.filter((p) => p.unitId === unit.id && p.post === unit.headPost && p.personId !== except);
    return order.find((person) => posts.some((p) => p.personId === person.id));
  };

  return {
    person: (id) => people.get(id),
    holders: (post) => order.filter((person) => person.posts.includes(post)),
    unit: (code) => {
      const unit = byCode.get(code);
      return unit && { id: unit.id, code: unit.code, name: unit.name };
    },
    members: (unitCode) => {
      const unit = byCode.get(unitCode);
      if (!unit) return [];
      return order.filter(
        (person) => person.unitId === unit.id || (postsOf.get(person.id) ?? []).some((p) => p.unitId === unit.id),
      );
    },
    near: (post, premisesId) => {
      const holders = order.filter((person) => person.posts.includes(post));
      for (const place of upward(snapshot, premisesId)) {
        const crews = snapshot.staffing.territories
          .filter((territory) => !territory.retired && territory.places.includes(place))
          .flatMap((territory) => territory.crews)
          .filter((crew) => crew.from <= today && (crew.to === null || crew.to >= today))
          .map((crew) => crew.unitId);
        const here = holders.filter(({ id }) =>
          (postsOf.get(id) ?? []).some((own) => own.post === post && crews.includes(own.unitId)),
        );
        if (here.length > 0) return here;
      }
      return [];
    },
    outOfScope: (pack, premisesId) => {
      const estates = snapshot.scopes.get(pack);
      if (!estates) return null;
      const over = [...upward(snapshot, premisesId)];
      return estates.some(({ id }) => over.includes(id)) ? null : estates.map(({ name }) => name);
    },
    standsInFor: (personId) =>
      standsInFor(snapshot.staffing, personId, today).flatMap(({ personId: id, posts }) => {
        const person = people.get(id);
        return person?.active ? [{ person, posts }] : [];
      }),
    authority: (person, decision) => {
      const known = snapshot.staffing.limits.some(
        (one) => one.decision === decision && one.from <= today && (one.to === null || one.to >= today),
      );
      return known ? (authorityOf(snapshot.staffing, person, decision, today) ?? { upToFen: 0 }) : undefined;
    },
    superior: (personId) => {
      if (!people.has(personId)) return undefined;
      const named = snapshot.superiors.get(personId);
      if (named !== undefined && working.has(named)) return people.get(named);
      const start = people.get(personId)?.unitId ?? null;
      const seen = new Set<string>();
      // `seen` ends the walk should two units ever name each other as parents.
      for (let at = start ? byId.get(start) : undefined; at && !seen.has(at.id); ) {
        seen.add(at.id);
        const head = headOf(at, personId);
        if (head && !leads(at, personId)) return head;
        at = at.parentId ? byId.get(at.parentId) : undefined;
      }
      const company = snapshot.units.find((u) => u.kind === 'company');
      return company && !leads(company, personId) ? headOf(company, personId) : undefined;
    },
  };

  /** Of two heads of one unit neither is above the other: the walk goes on upward. */
  function leads(unit: UnitRow, personId: string): boolean {
    return held.some((p) => p.unitId === unit.id && p.post === unit.headPost && p.personId === personId);
  }
}

import type { Actor } from '#case/context.ts';
import { principalsOf } from '#case/in-whose-name.ts';
import { packsInForce } from '#handling/packs.ts';
import type { WorklistFilter, WorklistRow } from '#journal/worklist.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { rolesAtWork } from './access.ts';
import type { WorklistQuery } from './contract/worklist.ts';
import type { HttpDeps } from './deps.ts';
import type { Viewer } from './who.ts';

/** What a member of staff sees in lists, worked out once for a request. */
export interface Sees {
  unitByCode(code: string): string | undefined;
  /** The parts of a view, each of which one index serves in order of deadlines. */
  arms(view: WorklistQuery['view']): WorklistFilter[];
  may(row: WorklistRow): boolean;
  /** Whether the case follows a version that is in force, so that what was worked out here holds for it. */
  current(row: WorklistRow): boolean;
  waitsForMe(row: WorklistRow, pack: CompiledPack): boolean;
  /** Those for whom he stands in, each with the open work that is theirs. */
  lenders: readonly Hand[];
}

/** Somebody in whose name the viewer works: himself, or one for whom he stands in. */
export interface Hand {
  name: string;
  /** Null where he lends only some of his posts, and so none of his duties. */
  personId: string | null;
  /** For whom the case would be hidden: who must stand aside lends nothing. */
  lentBy: string;
  posts: readonly string[];
  states: readonly WorklistFilter[];
  owns(row: WorklistRow, pack: CompiledPack): boolean;
}

const holds = (pack: CompiledPack, role: string, posts: readonly string[]): boolean => {
  const spec = pack.roles[role];
  return spec !== undefined && 'post' in spec && spec.post.some((post) => posts.includes(post));
};

/** The packs in force decide what a person's posts open to him; what is restricted to readers stays theirs. */
export async function seesOf(deps: HttpDeps, viewer: Viewer): Promise<Sees> {
  const { tenant, actor } = viewer;
  const { posts } = actor;
  const me = actor.personId ?? '';
  const packs = await packsInForce(deps.handling.packs, tenant);
  const directory = await deps.directory.at(tenant, deps.time.now());
  const units = unitsOf(await deps.directory.snapshot(tenant), me, posts);
  // Procedures of different packs may bear the same name.
  const open = new Map<string, string[]>();
  const restricted = restrictedTo(packs, posts);
  for (const pack of packs)
    for (const [name, procedure] of Object.entries(pack.procedures)) {
      const reads = procedure.readers?.some((role) => holds(pack, role, posts)) ?? false;
      if (restricted.has(`${pack.pack}.${name}`)) continue;
      if (reads || rolesAtWork(procedure).some((role) => holds(pack, role, posts)))
        open.set(pack.pack, [...(open.get(pack.pack) ?? []), name]);
    }
  const own = handOf(packs, actor, true);
  const lenders = principalsOf(actor, directory).map((one) => handOf(packs, one.actor, one.whole));
  const everything = packs.every((pack) => open.get(pack.pack)?.length === Object.keys(pack.procedures).length);
  const duties = dutiesOf(own);
  const ofUnits = units.map((unit): WorklistFilter => ({ responsibleUnit: unit }));
  return {
    lenders,
    unitByCode: (code) => directory.unit(code)?.id,
    arms(view) {
      if (view === 'mine') return [...duties, ...own.states];
      if (view === 'role') return [...own.states];
      if (view === 'standIn') return lenders.flatMap((hand) => [...dutiesOf(hand), ...hand.states]);
      if (everything) return [{}];
      return [...[...open].map(([pack, procedures]) => ({ pack, procedures })), ...duties, ...ofUnits];
    },
    may: (row) =>
      !restricted.has(`${row.pack}.${row.procedure}`) ||
      row.assigneeId === me ||
      row.caseOfficerId === me ||
      row.responsibleId === me,
    current: (row) => packs.some(({ pack, version }) => pack === row.pack && version === row.packVersion),
    waitsForMe: (row, pack) => row.waitsFor.some((role) => waitsFor(own, role, row, pack)),
  };
}

/** What only its readers see, and these posts do not. */
function restrictedTo(packs: readonly CompiledPack[], posts: readonly string[]): Set<string> {
  return new Set(
    packs.flatMap((pack) =>
      Object.entries(pack.procedures)
        .filter(([, { readers }]) => readers && !readers.some((role) => holds(pack, role, posts)))
        .map(([name]) => `${pack.pack}.${name}`),
    ),
  );
}

function handOf(packs: readonly CompiledPack[], { personId, name, posts }: Actor, whole: boolean): Hand {
  const restricted = restrictedTo(packs, posts);
  const id = whole ? personId : null;
  const states = packs.flatMap((pack) =>
    Object.entries(pack.procedures).flatMap(([procedure, spec]) =>
      restricted.has(`${pack.pack}.${procedure}`)
        ? []
        : Object.entries(spec.states)
            .filter(([, { end, waitsFor: roles }]) => !end && roles.some((role) => holds(pack, role, posts)))
            .map(([state]): WorklistFilter => ({ pack: pack.pack, procedure, state })),
    ),
  );
  const hand: Hand = {
    name,
    personId: id,
    lentBy: personId ?? '',
    posts,
    states,
    owns: (row, pack) =>
      (id !== null && (row.assigneeId === id || row.caseOfficerId === id)) ||
      (!restricted.has(`${row.pack}.${row.procedure}`) && row.waitsFor.some((role) => holds(pack, role, posts))),
  };
  return hand;
}

const dutiesOf = ({ personId }: Hand): WorklistFilter[] =>
  personId === null ? [] : [{ assigneeId: personId }, { caseOfficerId: personId }];

function waitsFor({ personId, posts }: Hand, role: string, row: WorklistRow, pack: CompiledPack): boolean {
  const spec = pack.roles[role];
  if (!spec) return false;
  if ('post' in spec) return spec.post.some((post) => posts.includes(post));
  if (!('duty' in spec) || personId === null) return false;
  if (spec.duty === 'assignee') return row.assigneeId === personId;
  return spec.duty === 'caseOfficer' && row.caseOfficerId === personId;
}

interface Organisation {
  units: readonly { id: string; parentId: string | null; headPost: string }[];
  people: readonly { id: string; unitId: string | null }[];
  posts: readonly { personId: string; post: string; unitId: string; to: string | null }[];
}

/** A person's own unit, and every unit below one he heads. */
function unitsOf(organisation: Organisation, personId: string, posts: readonly string[]): string[] {
  const own = organisation.people.find((person) => person.id === personId)?.unitId ?? null;
  const mine = new Set<string>(own === null ? [] : [own]);
  const headed = organisation.posts.filter(
    (held) =>
      held.personId === personId &&
      posts.includes(held.post) &&
      organisation.units.some((unit) => unit.id === held.unitId && unit.headPost === held.post),
  );
  const queue = headed.map((held) => held.unitId);
  for (let unit = queue.pop(); unit !== undefined; unit = queue.pop()) {
    const at = unit;
    mine.add(at);
    queue.push(...organisation.units.filter((one) => one.parentId === at && !mine.has(one.id)).map((one) => one.id));
  }
  return [...mine];
}

/** What the query narrows the view to; null when it can match nothing, such as an unknown department. */
export function narrowing(now: Instant, sees: Sees, query: WorklistQuery): WorklistFilter | null {
  const filter: WorklistFilter = { scope: 'open' };
  if (query.pack !== undefined) filter.pack = query.pack;
  if (query.procedure !== undefined) filter.procedure = query.procedure;
  if (query.state === 'closed') filter.scope = 'ended';
  else if (query.state === 'any') filter.scope = 'all';
  else if (query.state !== undefined && query.state !== 'open') {
    filter.scope = 'all';
    filter.state = query.state;
  }
  if (query.overdue) filter.dueBefore = now;
  if (query.q !== undefined && query.q.trim() !== '') filter.words = query.q;
  if (query.unit === undefined) return filter;
  const unit = sees.unitByCode(query.unit);
  return unit === undefined ? null : { ...filter, responsibleUnit: unit };
}

// One decision over a whole list; split up it would have to be read in two places at once. Hence its length.
import { type Text, text } from '#kernel/text.ts';
import { maskName } from '../mask.ts';
import { type NamedOwner, type NamedPlace, type Part, readLine } from './read-line.ts';

/** What is there already, as far as a list can meet it. */
export interface KnownPlace {
  id: string;
  parentId: string | null;
  kind: 'estate' | 'building' | 'entrance' | 'floor' | 'room' | 'place';
  code: string;
  name: string;
  fullName: string;
}
export interface KnownResident {
  id: string;
  premisesId: string;
  name: string;
  phone: string | null;
}

/** A place that will be added; its parent may be one that is added before it. */
export interface NewPlace extends KnownPlace {
  sort: number;
}
export interface NewResident extends NamedOwner {
  premisesId: string;
}

export type Verdict = 'new' | 'known' | 'owner' | 'phone' | 'passed' | 'fault';

/** What becomes of one line. `new`: the place is added; `owner`: only who lives there; `phone`: only his number. */
export interface LineVerdict {
  /** From 1. */
  line: number;
  text: string;
  verdict: Verdict;
  /** The whole name of the place, where the line names one. */
  place: string;
  owner: { name: string; phone: string | null; relation: NamedOwner['relation'] } | null;
  message: Text;
}

export interface PlacesPlan {
  lines: LineVerdict[];
  places: NewPlace[];
  residents: NewResident[];
  /** New telephone numbers of people who are known. */
  phones: { residentId: string; phone: string }[];
}

/** Compares a list with what is there and says for each line what would be done. Writes nothing. `newId` gives fresh ids. */
export function planPlaces(
  lines: readonly string[],
  estate: KnownPlace,
  there: { places: readonly KnownPlace[]; residents: readonly KnownResident[] },
  newId: () => string,
): PlacesPlan {
  const byCode = new Map<string, KnownPlace>([estate, ...there.places].map((place) => [place.code, place]));
  const byName = new Map(there.places.map((place) => [`${place.parentId} ${place.name}`, place]));
  const people = Map.groupBy(there.residents, (one) => one.premisesId);
  const firstLine = new Map<string, number>();
  const plan: PlacesPlan = { lines: [], places: [], residents: [], phones: [] };

  const add = (kind: KnownPlace['kind'], code: string, parent: KnownPlace, name: string, sort: number): KnownPlace => {
    const before = byCode.get(code);
    if (before) return before;
    // A floor is passed by, not named: 3栋2单元502 says where it is.
    const under = kind === 'room' && parent.kind === 'floor' ? (nameAbove.get(parent.id) ?? '') : parent.fullName;
    const made = { id: newId(), parentId: parent.id, kind, code, name, fullName: under + name, sort };
    if (kind === 'floor') nameAbove.set(made.id, parent.fullName);
    byCode.set(code, made);
    byName.set(`${parent.id} ${name}`, made);
    plan.places.push(made);
    return made;
  };
  const nameAbove = new Map<string, string>();
  const byId = new Map(there.places.map((place) => [place.id, place]));
  for (const { id, kind, parentId } of there.places)
    if (kind === 'floor') nameAbove.set(id, byId.get(parentId ?? '')?.fullName ?? estate.fullName);

  const settle = (named: NamedPlace): KnownPlace => {
    let at = estate;
    if (named.building)
      at = add('building', `${estate.code}-${named.building.key}`, at, named.building.name, order(named.building));
    if (named.entrance)
      at = add('entrance', `${at.code}-${named.entrance.key}`, at, named.entrance.name, order(named.entrance));
    if (named.place !== undefined) {
      const known = byName.get(`${at.id} ${named.place}`);
      if (known) return known;
      let n = 1;
      while (byCode.has(`${at.code}-P${n}`)) n += 1;
      return add('place', `${at.code}-P${n}`, at, named.place, 100_000 + n);
    }
    if (named.room === undefined) return at;
    // Without an entrance the code says 0, so that room 12 and entrance 12 are never one.
    const base = named.entrance ? at.code : `${at.code}-0`;
    const known = byCode.get(`${base}-${named.room}`);
    if (known) return known;
    const floor = /^(\d{1,3})\d\d$/.exec(named.room.replace(/\D+$/, ''))?.[1]?.replace(/^0+(?=\d)/, '');
    const parent = floor === undefined ? at : add('floor', `${base}-F${floor}`, at, `${floor}层`, Number(floor));
    return add('room', `${base}-${named.room}`, parent, named.room, Number(named.room.replace(/\D/g, '')) || 0);
  };

  for (const [i, line] of lines.entries()) {
    const read = readLine(line, estate.name);
    if (read.kind === 'blank') continue;
    const said = { line: i + 1, text: line.trim().slice(0, 200), place: '', owner: null };
    if (read.kind === 'heading') {
      plan.lines.push({ ...said, verdict: 'passed', message: words.heading });
      continue;
    }
    if (read.kind === 'fault') {
      plan.lines.push({ ...said, verdict: 'fault', message: faults[read.fault] });
      continue;
    }
    const before = plan.places.length;
    const place = settle(read.place);
    const fresh = plan.places.length > before;
    const first = firstLine.get(place.id);
    if (first === undefined) firstLine.set(place.id, i + 1);
    const living = people.get(place.id) ?? [];
    const whom = read.owner === null ? null : lodge(plan, place.id, read.owner, living);
    if (whom !== null) people.set(place.id, whom.living);
    const verdict: Verdict = fresh ? 'new' : (whom?.verdict ?? 'known');
    plan.lines.push({
      ...said,
      verdict,
      place: place.fullName,
      owner: read.owner,
      message: tell(verdict, first, whom),
    });
  }
  return plan;
}

interface Lodged {
  verdict: 'owner' | 'phone' | 'known';
  living: KnownResident[];
  /** Masked name of somebody else of the same standing who lives there already. */
  beside: string | null;
}

function lodge(plan: PlacesPlan, premisesId: string, owner: NamedOwner, living: readonly KnownResident[]): Lodged {
  const same = living.find((one) => one.name === owner.name);
  if (!same) {
    plan.residents.push({ ...owner, premisesId });
    const added = { id: '', premisesId, name: owner.name, phone: owner.phone };
    return { verdict: 'owner', living: [...living, added], beside: living[0] ? maskName(living[0].name) : null };
  }
  if (owner.phone === null || same.phone === owner.phone)
    return { verdict: 'known', living: [...living], beside: null };
  if (same.id === '') {
    const planned = plan.residents.find((one) => one.premisesId === premisesId && one.name === owner.name);
    if (planned) planned.phone = owner.phone;
  } else plan.phones.push({ residentId: same.id, phone: owner.phone });
  const changed = living.map((one) => (one === same ? { ...one, phone: owner.phone } : one));
  return { verdict: 'phone', living: changed, beside: null };
}

function tell(verdict: Verdict, first: number | undefined, whom: Lodged | null): Text {
  if (verdict === 'new') return whom === null ? words.new : words.newWithOwner;
  if (verdict === 'phone') return words.phone;
  if (verdict === 'owner')
    return whom?.beside == null
      ? words.owner
      : text(`已有住户 ${whom.beside}，将一并登记`, `${whom.beside} is there already; both will stand`);
  return first === undefined ? words.known : text(`与第 ${first} 行重复`, `The same as line ${first}`);
}

const words = {
  heading: text('表头，跳过', 'A heading, passed over'),
  new: text('将新增', 'Will be added'),
  newWithOwner: text('将新增，并登记住户', 'Will be added with who lives there'),
  known: text('已有，不重复登记', 'Already there, not added again'),
  owner: text('房屋已有，将登记住户', 'The room is there; who lives there will be added'),
  phone: text('住户已有，将更新电话', 'The person is there; the number will be updated'),
};
const faults: Record<'room' | 'phone' | 'ownerName' | 'ownerOfPlace' | 'tooLong', Text> = {
  room: text('看不出是哪一栋的哪一间，请写成 3栋2单元101 或 3-2-101', 'Which building and room? Write 3-2-101'),
  phone: text('电话号码有误', 'This is not a telephone number'),
  ownerName: text('住户姓名有误或缺少', 'The name is missing or is not a name'),
  ownerOfPlace: text('公共区域不登记住户', 'Nobody lives in a common place'),
  tooLong: text('这一行太长', 'This line is too long'),
};

const order = ({ key }: Part): number => Number(key.replace(/\D/g, '')) || (key.codePointAt(0) ?? 0);

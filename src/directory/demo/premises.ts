import { type DemoEstate, entranceEquipment, estates, placeEquipment } from './estates.ts';
import { demoDoorCode, demoId } from './ids.ts';
import { demoPhone, residentName } from './names.ts';

type Row = Record<string, string | number | null>;

/** Rows of the tables premises, equipment and resident for the demo's estates. */
export interface PremisesRows {
  premises: Row[];
  equipment: Row[];
  residents: Row[];
}

/** The id of a demo place by its code: JX-3-2-502, JX-GB1, YX. */
export const premisesId = (code: string): string => demoId('premises', code);

/** Lays out every estate. The same rows at every call. */
export function layOut(): PremisesRows {
  const rows: PremisesRows = { premises: [], equipment: [], residents: [] };
  for (const estate of estates) layOutEstate(estate, rows);
  return rows;
}

function layOutEstate(estate: DemoEstate, rows: PremisesRows): void {
  const add = (kind: string, code: string, parent: string | null, zh: string, en: string, fullName: string): void => {
    rows.premises.push({
      premises_id: premisesId(code),
      parent_id: parent === null ? null : premisesId(parent),
      kind,
      code,
      name_zh: zh,
      name_en: en,
      full_name: fullName,
      handed_over_on: estate.handedOver,
      door_code: demoDoorCode(code),
      site_office_id: parent === null ? demoId('unit', estate.siteOffice) : null,
      sort: rows.premises.length,
    });
  };
  const equip = (at: string, kind: string, zh: string, en: string): void => {
    const code = `${at}-${kind}`;
    rows.equipment.push({
      equipment_id: demoId('equipment', code),
      premises_id: premisesId(at),
      kind,
      code,
      name_zh: zh,
      name_en: en,
      installed_on: estate.handedOver,
      door_code: demoDoorCode(code),
    });
  };

  add('estate', estate.code, null, estate.zh, estate.en, estate.zh);
  for (const place of estate.places)
    add('place', `${estate.code}-${place.code}`, estate.code, place.zh, place.en, estate.zh + place.zh);
  for (const item of placeEquipment)
    if (estate.places.some((p) => p.code === item.place))
      equip(`${estate.code}-${item.place}`, item.kind, item.zh, item.en);

  for (let b = 1; b <= estate.buildings; b += 1) {
    const building = `${estate.code}-${b}`;
    const buildingName = `${estate.zh}${b}栋`;
    add('building', building, estate.code, `${b}栋`, `Building ${b}`, buildingName);
    for (let e = 1; e <= estate.entrances; e += 1) {
      const entrance = `${building}-${e}`;
      const entranceName = `${buildingName}${e}单元`;
      add('entrance', entrance, building, `${e}单元`, `Entrance ${e}`, entranceName);
      add('place', `${entrance}-HALL`, entrance, '电梯厅', 'Lift lobby', `${entranceName}电梯厅`);
      for (const item of entranceEquipment) equip(entrance, item.kind, item.zh, item.en);
      for (let f = 1; f <= estate.floors; f += 1) {
        const floor = `${entrance}-F${f}`;
        add('floor', floor, entrance, `${f}层`, `Floor ${f}`, `${entranceName}${f}层`);
        for (let r = 1; r <= estate.roomsPerFloor; r += 1) {
          const number = `${f}${String(r).padStart(2, '0')}`;
          add('room', `${entrance}-${number}`, floor, number, number, `${entranceName}${number}`);
          moveIn(`${entrance}-${number}`, estate.handedOver, rows);
        }
      }
    }
  }
}

function moveIn(room: string, since: string, rows: PremisesRows): void {
  const n = rows.residents.length;
  const live = (relation: string, number: number, from: string): void => {
    rows.residents.push({
      resident_id: demoId('resident', `${room} ${relation}`),
      premises_id: premisesId(room),
      relation,
      name: residentName(number),
      phone: demoPhone(number + 1),
      email: number % 5 === 0 ? `resident${number + 1}@example.com` : null,
      from_date: from,
      to_date: null,
    });
  };
  live('owner', n, since);
  // Every eleventh room is let.
  if (n % 11 === 10) live('tenant', n + 1, '2025-03-01');
}

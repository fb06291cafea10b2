import type { IntakeSpec } from '../../api/contract.ts';

const WHO = ['contactPhone', 'contactName', 'place'];

/** Which field stands where: who calls, what must be known, what may be added. Names with a fixed meaning are the same in every pack. */
export function layout(fields: IntakeSpec['fields']): { who: string[]; what: string[]; more: string[] } {
  const names = Object.keys(fields);
  const who = WHO.filter((name) => names.includes(name));
  const rest = names.filter((name) => !who.includes(name));
  const needed = (name: string) => fields[name]?.required !== false || name === 'category';
  return { who, what: rest.filter(needed), more: rest.filter((name) => !needed(name)) };
}

import type { IntakeSpec } from '../../api/contract.ts';

const WHO = ['contactPhone', 'contactName', 'place'];

/** Which field stands where: who calls, what must be known, what may be added. Names with a fixed meaning are the same in every pack. */
export function layout(fields: IntakeSpec['fields']): { who: string[]; what: string[]; more: string[] } {
  const names = Object.keys(fields);
  const who = WHO.filter((name) => names.includes(name));
  const rest = names.filter((name) => !who.includes(name));
  const needed = (name: string) => fields[name]?.required !== false || name === 'category';
  // The category follows the words it is found by; the time stands at now and rarely changes.
  const rank: { [name: string]: number } = { content: 0, category: 1 };
  const place = (name: string): number => rank[name] ?? 2;
  const what = rest.filter(needed).sort((a, b) => place(a) - place(b));
  return { who, what, more: rest.filter((name) => !needed(name)) };
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { idsIn, type Rule, readCatalogue } from './catalogue.ts';
import { type Title, testTitles } from './titles.ts';

/** How far the tests show the rules of one written procedure. */
export interface Procedure {
  pack: string;
  /** Whether packs/ holds it. */
  present: boolean;
  must: { shown: number; total: number };
  /** All rules, of whatever strength. */
  all: { shown: number; total: number };
  missing: Rule[];
}

/** A title or a pack that names a rule wrongly, a rule whose only witness never runs, or one a pack calls built in without any. */
export interface Fault {
  kind: 'unknown' | 'idle' | 'unshown';
  id: string;
  /** file:line, or the pack's file. */
  where: string;
}

export interface Coverage {
  procedures: Procedure[];
  faults: Fault[];
  /** Rule id → the tests that show it, as file:line. */
  witnesses: Record<string, string[]>;
}

const PLACES = ['src', 'packs', 'test', 'web'];

/** Compares the catalogue of rules with the titles of all tests below a folder. */
export function ruleCoverage(root: string): Coverage {
  const rules = readCatalogue(root);
  const titles = PLACES.flatMap((folder) => filesBelow(root, folder, /\.(test|spec)\.tsx?$/)).flatMap((file) =>
    testTitles(file, readFileSync(join(root, file), 'utf8')),
  );
  const packs = filesBelow(root, 'packs', /\.ya?ml$/).map((file) => ({ file, value: readYaml(root, file) }));
  const known = new Set(rules.map((rule) => rule.id));
  const witnesses = groupByRule(titles.filter((t) => !t.idle));
  const idle = groupByRule(titles.filter((t) => t.idle));
  const unknown = [
    ...titles.flatMap((t) => t.ids.map((id) => ({ id, where: place(t) }))),
    ...packs.flatMap(namedRules),
  ];
  const present = new Set(packs.map(({ value }) => packName(value)));
  return {
    procedures: [...new Set(rules.map((rule) => rule.pack))].map((pack) =>
      measure(
        pack,
        present.has(pack),
        rules.filter((rule) => rule.pack === pack),
        witnesses,
      ),
    ),
    faults: [
      ...unknown.filter(({ id }) => !known.has(id)).map((u): Fault => ({ kind: 'unknown', ...u })),
      ...[...idle]
        .filter(([id]) => known.has(id) && !witnesses.has(id))
        .flatMap(([id, where]) => where.map((w): Fault => ({ kind: 'idle', id, where: w }))),
      ...packs
        .flatMap(calledBuiltIn)
        .flatMap(({ id, where }): Fault[] => (witnesses.has(id) ? [] : [{ kind: 'unshown', id, where }])),
    ],
    witnesses: Object.fromEntries(witnesses),
  };
}

function measure(pack: string, present: boolean, rules: Rule[], witnesses: ReadonlyMap<string, string[]>): Procedure {
  const must = rules.filter((rule) => rule.strength === 'MUST');
  const missing = must.filter((rule) => !witnesses.has(rule.id));
  return {
    pack,
    present,
    must: { shown: must.length - missing.length, total: must.length },
    all: { shown: rules.filter((rule) => witnesses.has(rule.id)).length, total: rules.length },
    missing,
  };
}

const place = (title: Title): string => `${title.file}:${title.line}`;

function groupByRule(titles: readonly Title[]): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const title of titles) for (const id of title.ids) grouped.set(id, [...(grouped.get(id) ?? []), place(title)]);
  return grouped;
}

/** Every id under a key `rules` in a pack's file. */
function namedRules({ file, value }: { file: string; value: unknown }): { id: string; where: string }[] {
  const found: { id: string; where: string }[] = [];
  const visit = (node: unknown, key: string): void => {
    if (typeof node === 'string' && key === 'rules') found.push(...idsIn(node).map((id) => ({ id, where: file })));
    else if (Array.isArray(node)) for (const item of node) visit(item, key);
    else if (typeof node === 'object' && node !== null) for (const [k, v] of Object.entries(node)) visit(v, k);
  };
  visit(value, '');
  return found;
}

/** Rules that a pack says the program itself keeps. */
const calledBuiltIn = ({ file, value }: { file: string; value: unknown }): { id: string; where: string }[] =>
  typeof value === 'object' && value !== null && 'builtIn' in value
    ? idsIn(JSON.stringify(value.builtIn)).map((id) => ({ id, where: file }))
    : [];

const packName = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'pack' in value ? value.pack : undefined;

const readYaml = (root: string, file: string): unknown =>
  parse(readFileSync(join(root, file), 'utf8'), { merge: true, maxAliasCount: 1000 });

function filesBelow(root: string, folder: string, wanted: RegExp): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : filesBelow(root, path, wanted);
    return wanted.test(entry.name) ? [path] : [];
  });
}

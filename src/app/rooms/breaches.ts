import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { findCycles } from './cycles.ts';
import { type Import, readSource, type SourceFile } from './source-file.ts';
import { folderOf, IMPURE_GLOBALS, IMPURE_MEMBERS, type Room } from './table.ts';
import { isForTests, roomOf, targetOf } from './target.ts';

/** A place where the wall between rooms is broken. */
export interface Breach {
  file: string;
  line: number;
  rule:
    | 'room.imports'
    | 'room.packages'
    | 'room.node'
    | 'room.globals'
    | 'room.relative'
    | 'room.tests'
    | 'room.computed'
    | 'room.unknown'
    | 'room.cycle'
    | 'room.unreadable';
  message: string;
}

/** Reads every file below src/ and web/src/ of a tree and answers where a room reaches beyond its walls. */
export function findBreaches(root: string): Breach[] {
  const breaches: Breach[] = [];
  const graph = new Map<string, string[]>();
  const firstLine = new Map<string, number>();
  for (const file of ['src', 'web/src'].flatMap((folder) => sourcesBelow(root, folder))) {
    const source = readSource(file, readFileSync(join(root, file), 'utf8'));
    breaches.push(...breachesOf(file, source));
    const reached = source.imports.flatMap((each) => {
      const target = each.atRuntime && each.specifier !== null ? targetOf(each.specifier, file) : undefined;
      if (target?.kind !== 'file') return [];
      firstLine.set(`${file} ${target.path}`, each.line);
      return [target.path];
    });
    graph.set(file, reached);
  }
  for (const cycle of findCycles(graph)) {
    const [file = '', next = file] = cycle;
    const line = firstLine.get(`${file} ${next}`) ?? 1;
    breaches.push({ file, line, rule: 'room.cycle', message: `imports in a circle: ${[...cycle, file].join(' → ')}` });
  }
  return breaches;
}

function sourcesBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return sourcesBelow(root, path);
    return /\.(tsx?|m?js)$/.test(entry.name) && !entry.name.endsWith('.d.ts') && !path.includes('/public/')
      ? [path]
      : [];
  });
}

function breachesOf(file: string, source: SourceFile): Breach[] {
  const room = roomOf(file);
  if (!room) return [{ file, line: 1, rule: 'room.unknown', message: 'this folder is not in src/app/rooms/table.ts' }];
  if (source.fault) return [{ file, line: source.fault.line, rule: 'room.unreadable', message: source.fault.message }];
  const found = source.imports.flatMap((each) => breachOfImport(file, room, each) ?? []);
  return room.pure && !isForTests(file) ? [...found, ...breachesOfPurity(file, source)] : found;
}

function breachOfImport(file: string, room: Room, { specifier, line }: Import): Breach | undefined {
  const breach = (rule: Breach['rule'], message: string): Breach => ({ file, line, rule, message });
  if (specifier === null)
    return room.pure && !isForTests(file)
      ? breach('room.computed', 'the import is computed; name the file')
      : undefined;
  const target = targetOf(specifier, file);
  const there = target.kind === 'file' ? roomOf(target.path) : undefined;
  if (target.kind === 'file' && target.written === 'relative' && top(there) !== top(room))
    return breach('room.relative', `${specifier} leaves ${folderOf(room)}; write #room/file.ts`);
  if (isForTests(file)) return undefined;
  switch (target.kind) {
    case 'node':
      if (room.pure) return breach('room.node', `${room.name} is pure and may not import ${target.name}`);
      return undefined;
    case 'package':
      if (room.packages.includes('*') || room.packages.includes(target.name)) return undefined;
      return breach('room.packages', `${room.name} may not import the package ${target.name}`);
    case 'file':
      if (isForTests(target.path)) return breach('room.tests', `${specifier} is for tests only`);
      if (there === room || (there && mayImport(room, file).includes(there.name))) return undefined;
      return breach('room.imports', `${room.name} may not import ${there?.name ?? target.path}`);
  }
}

// Only `web/src` lies outside src/; http and http/contract share a folder and may point at each other relatively.
const top = (room: Room | undefined): string | undefined => room?.name.split('/')[0];

/** The rooms one file may import besides its own. */
export function mayImport(room: Room, file: string): string[] {
  return [...room.imports, ...(room.also?.[posix.relative(folderOf(room), file)] ?? [])];
}

function breachesOfPurity(file: string, { names }: SourceFile): Breach[] {
  const seen = new Set<string>();
  return names.flatMap(({ name, line }): Breach[] => {
    if (!IMPURE_GLOBALS.includes(name) && !IMPURE_MEMBERS.includes(name)) return [];
    if (seen.has(`${name} ${line}`)) return [];
    seen.add(`${name} ${line}`);
    const message = `${name.replace(/^\./, '')} has no place in a pure room: hand the value in from outside`;
    return [{ file, line, rule: 'room.globals', message }];
  });
}

import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { folderOf, ROOMS, type Room } from './table.ts';

/** What an import means. */
export type Target =
  | { kind: 'file'; path: string; written: 'relative' | 'room' }
  | { kind: 'node'; name: string }
  | { kind: 'package'; name: string };

const builtins = new Set(builtinModules);

/** What a specifier in the file at `from` (a path from the project's root) stands for. */
export function targetOf(specifier: string, from: string): Target {
  if (specifier.startsWith('.'))
    return { kind: 'file', path: posix.join(posix.dirname(from), specifier), written: 'relative' };
  const byRoom = /^(?:#|@room\/)(.+)$/.exec(specifier)?.[1];
  if (byRoom) return { kind: 'file', path: posix.join('src', byRoom), written: 'room' };
  if (specifier.startsWith('node:') || builtins.has(specifier.split('/')[0] ?? ''))
    return { kind: 'node', name: specifier };
  const parts = specifier.split('/');
  return { kind: 'package', name: parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
}

// The longest folder first, so that http/contract is found before http.
const byFolder = [...ROOMS].sort((a, b) => folderOf(b).length - folderOf(a).length);

/** The room a file belongs to; undefined outside all of them. */
export const roomOf = (path: string): Room | undefined =>
  byFolder.find((room) => path.startsWith(`${folderOf(room)}/`));

/** Tests and what only helps tests are not shipped: they may look anywhere, and nothing shipped may lean on them. */
export const isForTests = (path: string): boolean =>
  /\.(test|spec)\.tsx?$/.test(path) || /(^|\/)testing[^/]*\.ts$/.test(path) || /^(test|bench|packs)\//.test(path);

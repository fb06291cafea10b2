import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Trouble } from '#db/trouble.ts';
import { BASE } from '#policy/assemble.ts';
import type { PackSource } from '#policy/source.ts';

const EXTENDS = /^extends:\s*["']?([A-Z][A-Z0-9]{0,7})["']?\s*$/m;

/**
 * The files of one pack folder: `pack.yaml` and `procedures/*.yaml`, in a fixed order; for a pack that extends another,
 * the other's files too, below `extends/`, so that what is published is complete in itself.
 */
export async function readPackFolder(folder: string): Promise<PackSource[]> {
  const own = await readOwnFiles(folder);
  const base = EXTENDS.exec(own.find((file) => file.path === 'pack.yaml')?.text ?? '')?.[1];
  if (base === undefined) return own;
  const below = await readPackFolder(path.join(folder, '..', base.toLowerCase()));
  return [...own, ...below.map((file) => ({ ...file, path: BASE + file.path }))];
}

async function readOwnFiles(folder: string): Promise<PackSource[]> {
  const procedures = path.join(folder, 'procedures');
  const names = (await readdir(procedures).catch(() => [] as string[])).filter((name) => name.endsWith('.yaml')).sort();
  const read = async (name: string): Promise<PackSource> => ({
    path: name,
    text: await readFile(path.join(folder, name), 'utf8'),
  });
  return Promise.all([read('pack.yaml'), ...names.map((name) => read(path.posix.join('procedures', name)))]);
}

/** Every pack below a folder, by folder name. A folder without a `pack.yaml` is none. */
export async function readPacks(root: string): Promise<Map<string, PackSource[]>> {
  const entries = await readdir(root, { withFileTypes: true });
  const named = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const isPack = await Promise.all(named.map((name) => exists(path.join(root, name, 'pack.yaml'))));
  const folders = named.filter((_, i) => isPack[i]).sort();
  return new Map(
    await Promise.all(folders.map(async (name) => [name, await readPackFolder(path.join(root, name))] as const)),
  );
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** The packs that are in force, of those there are. Throws when one that is named does not exist. */
export function chosenPacks<T>(all: ReadonlyMap<string, T>, names: readonly string[]): Map<string, T> {
  if (names.includes('all')) return new Map(all);
  return new Map(
    names.map((name) => {
      const pack = all.get(name);
      if (pack === undefined)
        throw new Trouble(
          'packs.unknown',
          `没有制度包“${name}”；现有：${[...all.keys()].join('、')}`,
          `There is no pack “${name}”; there are: ${[...all.keys()].join(', ')}`,
        );
      return [name, pack] as const;
    }),
  );
}

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PackSource } from '#policy/source.ts';

/** The files of one pack folder: `pack.yaml` and `procedures/*.yaml`, in a fixed order. */
export async function readPackFolder(folder: string): Promise<PackSource[]> {
  const procedures = path.join(folder, 'procedures');
  const names = (await readdir(procedures)).filter((name) => name.endsWith('.yaml')).sort();
  const read = async (name: string): Promise<PackSource> => ({
    path: name,
    text: await readFile(path.join(folder, name), 'utf8'),
  });
  return Promise.all([read('pack.yaml'), ...names.map((name) => read(path.posix.join('procedures', name)))]);
}

/** Every pack below a folder, by folder name. */
export async function readPacks(root: string): Promise<Map<string, PackSource[]>> {
  const entries = await readdir(root, { withFileTypes: true });
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return new Map(
    await Promise.all(folders.map(async (name) => [name, await readPackFolder(path.join(root, name))] as const)),
  );
}

import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Trouble } from '#db/trouble.ts';
import { type CompiledPack, compilePack } from '#policy/compile.ts';
import { readPackFolder } from '../../packs.ts';

/** A pack is named by its folder or by its pack.yaml. */
export async function folderOf(where: string): Promise<string> {
  const path = resolve(where);
  const found = where === '' ? null : await stat(path).catch(() => null);
  if (!found) throw new Trouble('pack.notFound', `找不到制度包 ${path}`, `There is no pack at ${path}`);
  return found.isDirectory() ? path : dirname(path);
}

/** The pack of a folder, compiled. Throws Trouble with the first fault when it has any. */
export async function packAt(where: string): Promise<CompiledPack> {
  const compiled = compilePack(await readPackFolder(await folderOf(where)));
  if (compiled.ok) return compiled.value;
  const [first] = compiled.problems;
  const place = first ? `${first.file}:${first.line}:${first.column} ` : '';
  throw new Trouble(
    'pack.invalid',
    `${place}${first?.message.zh ?? ''}（先用 huiyin pack check 查看全部问题）`,
    `${place}${first?.message.en ?? ''} (see every fault with huiyin pack check)`,
  );
}

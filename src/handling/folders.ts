import type { Text } from '#kernel/text.ts';
import type { PackSource } from '#policy/source.ts';
import { type PublishedPack, sealSources } from './packs.ts';
import { nameOf } from './publishing.ts';

/** How a folder of packs stands to what is in force: the same, a version nobody approved yet, an earlier one, or other words under a used number. */
export type FolderState = 'same' | 'unused' | 'new' | 'earlier' | 'taken';

export interface FolderStanding {
  pack: string;
  version: string;
  state: FolderState;
  /** The version in force; null where there is none. */
  inForce: string | null;
  /** What a person is to be told; null where the folder says what is in force. */
  words: Text | null;
}

/** Compares the files of one folder with what was published. */
export function standingOf(sources: readonly PackSource[], published: readonly PublishedPack[]): FolderStanding {
  const { pack, version } = nameOf(sources);
  const own = published.filter((one) => one.pack === pack);
  const inForce = own.find((one) => one.current)?.version ?? null;
  const { digest } = sealSources(sources);
  const same = own.find((one) => one.digest === digest);
  const state: FolderState = same
    ? same.version === inForce
      ? 'same'
      : 'earlier'
    : own.length === 0
      ? 'unused'
      : own.some((one) => one.version === version)
        ? 'taken'
        : 'new';
  return { pack, version, state, inForce, words: WORDS[state](pack, version, inForce ?? '') };
}

const WORDS: { [S in FolderState]: (pack: string, version: string, inForce: string) => Text | null } = {
  same: () => null,
  unused: (pack, version) => ({
    zh: `制度目录中的 ${pack} ${version} 尚未使用`,
    en: `${pack} ${version} of the packs folder is not in use`,
  }),
  new: (pack, version, inForce) => ({
    zh: `制度目录中有 ${pack} ${version}，尚未提交复核；现行的仍是 ${inForce}`,
    en: `The packs folder has ${pack} ${version}, which nobody has approved yet; ${inForce} stays in force`,
  }),
  earlier: (pack, version, inForce) => ({
    zh: `制度目录中是较早的 ${pack} ${version}；现行的仍是 ${inForce}`,
    en: `The packs folder holds the earlier ${pack} ${version}; ${inForce} stays in force`,
  }),
  taken: (pack, version, inForce) => ({
    zh: `制度目录中的 ${pack} 已改动，版本号仍是 ${version}：现行的仍是已发布的 ${inForce}，改动没有生效。请改用新的版本号，再提交复核`,
    en: `${pack} was edited in the packs folder under the used number ${version}: the published ${inForce} stays in force and the edit has no effect. Give it a new version number, then hand it in`,
  }),
};

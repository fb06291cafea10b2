import type { Text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { MenuEntry } from './messenger.ts';
import { MENU, say } from './words.ts';

/** A matter that somebody can begin by himself. */
export interface OpenMatter {
  pack: CompiledPack;
  matter: string;
  title: Text;
}

// The services show four Chinese signs of an entry, eight of one below it, and no more than five of those.
const SHORT = 4;
const LONG = 8;
const MOST = 5;
const cut = (words: string, length: number): string => [...words].slice(0, length).join('');

/** The key by which a press says what he wants to begin, and back; null when it says something else. */
export const beginKey = (matter: string): string => `${MENU.begin}${matter}`;
export const begunBy = (key: string): string | null =>
  key.startsWith(MENU.begin) ? key.slice(MENU.begin.length) : null;

/** The menu under a conversation: what can be begun, his matters, where he lives. */
export function menuOf(matters: readonly OpenMatter[], canBind: boolean): MenuEntry[] {
  const seen = new Set<string>();
  const begin = matters
    .filter(({ title: { zh } }) => !seen.has(zh) && seen.add(zh))
    .slice(0, MOST)
    .map(({ matter, title }): MenuEntry => ({ name: cut(title.zh, LONG), key: beginKey(matter) }));
  const [only, ...more] = begin;
  const first: MenuEntry[] =
    only === undefined
      ? []
      : more.length === 0
        ? [{ ...only, name: cut(only.name, SHORT) }]
        : [{ name: say.menuBegin, entries: begin }];
  return [
    ...first,
    { name: say.menuMine, key: MENU.mine },
    ...(canBind ? [{ name: say.menuPlace, key: MENU.place }] : []),
  ];
}

/** The menu as WeChat and WeCom take it. */
export const wechatMenu = (menu: readonly MenuEntry[]): object => ({
  button: menu.map(function button(entry: MenuEntry): object {
    if ('entries' in entry) return { name: entry.name, sub_button: entry.entries.map(button) };
    if ('url' in entry) return { type: 'view', name: entry.name, url: entry.url };
    return { type: 'click', name: entry.name, key: entry.key };
  }),
});

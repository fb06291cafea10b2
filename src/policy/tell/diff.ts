import type { Text } from '#kernel/text.ts';
import { type ChangeNote, compareVersions } from '../language/changes.ts';
import type { PackSpec } from '../language/pack.ts';
import { type Item, itemsOf } from './clauses.ts';
import { saySetting } from './span-words.ts';

/** One change as people will feel it. */
export interface Change {
  clause: string;
  procedure: string | null;
  change: 'added' | 'removed' | 'altered';
  words: Text;
}

/** Names every item so that the same thing is found in both versions, whatever it says. */
function named(pack: PackSpec): Map<string, Item> {
  const items = new Map<string, Item>();
  const counts = new Map<string, number>();
  const order = itemsOf(pack);
  const names = namesInOrder(pack);
  for (const [i, item] of order.entries()) {
    const key = names[i] ?? `${item.kind}/${item.procedure}/${item.clause}`;
    const n = (counts.get(key) ?? 0) + 1;
    counts.set(key, n);
    items.set(n === 1 ? key : `${key}#${n}`, item);
  }
  return items;
}

/** Keys of the pack in the order in which its items are told. */
function namesInOrder(pack: PackSpec): string[] {
  const keys = (kind: string, all: object): string[] => Object.keys(all).map((name) => `${kind}/${name}`);
  const procedures = Object.entries(pack.procedures).flatMap(([name, procedure]) =>
    ['intake', ...Object.keys(procedure.steps)]
      .map((step) => `step/${name}/${step}`)
      .concat(keys(`clock/${name}`, procedure.clocks), keys(`form/${name}`, procedure.forms)),
  );
  return [
    ...pack.principles.map((one) => `principle/${one.title.zh}`),
    ...keys('matter', pack.matters),
    ...keys('channel', pack.channels),
    ...keys('role', pack.roles),
    ...keys('taxonomy', pack.taxonomies),
    'routing',
    ...keys('table', pack.tables),
    ...keys('setting', pack.settings),
    ...procedures,
    ...keys('notice', pack.notices),
    ...keys('schedule', pack.schedules),
    ...keys('register', pack.registers),
    ...keys('metric', pack.metrics),
    ...pack.builtIn.map((one) => `builtIn/${one.text.zh}`),
    ...pack.guidance.map((one) => `guidance/${one.text.zh}`),
  ];
}

/** What changes for people between two versions, in words, clause by clause. */
export function diff(before: PackSpec, after: PackSpec): Change[] {
  const [old, fresh] = [named(before), named(after)];
  const changes: Change[] = [];
  for (const [key, item] of fresh) {
    const was = old.get(key);
    if (!was) changes.push(changeOf('added', item, { zh: `新增：${item.words.zh}`, en: `New: ${item.words.en}` }));
    else if (whole(was, 'zh') !== whole(item, 'zh') || whole(was, 'en') !== whole(item, 'en'))
      changes.push(
        changeOf('altered', item, {
          zh: `原：${whole(was, 'zh')}\n现：${whole(item, 'zh')}`,
          en: `Was: ${whole(was, 'en')}\nNow: ${whole(item, 'en')}`,
        }),
      );
  }
  for (const [key, item] of old)
    if (!fresh.has(key))
      changes.push(changeOf('removed', item, { zh: `取消：${item.words.zh}`, en: `Gone: ${item.words.en}` }));
  return changes.concat(settingChanges(before, after));
}

/** The notes of what was changed since a version, latest first; all of them where there was none before. */
export function notesSince(before: PackSpec | undefined, after: PackSpec): ChangeNote[] {
  return after.changes
    .filter(({ version }) => before === undefined || compareVersions(version, before.version) > 0)
    .toSorted((a, b) => compareVersions(b.version, a.version));
}

/** A note in one paragraph. */
export const noteWords = ({ version, by, what, why }: ChangeNote): Text => ({
  zh: `${version}（${by.zh}）：${what.zh}。原因：${why.zh}`,
  en: `${version} (${by.en}): ${what.en}. Why: ${why.en}`,
});

/** All that an item says; what a setting is set to is told by itself. */
const whole = ({ kind, words, detail }: Item, lang: 'zh' | 'en'): string =>
  `${words[lang]}${detail && kind !== 'setting' ? `${lang === 'zh' ? '：' : ': '}${detail[lang]}` : ''}`;

function changeOf(change: Change['change'], item: Item, words: Text): Change {
  return { clause: item.clause, procedure: item.procedure, change, words };
}

/** A setting says the same words with another value. */
function settingChanges(before: PackSpec, after: PackSpec): Change[] {
  return Object.entries(after.settings).flatMap(([name, setting]) => {
    const was = before.settings[name];
    if (!was) return [];
    const [old, now] = [saySetting(was.value), saySetting(setting.value)];
    if (old.en === now.en) return [];
    const words = {
      zh: `设置“${setting.title.zh}”：${old.zh} → ${now.zh}`,
      en: `Setting “${setting.title.en}”: ${old.en} → ${now.en}`,
    };
    return [{ clause: setting.clause, procedure: null, change: 'altered' as const, words }];
  });
}

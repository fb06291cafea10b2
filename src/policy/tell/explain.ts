import type { PackSpec } from '../language/pack.ts';
import { byClause } from './clause-order.ts';
import { type Item, itemsOf } from './clauses.ts';
import { notesSince, noteWords } from './diff.ts';

const BASIS = {
  text: { zh: '', en: '' },
  interpretation: { zh: '（对原文的理解）', en: ' (our reading of the text)' },
  default: { zh: '（系统默认，非原文）', en: ' (a default, not from the text)' },
} as const;

/** The pack told back as a procedure to be read, clause by clause, in Markdown. */
export function explain(pack: PackSpec, lang: 'zh' | 'en'): string {
  const lines = [`# ${pack.title[lang]} · ${pack.pack} ${pack.version}`, '', pack.scope[lang], ''];
  const shared = itemsOf(pack).filter((item) => item.procedure === null);
  lines.push(...chapter(lang === 'zh' ? '总则' : 'In general', shared, lang));
  for (const [name, procedure] of Object.entries(pack.procedures))
    lines.push(
      ...chapter(
        procedure.title[lang],
        itemsOf(pack).filter((item) => item.procedure === name),
        lang,
      ),
    );
  const notes = notesSince(undefined, pack).map((note) => `- ${noteWords(note)[lang]}`);
  if (notes.length > 0) lines.push(lang === 'zh' ? '## 修订说明' : '## What the versions changed', '', ...notes);
  return `${lines.join('\n').trimEnd()}\n`;
}

function chapter(title: string, items: readonly Item[], lang: 'zh' | 'en'): string[] {
  const colon = lang === 'zh' ? '：' : ': ';
  const clauses = [...Map.groupBy(items, (item) => item.clause)].sort(([a], [b]) => byClause(a, b));
  const paragraphs = clauses.flatMap(([clause, own]) => [
    `**${clause === '' ? '—' : clause}**`,
    '',
    ...own.map(
      (item) =>
        `- ${item.words[lang]}${item.detail ? `${colon}${item.detail[lang]}` : ''}${BASIS[item.basis][lang]}${item.rules.length > 0 ? ` \`${item.rules.join(' ')}\`` : ''}`,
    ),
    '',
  ]);
  return [`## ${title}`, '', ...paragraphs];
}

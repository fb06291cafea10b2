import { writeFile } from 'node:fs/promises';
import { text } from '#kernel/text.ts';
import { coverage } from '#policy/tell/coverage.ts';
import { diff, notesSince, noteWords } from '#policy/tell/diff.ts';
import { explain } from '#policy/tell/explain.ts';
import { packJsonSchema } from '#policy/tell/schema.ts';
import type { Call } from '../../command.ts';
import { HOME } from '../../config.ts';
import { readCatalogue } from '../../rules/catalogue.ts';
import { ruleCoverage } from '../../rules/coverage.ts';
import { packAt } from './folder.ts';
import { picture } from './picture.ts';

/** Prints the pack back as a procedure to be read, clause by clause. */
export async function explainPack({ config }: Call, [where = '']: readonly string[]): Promise<number> {
  process.stdout.write(explain(await packAt(where), config.lang));
  return 0;
}

const MARK = { enforced: '✓', builtIn: '◆', guidance: '·', absent: '✗' } as const;
const COVERED = {
  enforced: text('系统执行', 'enforced'),
  builtIn: text('系统自带', 'built in'),
  guidance: text('只作指引', 'guidance'),
  absent: text('没有写入', 'absent'),
};

/** Says of every rule of the written text whether the pack enforces it, the program keeps it (and by which test that is shown), or it is only told or lacking. */
export async function coverPack({ say }: Call, [where = '']: readonly string[]): Promise<number> {
  const pack = await packAt(where);
  const rules = readCatalogue(HOME).filter((rule) => rule.pack === pack.pack);
  const { witnesses } = ruleCoverage(HOME);
  const { rules: rows, count } = coverage(pack, rules, witnesses);
  for (const { rule, covered, by } of rows) {
    const first = by[0]?.words ?? { zh: '', en: '' };
    const test = covered === 'builtIn' ? ` (${witnesses[rule.id]?.[0]})` : '';
    const head = `${MARK[covered]} ${rule.id}  ${rule.clause.padEnd(10)} ${rule.strength.padEnd(6)}`;
    say(
      text(
        `${head} ${COVERED[covered].zh}  ${first.zh.slice(0, 60)}${test}`,
        `${head} ${COVERED[covered].en}  ${first.en.slice(0, 80)}${test}`,
      ),
    );
  }
  say(
    text(
      `共 ${rows.length} 条：执行 ${count.enforced}，系统自带 ${count.builtIn}，指引 ${count.guidance}，缺 ${count.absent}`,
      `${rows.length} rules: ${count.enforced} enforced, ${count.builtIn} built in, ${count.guidance} guidance, ${count.absent} absent`,
    ),
  );
  return rows.some(({ rule, covered }) => covered === 'absent' && rule.strength === 'MUST') ? 1 : 0;
}

/** Says in words what changes for people from one version to the other. */
export async function comparePacks({ say }: Call, [before = '', after = '']: readonly string[]): Promise<number> {
  const [old, fresh] = [await packAt(before), await packAt(after)];
  const changes = diff(old, fresh);
  for (const note of notesSince(old, fresh)) say(noteWords(note));
  for (const { clause, words } of changes) say(text(`${clause}\n${words.zh}\n`, `${clause}\n${words.en}\n`));
  say(
    text(
      changes.length === 0 ? '两个版本对人没有差别' : `共 ${changes.length} 处变化`,
      changes.length === 0 ? 'Nothing changes for anybody' : `${changes.length} changes`,
    ),
  );
  return 0;
}

/** Draws one procedure of a pack as SVG. */
export async function drawPack(
  { config, say }: Call,
  [where = '', procedure = '', file]: readonly string[],
): Promise<number> {
  const pack = await packAt(where);
  const spec = pack.procedures[procedure];
  if (!spec) {
    const names = Object.entries(pack.procedures).map(([name, one]) => `${name}（${one.title.zh}）`);
    say(text(`请写明流程：${names.join('、')}`, `Name a procedure: ${Object.keys(pack.procedures).join(', ')}`));
    return 2;
  }
  const svg = picture(pack, spec, config.lang);
  if (file === undefined) process.stdout.write(svg);
  else await writeFile(file, svg);
  return 0;
}

/** Prints the JSON Schema of a pack's head, or of a procedure, for editors. */
export function printSchema(_call: Call, [part = 'pack']: readonly string[]): Promise<number> {
  const schema = packJsonSchema();
  process.stdout.write(`${JSON.stringify(part === 'procedure' ? schema.procedure : schema.pack, null, 2)}\n`);
  return Promise.resolve(0);
}

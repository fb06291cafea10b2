import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Trouble } from '#db/trouble.ts';
import { text } from '#kernel/text.ts';
import { compilePack } from '#policy/compile.ts';
import type { Problem } from '#policy/problem.ts';
import type { Finding } from '#policy/prove/finding.ts';
import { prove } from '#policy/prove/prove.ts';
import type { Call, Command } from '../command.ts';
import { readPackFolder } from '../packs.ts';

/** `huiyin pack check <folder>` proves a written procedure closed before it is used. */
export const command: Command = {
  doc: text('检查制度包：写法、闭环', 'Check a pack: how it is written, and that every loop closes'),
  usage: 'check <folder> [--json]',
  flags: { json: { type: 'boolean' } },
  run: async (call) => {
    const [verb, where] = call.words;
    if (verb !== 'check' || !where)
      throw new Trouble(
        'pack.usage',
        '用法：huiyin pack check <制度包目录>',
        'Usage: huiyin pack check <folder of the pack>',
      );
    const compiled = compilePack(await readPackFolder(await folderOf(where)));
    if (!compiled.ok) return tell(call, compiled.problems, [], {});
    const proof = prove(compiled.value);
    return tell(call, [], proof.findings, proof.explored, proof.incomplete);
  },
};

/** A pack is named by its folder or by its pack.yaml. */
async function folderOf(where: string): Promise<string> {
  const path = resolve(where);
  const found = await stat(path).catch(() => null);
  if (!found) throw new Trouble('pack.notFound', `找不到 ${path}`, `There is no ${path}`);
  return found.isDirectory() ? path : dirname(path);
}

function tell(
  call: Call,
  problems: readonly Problem[],
  findings: readonly Finding[],
  explored: { [procedure: string]: number },
  incomplete: readonly string[] = [],
): number {
  const sound = problems.length + findings.length + incomplete.length === 0;
  if (call.flags.json === true) {
    console.log(JSON.stringify({ sound, problems, findings, explored, incomplete }, null, 2));
    return sound ? 0 : 1;
  }
  for (const { file, line, column, message } of problems)
    call.say(text(`${file}:${line}:${column} ${message.zh}`, `${file}:${line}:${column} ${message.en}`));
  for (const { procedure, message, trace } of findings) {
    call.say(text(`✗ ${procedure}：${message.zh}`, `✗ ${procedure}: ${message.en}`));
    if (trace.length > 0)
      call.say(text(`    路径：登记 → ${trace.join(' → ')}`, `    by way of: register → ${trace.join(' → ')}`));
  }
  for (const name of incomplete)
    call.say(
      text(
        `✗ ${name}：情形太多，没有全部看完，不能算证明`,
        `✗ ${name}: too many ways to look at them all; nothing is proved`,
      ),
    );
  if (sound) {
    const ways = Object.values(explored).reduce((sum, n) => sum + n, 0);
    call.say(
      text(
        `✓ 闭环成立：看遍 ${ways} 种情形，每件都有人负责、有期限、有答复`,
        `✓ The loop is closed: in all ${ways} standings somebody is in charge, something is due, everybody is answered`,
      ),
    );
  }
  return sound ? 0 : 1;
}

import { text } from '#kernel/text.ts';
import type { Problem } from '#policy/problem.ts';
import { examine, type PlacedFinding } from '#policy/prove/examine.ts';
import type { Call } from '../../command.ts';
import { readPackFolder } from '../../packs.ts';
import { folderOf } from './folder.ts';

/**
 * `huiyin pack check <folder>` proves a written procedure closed before it is used. Exit code 1 when it is not.
 * `--posts receptionist,technician` names the posts that somebody holds: a role by any other is found too.
 */
export async function check(call: Call, [where = '']: readonly string[]): Promise<number> {
  const { posts } = call.flags;
  const held = typeof posts === 'string' ? posts.split(/[,，]/).map((post) => post.trim()) : undefined;
  const { problems, findings, explored, incomplete } = examine(await readPackFolder(await folderOf(where)), held);
  return tell(call, problems, findings, explored, incomplete);
}

/** Prints what was found; answers the exit code. */
export function tell(
  call: Call,
  problems: readonly Problem[],
  findings: readonly PlacedFinding[],
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
  for (const { title, file, line, message, way } of findings) {
    const place = file === null ? '' : ` (${file}:${line ?? 1})`;
    call.say(text(`✗ ${title.zh}：${message.zh}${place}`, `✗ ${title.en}: ${message.en}${place}`));
    if (way.length === 0) continue;
    const [zh, en] = [way.map((step) => step.zh).join(' → '), way.map((step) => step.en).join(' → ')];
    call.say(text(`    路径：登记 → ${zh}`, `    by way of: register → ${en}`));
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

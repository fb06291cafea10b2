import { text } from '#kernel/text.ts';
import { CHECKS } from '../checks/list.ts';
import type { Command } from '../command.ts';

const MARKS = { passed: '✓', failed: '✗', skipped: '–' };

/** Runs the checks of the code itself (for those who change it), two at a time, and prints one table. */
export const command: Command = {
  doc: text('检查代码：类型、规范、依赖 …', 'Check the code: types, lint, dependencies …'),
  usage: '[check …]',
  run: async ({ config, words }) => {
    const chosen = words.length === 0 ? CHECKS : CHECKS.filter((c) => words.includes(c.id));
    const unknown = words.filter((word) => !CHECKS.some((c) => c.id === word));
    const queue = chosen.entries();
    const done = new Map<number, { state: keyof typeof MARKS; detail: string; seconds: string }>();
    const worker = async (): Promise<void> => {
      for (const [i, check] of queue) {
        const begun = performance.now();
        const outcome = await check.run();
        done.set(i, { ...outcome, seconds: ((performance.now() - begun) / 1000).toFixed(1) });
      }
    };
    await Promise.all([worker(), worker()]);
    const rows = chosen.flatMap((check, i) => {
      const row = done.get(i);
      return row ? [{ ...row, id: check.id, name: check.name[config.lang] }] : [];
    });
    for (const row of rows.filter((r) => r.state === 'failed')) console.log(`── ${row.id}\n${row.detail}\n`);
    for (const row of rows) {
      const remark = row.state === 'failed' ? '' : (row.detail.split('\n')[0] ?? '');
      console.log(
        `${MARKS[row.state]} ${row.id.padEnd(16)} ${`${row.seconds} s`.padStart(7)}  ${row.name}${remark === '' ? '' : ` (${remark})`}`,
      );
    }
    for (const word of unknown) console.log(`✗ ${word}: 没有这项检查 · no such check`);
    return unknown.length === 0 && rows.length > 0 && rows.every((r) => r.state !== 'failed') ? 0 : 1;
  },
};

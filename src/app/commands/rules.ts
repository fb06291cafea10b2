import { Trouble } from '#db/trouble.ts';
import { type Text, text } from '#kernel/text.ts';
import type { Call, Command } from '../command.ts';
import { HOME } from '../config.ts';
import { type Coverage, type Fault, ruleCoverage } from '../rules/coverage.ts';

/** How many rules of each written procedure are shown by a test. Fails on a rule that does not exist or is only shown by a test that never runs. */
export const command: Command = {
  doc: text('测试覆盖了哪些制度条款', 'Which rules of the procedures the tests show'),
  usage: '[--pack S1] [--json]',
  flags: { pack: { type: 'string' }, json: { type: 'boolean' } },
  run: (call) => Promise.resolve(run(call, ruleCoverage(HOME))),
};

/** Prints the coverage as asked; answers 1 when a title or a pack names a rule wrongly. */
export function run({ flags, say }: Pick<Call, 'flags' | 'say'>, coverage: Coverage): number {
  const { faults, procedures, witnesses } = narrow(coverage, flags.pack);
  if (flags.json === true) {
    const whole = JSON.stringify({ procedures, faults, witnesses }, null, 2);
    say(text(whole, whole));
    return faults.length === 0 ? 0 : 1;
  }
  for (const { pack, present, must, all, missing } of procedures) {
    const figures = `${pack}  MUST ${String(must.shown).padStart(3)} / ${String(must.total).padEnd(3)}`;
    const absent = present ? text('', '') : text('（尚无制度包）', ' (no pack yet)');
    say(
      text(
        `${figures}  全部 ${all.shown} / ${all.total}${absent.zh}`,
        `${figures}  all ${all.shown} / ${all.total}${absent.en}`,
      ),
    );
    if (!present) continue;
    for (const rule of missing) {
      const line = `    ${rule.id}  ${rule.clause}  ${rule.kind}  [${rule.basis}]  ${rule.gloss}`;
      say(text(line, line));
    }
  }
  for (const fault of faults) say(explain(fault));
  return faults.length === 0 ? 0 : 1;
}

function narrow(coverage: Coverage, pack: string | boolean | undefined): Coverage {
  if (typeof pack !== 'string') return coverage;
  const procedures = coverage.procedures.filter((p) => p.pack === pack.toUpperCase());
  if (procedures.length > 0) {
    const isOurs = (id: string): boolean => id.startsWith(`${pack.toUpperCase()}-`);
    const witnesses = Object.fromEntries(Object.entries(coverage.witnesses).filter(([id]) => isOurs(id)));
    return { procedures, faults: coverage.faults.filter((f) => isOurs(f.id)), witnesses };
  }
  const known = coverage.procedures.map((p) => p.pack).join(', ');
  throw new Trouble('rules.pack', `没有制度 ${pack}；现有：${known}`, `There is no procedure ${pack}; known: ${known}`);
}

function explain({ kind, id, where }: Fault): Text {
  return kind === 'unknown'
    ? text(`✗ ${where} 提到的 ${id} 不存在`, `✗ ${where} names ${id}, which does not exist`)
    : kind === 'unshown'
      ? text(`✗ ${where} 说 ${id} 由系统自带，却没有测试证明`, `✗ ${where} calls ${id} built in, but no test shows it`)
      : text(`✗ ${id} 只有不会执行的测试：${where}`, `✗ ${id} is shown only by a test that never runs: ${where}`);
}

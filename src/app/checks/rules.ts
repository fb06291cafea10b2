import { text } from '#kernel/text.ts';
import { run } from '../commands/rules.ts';
import { HOME } from '../config.ts';
import { ruleCoverage } from '../rules/coverage.ts';
import type { Check } from './check.ts';

/** Tests and packs name only rules that exist, and no rule rests on a test that never runs. */
export const rules: Check = {
  id: 'rules',
  name: text('条款与测试', 'Rules and tests'),
  run: () => {
    const coverage = ruleCoverage(HOME);
    const lines: string[] = [];
    const code = run({ flags: {}, say: (line) => lines.push(`${line.zh} · ${line.en}`) }, coverage);
    const shown = coverage.procedures.filter((p) => p.present).map((p) => `${p.pack} ${p.must.shown}/${p.must.total}`);
    return Promise.resolve(
      code === 0
        ? { state: 'passed', detail: shown.join(', ') }
        : { state: 'failed', detail: lines.filter((line) => line.startsWith('✗')).join('\n') },
    );
  },
};

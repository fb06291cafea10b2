import { existsSync } from 'node:fs';
import { z } from 'zod';
import { text } from '#kernel/text.ts';
import { type Check, type Outcome, tool } from './check.ts';
import { lockedPackages } from './lock-file.ts';

const report = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })),
});
const noReport = z.object({ message: z.string() });

/**
 * No shipped package has a known hole of severity high or critical. Without a registry that answers, only what the lock
 * file itself tells is judged (packages whose authors withdrew them for a hole), and the outcome says so.
 */
export const vulnerabilities: Check = {
  id: 'vulnerabilities',
  name: text('已知漏洞', 'Known vulnerabilities'),
  run: async (): Promise<Outcome> => {
    const shipped = [...lockedPackages()].filter(([place, one]) => place.includes('node_modules/') && !one.dev);
    const withdrawn = shipped.flatMap(([place, { deprecated = '' }]) =>
      /vulnerab|security|CVE-/i.test(deprecated) ? [`${place}: ${deprecated}`] : [],
    );
    if (withdrawn.length > 0) return { state: 'failed', detail: withdrawn.join('\n') };
    const own = process.env.npm_execpath;
    const [command, lead] = own && existsSync(own) ? [process.execPath, [own]] : ['npm', []];
    const { text: said } = await tool(command, [
      ...lead,
      'audit',
      '--omit=dev',
      '--json',
      '--audit=true',
      '--fetch-retries=0',
      '--fetch-timeout=15000',
    ]);
    const answer = parseOutput(said);
    const read = report.safeParse(answer);
    if (!read.success) {
      const why = (noReport.safeParse(answer).data?.message ?? said.trim().split('\n').at(-1) ?? '').slice(0, 100);
      return {
        state: 'skipped',
        detail: `NOT asked about ${shipped.length} packages, npm audit says: ${why}; none is withdrawn in the lock file`,
      };
    }
    const bad = Object.entries(read.data.vulnerabilities).filter(([, v]) => ['high', 'critical'].includes(v.severity));
    const rest = Object.keys(read.data.vulnerabilities).length - bad.length;
    if (bad.length === 0) return { state: 'passed', detail: rest === 0 ? '' : `${rest} of lower severity` };
    return { state: 'failed', detail: bad.map(([name, v]) => `${name} ${v.range}: ${v.severity}`).join('\n') };
  },
};

/** npm writes warnings around its JSON. */
function parseOutput(said: string): unknown {
  const from = said.indexOf('{');
  try {
    return JSON.parse(said.slice(from, said.lastIndexOf('}') + 1));
  } catch {
    return undefined;
  }
}

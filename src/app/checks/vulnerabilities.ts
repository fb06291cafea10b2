import { existsSync } from 'node:fs';
import { z } from 'zod';
import { text } from '#kernel/text.ts';
import { type Check, type Outcome, tool } from './check.ts';

const report = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })),
});

/** No shipped package has a known hole of severity high or critical, as far as the registry tells. */
export const vulnerabilities: Check = {
  id: 'vulnerabilities',
  name: text('已知漏洞', 'Known vulnerabilities'),
  run: async (): Promise<Outcome> => {
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
    const read = report.safeParse(parseOutput(said));
    if (!read.success)
      return { state: 'skipped', detail: 'the registry gives no audit here; run npm audit where it does' };
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

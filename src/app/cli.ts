import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { errorCode, Trouble } from '#db/trouble.ts';
import type { Command } from './command.ts';
import { HOME, readConfig, settingsHelp } from './config.ts';

// Halves the time of every start after the first; where the folder cannot be written it does nothing.
enableCompileCache(join(HOME, 'node_modules/.cache/huiyin'));

/** Every command: its name and its file, read only when called. */
const COMMANDS: Record<string, () => Promise<{ command: Command }>> = {
  start: () => import('./commands/start.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
  openapi: () => import('./commands/openapi.ts'),
  check: () => import('./commands/check.ts'),
  journal: () => import('./commands/journal.ts'),
  key: () => import('./commands/key.ts'),
  tenant: () => import('./commands/tenant.ts'),
  mail: () => import('./commands/mail.ts'),
  dossier: () => import('./commands/dossier.ts'),
  rooms: () => import('./commands/rooms.ts'),
  rules: () => import('./commands/rules.ts'),
  pack: () => import('./commands/pack.ts'),
};

async function main([name = 'help', ...args]: string[]): Promise<number> {
  const load = COMMANDS[name];
  if (!load) return help(name);
  const { command } = await load();
  const { config, words, flags } = readConfig(args, process.env, command.flags);
  return command.run({ config, words, flags, say: (line) => console.log(line[config.lang]) });
}

async function help(name: string): Promise<number> {
  const asked = ['help', '--help', '-h'].includes(name);
  if (!asked) console.error(`没有这个命令：${name}\nThere is no such command: ${name}`);
  for (const [each, load] of Object.entries(COMMANDS)) {
    const { command } = await load();
    console.log(`huiyin ${`${each} ${command.usage}`.padEnd(24)} ${command.doc.zh} · ${command.doc.en}`);
  }
  console.log(`\n${settingsHelp()}`);
  return asked ? 0 : 2;
}

/** What the operator can put right is told in a line per language; anything else is a bug and keeps its trace. */
function explain(cause: unknown): void {
  const code = errorCode(cause);
  if (cause instanceof Trouble) console.error(`${cause.text.zh}\n${cause.text.en}`);
  else if (code === 'ENOSPC')
    console.error('磁盘已满：请腾出空间后再试\nThe disk is full: free some space and try again');
  else console.error(cause);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (cause) {
  explain(cause);
  process.exitCode = 1;
}
// What does not let go, such as a connection whose other end is gone, must not keep a process that has done everything.
setTimeout(() => process.exit(), 2_000).unref();

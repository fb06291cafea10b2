import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, test as base } from '@playwright/test';

const HOME = fileURLToPath(new URL('../../', import.meta.url));
const PATIENCE = 60_000;

/** The program in sandbox mode with a data folder of its own; gone with everything in it when the stories end. */
export interface Desk {
  url: string;
  /** A browser of its own for one person of the demo company. */
  signIn(context: BrowserContext, name: string): Promise<void>;
  /** Moves the demo company's time forward. */
  advance(context: BrowserContext, span: string): Promise<void>;
}

async function start(data: string, flags: readonly string[]): Promise<{ url: string; program: ChildProcess }> {
  const args = ['src/app/cli.ts', 'start', '--sandbox', '--port', '0', '--data', data, ...flags];
  const program = spawn(process.execPath, args, { cwd: HOME, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The server did not start in time')), PATIENCE);
    let said = '';
    program.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString('utf8');
      const found = /http:\/\/[\d.]+:\d+/.exec(said)?.[0];
      if (!found) return;
      clearTimeout(late);
      resolve(found);
    });
    program.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
  });
  return { url, program };
}

async function stop(program: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => program.once('exit', resolve));
  program.kill('SIGTERM');
  await ended;
}

/** Opens a desk; `flags` are added to the program's command line. */
export async function openDesk(flags: readonly string[] = []): Promise<Desk & { close(): Promise<void> }> {
  const data = await mkdtemp(join(tmpdir(), 'huiyin-desk-'));
  const { url, program } = await start(data, flags);
  return {
    url,
    async signIn(context, name) {
      const people: { personId: string; name: string }[] = await (
        await context.request.get(`${url}/api/v1/sandbox/people`)
      ).json();
      const person = people.find((each) => each.name === name);
      if (!person) throw new Error(`Nobody in the demo company is called ${name}`);
      await context.request.post(`${url}/api/v1/session`, { data: { personId: person.personId } });
    },
    async advance(context, span) {
      const moved = await context.request.post(`${url}/api/v1/sandbox/clock`, { data: { advance: span } });
      if (!moved.ok()) throw new Error(await moved.text());
    },
    async close() {
      await stop(program);
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Stories at one desk; `flags` are added to the program's command line. */
export const testWith = (flags: readonly string[]) =>
  base.extend<object, { desk: Desk }>({
    desk: [
      // biome-ignore lint/correctness/noEmptyPattern: the runner reads the fixture's needs from this pattern
      async ({}, use) => {
        const { close, ...desk } = await openDesk(flags);
        await use(desk);
        await close();
      },
      { scope: 'worker', timeout: 2 * PATIENCE },
    ],
  });

export const test = testWith([]);

export { expect } from '@playwright/test';

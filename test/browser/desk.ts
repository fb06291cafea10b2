import { type BrowserContext, test as base } from '@playwright/test';
import { startProgram } from './program.ts';

const PATIENCE = 90_000;

/** The program in sandbox mode with a data folder of its own; gone with everything in it when the stories end. */
export interface Desk {
  url: string;
  /** A browser of its own for one person of the demo company. */
  signIn(context: BrowserContext, name: string): Promise<void>;
  /** Moves the demo company's time forward. */
  advance(context: BrowserContext, span: string): Promise<void>;
}

/** Opens a desk; `flags` are added to the program's command line. */
export async function openDesk(flags: readonly string[] = []): Promise<Desk & { close(): Promise<void> }> {
  const { url, stop } = await startProgram(['--sandbox', ...flags]);
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
    close: stop,
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

import { expect } from 'vitest';
import { readPacks } from '#app/packs.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { staffDemo } from '#directory/demo/staff.ts';
import { loadDirectory } from '#directory/directory.ts';
import type { CaseView } from '#http/contract/case.ts';
import type { WireProblem, WireValues } from '#http/contract/common.ts';
import { compilePack } from '#policy/compile.ts';
import { type Answer, type Client, client, type Site } from './support.ts';

type Said = Answer<CaseView & Omit<WireProblem, 'status'>>;

/** Plays procedures as shipped over HTTP, by people of the demo company who hold their posts. */
export function playing(at: () => Site) {
  const signedIn = new Map<string, Promise<Client>>();
  const person = (id: string): Promise<Client> => {
    const known = signedIn.get(id) ?? signIn(at().url, id);
    signedIn.set(id, known);
    return known;
  };
  return {
    person,
    /** Publishes packs by the names of their folders, with people for their posts. */
    async publish(...names: string[]): Promise<void> {
      const shipped = await readPacks('packs');
      const { handling, pool } = at().program;
      for (const name of names) {
        const compiled = compilePack(shipped.get(name) ?? []);
        if (!compiled.ok) throw new Error(compiled.problems[0]?.message.en);
        await staffDemo(pool, compiled.value, Date.now());
        const said = await handling.publish(DEMO_TENANT, {
          sources: shipped.get(name) ?? [],
          by: '徐凯',
          reviewNote: '',
        });
        expect(said.ok, JSON.stringify(said)).toBe(true);
      }
    },
    /** Whoever holds a post, the first in the order of the directory. */
    async holder(post: string): Promise<Client> {
      const [one] = (await loadDirectory(at().program.pool, DEMO_TENANT)).holders(post);
      if (!one) throw new Error(`Nobody holds ${post}`);
      return person(one.id);
    },
    register: (who: Client, pack: string, matter: string, values: WireValues, channel = 'phone'): Promise<Said> =>
      who.ask('/api/v1/cases', { method: 'POST', body: { pack, matter, channel, values } }),
    /** Takes a step that must succeed, and answers the case after it. */
    async take(who: Client, seen: CaseView, step: string, values: WireValues): Promise<CaseView> {
      const said = await who.take(seen.id, step, values, seen.seq);
      expect(said.status, `${step}: ${said.text}`).toBe(200);
      return said.body;
    },
    /** Takes a step that must be refused, and answers the refusal. */
    async refused(who: Client, seen: CaseView, step: string, values: WireValues): Promise<WireProblem> {
      const said = await who.take(seen.id, step, values, seen.seq);
      expect(said.status, `${step}: ${said.text}`).toBeGreaterThanOrEqual(400);
      return said.body as unknown as WireProblem;
    },
  };
}

async function signIn(url: string, personId: string): Promise<Client> {
  const begun = await client(url, personId, {}).ask('/api/v1/session', { method: 'POST', body: { personId } });
  expect(begun.status, begun.text).toBe(201);
  return client(url, personId, { cookie: begun.headers.get('set-cookie')?.split(';')[0] ?? '' });
}

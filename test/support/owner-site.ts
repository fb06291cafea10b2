import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { loadCalendars } from '#app/calendars.ts';
import { readPackFolder } from '#app/packs.ts';
import type { Actor } from '#case/context.ts';
import type { Values } from '#case/event.ts';
import type { CaseState } from '#case/state.ts';
import type { TestDatabase } from '#db/testing.ts';
import { type DirectoryCache, openDirectoryCache } from '#directory/cache.ts';
import { createDemoCompany, demoPerson } from '#directory/demo/company.ts';
import { DEMO_TENANT, demoDoorCode } from '#directory/demo/ids.ts';
import { people } from '#directory/demo/organisation.ts';
import { type Handling, openHandling } from '#handling/index.ts';
import { publishPack } from '#handling/packs.ts';
import { prepareJobs } from '#jobs/prepare.ts';
import type { Instant } from '#kernel/instant.ts';
import { registerOwnerPages } from '#owner/index.ts';

/** The owner's pages on a real server over a real database, with the demo company's estates and staff. */
export interface OwnerSite {
  url: string;
  handling: Handling;
  /** Address of the report form behind the code at a door, e.g. JX-3-2-502. */
  door(place: string): string;
  setTime(at: Instant): void;
  now(): Instant;
  /** A member of staff takes a step; throws when it is refused. */
  staff(key: string, caseId: string, step: string, values?: Values): Promise<CaseState>;
  /** Id of a member of staff by key. */
  person(key: string): string;
  /** The case with this number. */
  caseOf(number: string): Promise<CaseState>;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');

export async function openOwnerSite(db: TestDatabase, start: Instant, port = 0): Promise<OwnerSite> {
  let now = start;
  const time = { now: () => now };
  const pool = db.appPool;
  // Joining orders outside work, which somebody else would do.
  await prepareJobs(db.owner);
  const sources = await readPackFolder(join(root, 'packs/s1'));
  await createDemoCompany(
    pool,
    async (_client, company) => {
      const published = await publishPack(pool, company, { sources, by: '徐凯', reviewNote: '', now });
      if (!published.ok) throw new Error(JSON.stringify(published.refusal));
    },
    now,
  );
  const calendars = await loadCalendars(join(root, 'calendars'));
  if (!calendars.ok) throw new Error(JSON.stringify(calendars.refusal));
  const directory: DirectoryCache = await openDirectoryCache(pool);
  const handling = await openHandling({
    pool,
    owner: db.owner,
    time,
    directory,
    calendars: calendars.value,
    reports: {},
    mail: null,
    works: false,
    dataDir: null,
    onFailure: () => undefined,
  });
  const app: FastifyInstance = Fastify({ routerOptions: { maxParamLength: 200 } });
  registerOwnerPages(app, { pool, time, handling, directory, codeWays: [] });
  const url = await app.listen({ port, host: '127.0.0.1' });
  const caseOf = async (number: string): Promise<CaseState> => {
    const found = await db.ownerPool.query<{ id: string }>('select id from huiyin.case_file where number = $1', [
      number,
    ]);
    const file = await handling.caseById(DEMO_TENANT, found.rows[0]?.id ?? '');
    if (!file) throw new Error(`There is no case ${number}`);
    return file.state;
  };
  return {
    url,
    handling,
    door: (place) => `${url}/o/d/${demoDoorCode(place)}`,
    setTime: (at) => {
      now = at;
    },
    now: () => now,
    caseOf,
    person: demoPerson,
    async staff(key, caseId, step, values = {}) {
      const person = people.find((one) => one.key === key);
      if (!person) throw new Error(`Nobody is called ${key}`);
      const actor: Actor = { kind: 'staff', personId: demoPerson(key), name: person.name, posts: [...person.posts] };
      const done = await handling.handle({
        tenant: DEMO_TENANT,
        actor,
        caseId,
        command: { type: 'take', step, values },
      });
      if (!done.ok) throw new Error(`${step}: ${JSON.stringify(done.refusal)}`);
      return done.value.state;
    },
    async close() {
      await app.close();
      await handling.close();
      directory.close();
    },
  };
}

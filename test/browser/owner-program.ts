import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIRequestContext, request } from '@playwright/test';

/** The whole program with the demo company, on a port and a folder of its own. */
export interface Program {
  url: string;
  /** Address of the report form behind the code at a door, e.g. JX-3-2-502. */
  door(place: string): string;
  advance(duration: string): Promise<void>;
  /** Id of the case with this number. */
  caseId(number: string): Promise<string>;
  /** A member of staff, by name, takes a step. */
  staff(name: string, caseId: string, step: string, values?: object): Promise<void>;
  personId(name: string): Promise<string>;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');
const PATIENCE = 90_000;

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? found(address.port) : failed(new Error('no port'))));
    });
  });

export async function startProgram(): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-owner-'));
  // The database's own account has to pass through it when we are root; else its files would lie elsewhere and stay.
  await chmod(folder, 0o755);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const command = ['src/app/cli.ts', 'start', '--sandbox', '--port', String(port), '--data', join(folder, 'data')];
  const child: ChildProcess = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (said += String(part)));
  const until = Date.now() + PATIENCE;
  while (
    !(await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`the program did not start: ${said}`);
    await new Promise((again) => setTimeout(again, 200));
  }
  const desks = new Map<string, APIRequestContext>();
  const ask = async (api: APIRequestContext, path: string, data: object): Promise<unknown> => {
    const answer = await api.post(path, { data, headers: { 'idempotency-key': crypto.randomUUID() } });
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  };
  const people = async (): Promise<{ personId: string; name: string }[]> => {
    const list: unknown = await (await fetch(`${url}/api/v1/sandbox/people`)).json();
    const items = Array.isArray(list) ? list : Object.values(list ?? {}).find(Array.isArray);
    return items ?? [];
  };
  const personId = async (name: string): Promise<string> => {
    const found = (await people()).find((person) => person.name === name);
    if (!found) throw new Error(`Nobody is called ${name}`);
    return found.personId;
  };
  const desk = async (name: string): Promise<APIRequestContext> => {
    const there = desks.get(name);
    if (there) return there;
    const api = await request.newContext({ baseURL: url });
    await ask(api, '/api/v1/session', { personId: await personId(name) });
    desks.set(name, api);
    return api;
  };
  return {
    url,
    // The demo's codes can be computed, so that stories can stand before any door.
    door: (place) =>
      `${url}/o/d/demo.${createHash('sha256').update(`huiyin demo door ${place}`).digest('base64url').slice(0, 32)}`,
    advance: async (duration) => void (await ask(await desk('何国栋'), '/api/v1/sandbox/clock', { advance: duration })),
    personId,
    async caseId(number) {
      const answer = await (await desk('陈丽娟')).get(`/api/v1/worklist?view=all&q=${number}`);
      const list: { items: { id: string; number: string }[] } = await answer.json();
      const found = list.items.find((item) => item.number === number);
      if (!found) throw new Error(`There is no case ${number}: ${JSON.stringify(list)}`);
      return found.id;
    },
    async staff(name, caseId, step, values = {}) {
      const api = await desk(name);
      const seen = await api.get(`/api/v1/cases/${caseId}`);
      const answer = await api.post(`/api/v1/cases/${caseId}/commands`, {
        data: { type: 'take', step, values },
        headers: { 'idempotency-key': crypto.randomUUID(), 'if-match': seen.headers().etag ?? '' },
      });
      if (!answer.ok()) throw new Error(`${step}: ${await answer.text()}`);
    },
    async stop() {
      for (const api of desks.values()) await api.dispose();
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

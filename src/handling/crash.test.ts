import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openPool } from '#db/pool.ts';
import { pause } from '#db/process.ts';
import { testDatabase } from '#db/testing.ts';
import { prepareJobs } from '#jobs/prepare.ts';
import { verifyJournal } from '#journal/verify.ts';
import { foundTestCompany } from './testing.ts';
import { systemTime } from './time.ts';

const db = testDatabase();
const PROGRAM = fileURLToPath(new URL('./testing-crash.ts', import.meta.url));

const CUT = `select pg_terminate_backend(pid) as cut from pg_stat_activity where datname = current_database()
  and state = 'active' and query like 'select huiyin.append%' limit 1`;

interface Acknowledged {
  key: string;
  caseId: string;
  seq: number;
}

/** Runs the program under load, kills it without warning, and answers what it had acknowledged. */
async function killedAfter(ms: number, orders: object): Promise<Acknowledged[]> {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(orders)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8');
  const begun = new Promise<void>((done) => {
    child.stdout.on('data', (part: string) => {
      said += part;
      done();
    });
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  await Promise.race([begun, ended]);
  await pause(ms);
  child.kill('SIGKILL');
  await ended;
  // A half line was not fully said.
  return said
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' '))
    .map(([key = '', caseId = '', seq = '']) => ({ key, caseId, seq: Number(seq) }));
}

test('a program killed at any moment loses nothing it acknowledged and leaves nothing half-done', {
  timeout: 120_000,
}, async () => {
  await prepareJobs(db.owner);
  const company = await foundTestCompany(db.appPool, systemTime.now());
  const dataDir = mkdtempSync(join(tmpdir(), 'huiyin-crash-'));
  const acknowledged: Acknowledged[] = [];
  let cuts = 0;
  const admin = openPool(db.admin, 1);
  for (let round = 0; round < 6; round += 1) {
    const { tenant, clerk, manager, calendars } = company;
    const orders = { app: db.app, owner: db.owner, tenant, clerk, manager, calendars: [...calendars], round };
    // Connections are cut at the server too: the statement in hand is then aborted wherever it stands.
    const cutting = setInterval(() => {
      void admin.query<{ cut: boolean }>(CUT).then(({ rows }) => {
        if (rows[0]?.cut) cuts += 1;
      });
    }, 120);
    const before = acknowledged.length;
    acknowledged.push(...(await killedAfter(150 + round * 90, orders)));
    clearInterval(cutting);
    expect(acknowledged.length).toBeGreaterThan(before);
  }
  await admin.end();
  // The connections really were cut under the program.
  expect(cuts).toBeGreaterThan(0);
  const done = await verifyJournal(db.owner, dataDir);
  rmSync(dataDir, { recursive: true });
  expect(done.findings).toEqual([]);
  const { rows } = await db.ownerPool.query<{ key: string; answer: { caseId: string; seq: number } }>(
    'select key, answer from huiyin.idempotency',
  );
  const kept = new Map(rows.map((row) => [row.key, row.answer]));
  const lost = acknowledged
    .filter(({ key }) => key !== 'again')
    .filter(({ key, caseId, seq }) => kept.get(key)?.caseId !== caseId || kept.get(key)?.seq !== seq);
  expect(lost).toEqual([]);
  const odd = await db.ownerPool.query<{ what: string }>(`
    select 'a case without its timer' as what from huiyin.case_file c where open and next_due_at <> 'infinity'
      and not exists (select from huiyin.timer t where t.tenant_id = c.tenant_id and t.case_id = c.id)
    union all select 'a notice without its entry' from huiyin.notice n
      where not exists (select from huiyin.journal j where j.tenant_id = n.tenant_id and j.case_id = n.case_id and j.seq = n.seq and j.type = 'noticeIssued')
    union all select 'an entry without its notice' from huiyin.journal j where type = 'noticeIssued'
      and not exists (select from huiyin.notice n where j.tenant_id = n.tenant_id and j.case_id = n.case_id and j.seq = n.seq)
    union all select 'a link to a case that is not there' from huiyin.journal j where type = 'caseOpened'
      and not exists (select from huiyin.case_file c where c.tenant_id = j.tenant_id and c.id = (j.data->>'caseId')::uuid)
    union all select 'an answer without its case' from huiyin.idempotency i where i.answer->>'caseId' is not null
      and not exists (select from huiyin.journal j where j.tenant_id = i.tenant_id and j.case_id = (i.answer->>'caseId')::uuid and j.seq = (i.answer->>'seq')::int)`);
  expect(odd.rows).toEqual([]);
});

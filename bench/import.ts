import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { demoPerson } from '#directory/demo/company.ts';
import { writeXlsx } from '#sheets/xlsx-write.ts';
import type { Line } from './report.ts';
import { startSite } from './site.ts';

export interface ImportPlan {
  dataDir: string;
  port: number;
  units: number;
}

const TARGET_SECONDS = 120;
const TARGET_GROWTH = 150;

/** Brings a list of units in as a manager does: the file over HTTP, the preview, the writing, and the same file once more. */
export async function benchImport({ dataDir, port, units }: ImportPlan): Promise<Line[]> {
  const site = await startSite(dataDir, port);
  const url = `http://127.0.0.1:${port}/api/v1`;
  try {
    const json = { 'content-type': 'application/json' };
    const begun = await fetch(`${url}/session`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ personId: demoPerson('xukai') }),
    });
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    const post = async (
      path: string,
      body: object | FormData,
    ): Promise<{ id: string; counts: Record<string, number> }> => {
      const form = body instanceof FormData;
      const said = await fetch(url + path, {
        method: 'POST',
        headers: form ? { cookie } : { cookie, ...json },
        body: form ? body : JSON.stringify(body),
      });
      if (!said.ok) throw new Error(`${path}: ${said.status} ${await said.text()}`);
      return (await said.json()) as { id: string; counts: Record<string, number> };
    };
    const estate = `新城${randomBytes(2).toString('hex')}`;
    await post('/premises/estates', { name: estate });
    const file = await listOf(units, estate);
    const form = (): FormData => {
      const sent = new FormData();
      sent.append('file', new Blob([file]), 'units.xlsx');
      return sent;
    };
    // The first small list warms the program up, so that growth is that of the long one.
    const small = new FormData();
    small.append('file', new Blob([await listOf(200, estate)]), 'small.xlsx');
    await post(`/imports/${(await post('/lists/units/imports', small)).id}/application`, {});
    const before = resident(site.pid);
    let most = before;
    const weighing = setInterval(() => {
      most = Math.max(most, resident(site.pid));
    }, 100);
    const watch = async <T>(work: () => Promise<T>): Promise<{ said: T; seconds: number }> => {
      const begin = performance.now();
      const said = await work();
      const seconds = (performance.now() - begin) / 1000;
      console.log(`${seconds.toFixed(1)} s`);
      return { said, seconds };
    };
    const seen = await watch(() => post('/lists/units/imports', form()));
    const written = await watch(() => post(`/imports/${seen.said.id}/application`, {}));
    const again = await watch(() => post('/lists/units/imports', form()));
    if (again.said.counts.unchanged !== units) throw new Error(`the second look: ${JSON.stringify(again.said.counts)}`);
    const undone = await watch(() => post(`/imports/${seen.said.id}/undoing`, {}));
    clearInterval(weighing);
    const line = (what: string, seconds: number, target?: number): Line => ({
      what: `${what} of ${units.toLocaleString('en')} units`,
      median: `${seconds.toFixed(1)} s`,
      p99: '',
      limit: '',
      share: '',
      target: target === undefined ? '' : `≤ ${target} s`,
      met: target === undefined || seconds <= target,
    });
    return [
      line('preview', seen.seconds),
      line('writing', written.seconds),
      line('preview and writing', seen.seconds + written.seconds, TARGET_SECONDS),
      line('preview of the same file again', again.seconds),
      line('undoing', undone.seconds),
      {
        what: `memory of the server above idle, ${(file.length / 2 ** 20).toFixed(1)} MB file`,
        median: `${(most - before).toFixed(0)} MB`,
        p99: '',
        limit: '',
        share: '',
        target: `≤ ${TARGET_GROWTH} MB`,
        met: most - before <= TARGET_GROWTH,
      },
    ];
  } finally {
    await site.stop();
  }
}

/** Fifty rooms a floor-stack: buildings of two entrances, 25 floors, four rooms each. */
async function listOf(units: number, estate: string): Promise<Uint8Array<ArrayBuffer>> {
  const columns = ['小区', '楼栋', '单元', '房号', '交付日期', '立管'].map((title) => ({ title, width: 12 }));
  const batches = (async function* () {
    for (let from = 0; from < units; from += 1_000)
      yield Array.from({ length: Math.min(1_000, units - from) }, (_, i) => {
        const n = from + i;
        const [room, floor, entrance, building] = [
          n % 4,
          Math.floor(n / 4) % 25,
          Math.floor(n / 100) % 2,
          Math.floor(n / 200),
        ];
        return [
          estate,
          `${building + 1}栋`,
          `${entrance + 1}单元`,
          `${floor + 1}0${room + 1}`,
          '2020-06-30',
          `${room + 1}号排水立管`,
        ];
      });
  })();
  const pieces: Uint8Array[] = [];
  for await (const piece of writeXlsx('房屋', columns, batches)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

/** Resident memory of a process in megabytes. */
const resident = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

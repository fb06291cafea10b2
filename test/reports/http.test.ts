import { expect, test } from 'vitest';
import type { ArchiveItem } from '#http/contract/archive.ts';
import { site } from '../http/support.ts';

const at = site();

interface Found {
  items: ArchiveItem[];
  next: string | null;
}

test('S1-08 · The summary counts by channel and comes as a file that a spreadsheet opens as Chinese', async () => {
  const clerk = await at().as('zhouxiaoyan');
  await clerk.register({ category: 'environment/greening' });
  await clerk.register({ category: 'facility/lift' });
  const quality = await at().as('fangjing');
  const answer = await fetch(`${at().url}/api/v1/reports/summary.csv`, { headers: quality.headers });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toMatch(/投诉汇总-.*\.csv$/);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = new TextDecoder().decode(bytes).split('\r\n');
  expect(lines).toContain('数量,投诉处理,2');
  expect(lines).toContain('渠道,电话,2,100%,100%');
  expect(lines).toContain('类别,环境卫生 / 绿化,1,50%,50%');
});

test('S1-05 · Who has no part in summaries is refused the file, in words, with the status of a refusal', async () => {
  const gardener = await at().as('wujianping');
  const answer = await gardener.ask<{ code: string; detail: string }>('/api/v1/reports/summary.csv');
  expect(answer.status).toBe(403);
  expect(answer.body).toMatchObject({ code: 'report.notYours', detail: expect.stringContaining('不在您的职责范围内') });
  expect((await at().anybody.ask('/api/v1/archive')).status).toBe(401);
});

test('S1-32 · A complaint is found in the archive once it is archived, by word and by day, and only by those it concerns', async () => {
  const clerk = await at().as('zhouxiaoyan');
  const made = await clerk.register({ content: '三号楼门禁坏了', category: 'facility/access' });
  const archivist = await at().as('luwenbo');
  const search = async (who: typeof clerk, query: string): Promise<string[]> => {
    const answer = await who.ask<Found>(`/api/v1/archive?${query}`);
    expect(answer.status, answer.text).toBe(200);
    return answer.body.items.map((item) => item.number);
  };
  const word = `q=${encodeURIComponent('门禁')}`;
  expect(await search(archivist, word)).toEqual([]);
  // Withdrawn by who asked: the shortest way into the archive.
  const owner = { kind: 'owner', personId: null, name: '王小明', posts: [] } as const;
  const { handling } = at().program;
  const command = { type: 'take', step: 'withdraw', values: { reason: '已自行修好', sure: true } } as const;
  const withdrawn = await handling.handle({ tenant: 'demo', actor: owner, caseId: made.id, command });
  if (!withdrawn.ok) throw new Error(withdrawn.refusal.code);
  const archived = await archivist.take(made.id, 'archive', { conclusion: '业主撤回' }, withdrawn.value.seq);
  expect(archived.status, archived.text).toBe(200);
  expect(await search(archivist, word)).toEqual([made.number]);
  const today = made.receivedAt.slice(0, 10);
  expect(await search(archivist, `${word}&from=${today}&to=${today}&category=facility`)).toEqual([made.number]);
  expect(await search(archivist, `${word}&from=2020-01-01&to=2020-12-31`)).toEqual([]);
  expect(await search(await at().as('xukai'), word)).toEqual([]);
  const bad = await archivist.ask('/api/v1/archive?from=2026-02-30');
  expect(bad.status).toBeGreaterThanOrEqual(400);
  expect(JSON.stringify((await archivist.ask<Found>(`/api/v1/archive?${word}`)).body)).not.toMatch(
    /王小明|19900001234|502/,
  );
});

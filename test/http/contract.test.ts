import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { OPEN_API_FILE, openApiText } from '#app/checks/open-api.ts';
import type { Endpoint } from '#http/contract/common.ts';
import { contract } from '#http/contract/index.ts';
import { contacted, site } from './support.ts';

const at = site();

/** The same schema refusing every key it does not name, so that an answer can hide nothing. */
function strict(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodObject)
    return z.strictObject(
      Object.fromEntries(Object.entries(schema.shape).map(([name, inner]) => [name, strict(inner as z.ZodType)])),
    );
  if (schema instanceof z.ZodArray) return z.array(strict(schema.element as z.ZodType));
  if (schema instanceof z.ZodNullable) return strict(schema.unwrap() as z.ZodType).nullable();
  if (schema instanceof z.ZodOptional) return strict(schema.unwrap() as z.ZodType).optional();
  return schema;
}

const schemaOf = (endpoint: Endpoint, status: number): z.ZodType => {
  const schema = endpoint.answers[status];
  if (!(schema instanceof z.ZodType)) throw new Error(`${endpoint.url} has no schema for ${status}`);
  return strict(schema);
};

test('every answer is exactly what the contract says', async () => {
  const clerk = await at().as('chenlijuan');
  const made = await clerk.register({ category: 'environment/greening' });
  expect(schemaOf(contract.cases.register, 201).safeParse(made).error).toBeUndefined();
  const done = await clerk.take(made.id, 'contact', contacted, made.seq);
  expect(schemaOf(contract.cases.command, 200).safeParse(done.body).error).toBeUndefined();
  await clerk.ask('/api/v1/sandbox/clock', { method: 'POST', body: { advance: 'P3D' } });
  const reads: [Endpoint, string][] = [
    [contract.cases.read, `/api/v1/cases/${made.id}`],
    [contract.cases.journal, `/api/v1/cases/${made.id}/journal`],
    [contract.cases.allowed, `/api/v1/cases/${made.id}/allowed-commands`],
    [contract.cases.candidates, `/api/v1/cases/${made.id}/candidates?step=dispatch&field=assignee`],
    [contract.documents.preview, `/api/v1/cases/${made.id}/documents/registerForm`],
    [contract.worklist.page, '/api/v1/worklist?view=all'],
    [contract.packs.current, '/api/v1/packs'],
    [contract.notices.mine, '/api/v1/notices'],
    [contract.directory.people, '/api/v1/people?role=handler'],
    [contract.directory.premises, '/api/v1/premises?q=3-1-502'],
    [contract.directory.callers, '/api/v1/callers?contact=19900000107'],
    [contract.directory.units, '/api/v1/units'],
    [contract.session.read, '/api/v1/session'],
    [contract.session.sandboxPeople, '/api/v1/sandbox/people'],
    [contract.session.setup, '/api/v1/setup'],
    [contract.sandbox.read, '/api/v1/sandbox/clock'],
  ];
  for (const [endpoint, path] of reads) {
    const said = await clerk.ask<unknown>(path);
    expect(said.status, path + said.text).toBe(200);
    expect(schemaOf(endpoint, 200).safeParse(said.body).error?.issues, path).toBeUndefined();
  }
});

test('a published procedure never changes and may be kept for good', async () => {
  const clerk = await at().as('chenlijuan');
  const [current] = (await clerk.ask<{ pack: string; version: string }[]>('/api/v1/packs')).body;
  const path = `/api/v1/packs/${current?.pack}/${current?.version}`;
  const whole = await clerk.ask<{ procedures: object }>(path);
  expect(Object.keys(whole.body.procedures)).toContain('complaint');
  expect(whole.headers.get('cache-control')).toContain('immutable');
  const again = await clerk.ask(path, { headers: { 'if-none-match': whole.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
  expect((await clerk.ask('/api/v1/packs/S1/9.9.9')).status).toBe(404);
});

test('figures are read by those whose work they are, and a report that does not exist says so', async () => {
  const manager = await at().as('linzhiyuan');
  const figures = await manager.ask('/api/v1/reports/clauseFigures');
  // Whoever may not read them is told before he asks.
  for (const [who, reads] of [
    [manager, 200],
    [await at().as('xukai'), 403],
  ] as const) {
    const [pack] = (await who.ask<{ readsFigures: boolean }[]>('/api/v1/packs')).body;
    expect((await who.ask('/api/v1/reports/clauseFigures')).status).toBe(reads);
    expect(pack?.readsFigures).toBe(reads === 200);
  }
  expect(figures.status, figures.text).toBe(200);
  expect(schemaOf(contract.reports.read, 200).safeParse(figures.body).error?.issues).toBeUndefined();
  expect((await manager.ask('/api/v1/reports/noSuchReport')).status).toBe(404);
  expect((await manager.ask('/api/v1/reports/clauseFigures?colour=red')).body).toMatchObject({
    status: 422,
    code: 'report.badParameter',
    field: 'colour',
  });
});

test('the description of the API that is handed out is the committed one', async () => {
  const served = await at().anybody.ask<{ openapi: string; paths: object }>('/api/openapi.json');
  expect(served.body.openapi).toBe('3.1.0');
  const committed = readFileSync(OPEN_API_FILE, 'utf8');
  expect(committed).toBe(await openApiText());
  expect(served.body).toEqual(JSON.parse(committed));
});

test('every endpoint of the contract is really there', async () => {
  const { anybody } = at();
  for (const endpoint of Object.values(contract).flatMap((resource): Endpoint[] => Object.values(resource))) {
    const path = endpoint.url.replace(/:\w+/g, '01a20135-ea7b-7697-86e6-5449502cb81b');
    const said = await anybody.ask<{ code?: string }>(path, {
      method: endpoint.method,
      ...(endpoint.body ? { body: {} } : {}),
    });
    expect(said.body.code, `${endpoint.method} ${path}`).not.toBe('route.unknown');
    if (!endpoint.open) expect([401, 422], `${endpoint.method} ${path} ${said.text}`).toContain(said.status);
  }
});

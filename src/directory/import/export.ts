import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import type { Text } from '#kernel/text.ts';
import { writeCsv } from '#sheets/csv-write.ts';
import { writeXlsx } from '#sheets/xlsx-write.ts';
import { BATCH } from './batch.ts';
import type { ListContext, ListKind } from './kind.ts';

export const formats = ['xlsx', 'csv'] as const;
export type Format = (typeof formats)[number];
type Lang = keyof Text;

/** Writes a list as it stands now into a file; brought in again it changes nothing. */
export async function exportList(
  client: PoolClient,
  kind: ListKind,
  context: ListContext,
  to: { path: string; format: Format; lang: Lang },
): Promise<void> {
  await save(kind, to, kind.export(client, context, BATCH));
}

/** Writes the template of a list: its headings and one row that shows how it is filled in. */
export async function writeTemplate(kind: ListKind, to: { path: string; format: Format; lang: Lang }): Promise<void> {
  await save(kind, to, example(kind));
}

async function* example(kind: ListKind): AsyncGenerator<string[][]> {
  yield [kind.columns.map((column) => column.example)];
}

async function save(
  kind: ListKind,
  { path, format, lang }: { path: string; format: Format; lang: Lang },
  batches: AsyncGenerator<string[][]>,
): Promise<void> {
  const columns = kind.columns.map(({ title, width, required, choices }) => ({
    title: title[lang],
    width,
    ...(required ? { required } : {}),
    ...(choices ? { choices: choices.map((one) => one.title[lang]) } : {}),
  }));
  const pieces =
    format === 'xlsx'
      ? writeXlsx(kind.title[lang], columns, batches)
      : writeCsv(
          columns.map((column) => column.title),
          batches,
        );
  await pipeline(Readable.from(pieces), createWriteStream(path, { mode: 0o600 }));
}

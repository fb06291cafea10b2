import type { Pool } from 'pg';
import { z } from 'zod';
import { withTenant } from '#db/pool.ts';
import { loadDirectory } from '#directory/directory.ts';
import { verifyCase } from '#journal/verify-case.ts';
import type { Instant } from '#kernel/instant.ts';
import { text } from '#kernel/text.ts';
import { checkAttachments } from './archive/attachments.ts';
import { checkPapers } from './archive/papers.ts';
import { type ArchivedCase, readArchived } from './archive/read.ts';
import { drawsUp, notForReader } from './authority.ts';
import { monthsBefore } from './period.ts';
import { plain, type ReportSpec, type Source } from './report.ts';

const params = z.strictObject({ scope: z.enum(['quarter', 'all']) });

// A list of findings takes fifty lines; the rest shows once these are put right.
const LISTED = 49;
const PAGE = 50;

/** What is wrong in the archive: missing papers, signatures, attachments, and papers that differ from the journal (S1-33). */
export const archiveCheck: ReportSpec<z.output<typeof params>> = {
  name: 'archiveCheck',
  title: text('档案检查', 'Archive check'),
  params,
  refuses: ({ pack, reader }) => (drawsUp(pack, 'archiveCheck', reader) ? undefined : notForReader),
  async compute(source, { scope }) {
    const { checked, found } = await checkArchive(source, scope === 'all' ? null : monthsBefore(source.now, 3));
    const listed = found.slice(0, LISTED);
    const rest = found.length - listed.length;
    return plain({ missing: rest > 0 ? [...listed, `另有 ${rest} 处，整改后复检时列出`] : listed, checked });
  },
};

/** Checks every case of the pack that was archived since a moment (null: ever). Each finding begins with the case's number. */
export async function checkArchive(
  { pool, tenant, now, pack }: Omit<Source, 'reader'>,
  since: Instant | null,
): Promise<{ checked: number; found: string[] }> {
  const directory = await loadDirectory(pool, tenant, now);
  const found = new Set<string>();
  let checked = 0;
  let after: { at: Instant; id: string } | null = null;
  for (;;) {
    const page: ArchivedCase[] = await withTenant(pool, tenant, (client) =>
      readArchived(client, tenant, { pack: pack.pack, since, until: now, after, limit: PAGE }),
    );
    for (const one of page) {
      checked += 1;
      for (const fault of await checkCase(pool, tenant, one, { pack, directory })) found.add(`${one.number} ${fault}`);
    }
    const last = page.at(-1);
    if (page.length < PAGE || !last) return { checked, found: [...found] };
    after = { at: last.archivedAt, id: last.id };
  }
}

async function checkCase(
  pool: Pool,
  tenant: string,
  one: ArchivedCase,
  around: Parameters<typeof checkPapers>[1],
): Promise<string[]> {
  // A case of an earlier version is judged by the forms of the version at hand only where it is the same one.
  const chain = verifyCase(one.entries, one.stored, (name, version) =>
    name === around.pack.pack && version === around.pack.version ? around.pack : undefined,
  ).filter((finding) => finding.code !== 'case.packMissing');
  if (chain.length > 0)
    return chain.map((finding) => `记录不一致：${finding.message.zh.replace(/^案件 \S+ ?/, '').replace(/^：/, '')}`);
  const attachments = await checkAttachments(pool, tenant, one);
  return [...checkPapers(one, around, attachments.unsound), ...attachments.faults];
}

import { GENESIS, linkHash, saltedDigest } from '#journal/chain.ts';
import type { Findings } from './findings.ts';
import { type DossierIndex, type DossierRow, JOURNAL, rowSchema } from './format.ts';

/** Reads journal.jsonl; lines that are no entries are named. */
export function readRows(bytes: Uint8Array, found: Findings): DossierRow[] {
  const rows: DossierRow[] = [];
  const lines = new TextDecoder().decode(bytes).split('\n');
  if (lines.at(-1) === '') lines.pop();
  lines.forEach((line, i) => {
    const read = rowSchema.safeParse(parsed(line));
    if (read.success) rows.push(read.data);
    else found.broken('journal.unreadable', `${JOURNAL}:${i + 1}`, '该行不是日志记录', 'This line is no journal entry');
  });
  return rows;
}

/** Follows the hash chain from its beginning and names every entry that was changed, removed, added or moved. */
export function checkChain(
  rows: DossierRow[],
  index: Pick<DossierIndex, 'tenant' | 'case' | 'journal'>,
  found: Findings,
): void {
  let prev = GENESIS.toString('hex');
  rows.forEach((row, i) => {
    const line = `${JOURNAL}:${i + 1}`;
    if (row.seq !== i + 1)
      found.broken(
        'journal.order',
        line,
        `序号应为 ${i + 1}，实为 ${row.seq}：有记录被删除、插入或调换`,
        `Entry ${row.seq} stands where ${i + 1} belongs: entries were removed, added or moved`,
      );
    if (row.prevHash !== prev)
      found.broken('journal.link', line, '与上一条记录不相连', 'The entry is not linked to the one before');
    if (digestOf(row.salt, row.data) !== row.dataDigest)
      found.broken('journal.data', line, '记录内容被改动', 'The content of the entry was changed');
    checkPersonal(row, line, found);
    if (hashOf(row, index) !== row.hash)
      found.broken(
        'journal.hash',
        line,
        '记录的时间、人员、类型或摘要被改动',
        'The moment, actor, type or digests of the entry were changed',
      );
    prev = row.hash;
  });
  if (rows.length !== index.journal.entries || prev !== index.journal.head)
    found.broken(
      'journal.end',
      JOURNAL,
      `应有 ${index.journal.entries} 条记录，实有 ${rows.length} 条，或末条不符`,
      `There should be ${index.journal.entries} entries and are ${rows.length}, or the last one differs`,
    );
}

function checkPersonal(row: DossierRow, line: string, found: Findings): void {
  const { personal, personalSalt, personalDigest } = row;
  if (personalDigest === null) {
    if (personal !== null || personalSalt !== null)
      found.broken('journal.personal', line, '个人信息是后加的', 'Personal content was added');
  } else if (personal === null && personalSalt === null)
    found.note(
      'journal.erased',
      line,
      '个人信息已依法删除，链仍完整',
      'Personal content was lawfully erased; the chain still holds',
    );
  else if (personal === null || personalSalt === null || digestOf(personalSalt, personal) !== personalDigest)
    found.broken('journal.personal', line, '个人信息被改动', 'Personal content was changed');
}

const digestOf = (salt: string, text: string): string => saltedDigest(Buffer.from(salt, 'hex'), text).toString('hex');

function hashOf(row: DossierRow, { tenant, case: subject }: Pick<DossierIndex, 'tenant' | 'case'>): string {
  return linkHash(tenant, {
    caseId: subject.id,
    seq: row.seq,
    type: row.type,
    at: row.at,
    actor: row.actor,
    dataDigest: Buffer.from(row.dataDigest, 'hex'),
    personalDigest: row.personalDigest === null ? null : Buffer.from(row.personalDigest, 'hex'),
    prevHash: Buffer.from(row.prevHash, 'hex'),
  }).toString('hex');
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

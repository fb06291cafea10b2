import { isDeepStrictEqual } from 'node:util';
import type { CaseEvent } from '#case/event.ts';
import { replay } from '#case/evolve.ts';
import { nextMoment } from '#case/next-moment.ts';
import type { CaseState } from '#case/state.ts';
import { formatLocal } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Text, text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { type CaseRow, caseRow } from './case-row.ts';
import { GENESIS, linkHash, saltedDigest } from './chain.ts';
import { caseFinding, type Finding } from './finding.ts';

/** A line as it lies in the table, texts exactly as stored. */
export interface StoredEntry {
  tenant_id: string;
  case_id: string;
  seq: number;
  type: string;
  at: Instant;
  actor: string;
  data: string;
  personal: string | null;
  salt: Buffer;
  personal_salt: Buffer | null;
  data_digest: Buffer;
  personal_digest: Buffer | null;
  prev_hash: Buffer;
  hash: Buffer;
}

/** The case as lists show it. */
export interface StoredCase {
  tenant_id: string;
  id: string;
  seq: number;
  head_hash: Buffer;
  state: string;
  /** When its timer fires; null when it has none; absent when that was not looked up. */
  timerAt?: Instant | null;
  row: CaseRow;
}

/**
 * Checks one case: every line unchanged and in its place, and the shown state exactly what the lines make. Stops at the
 * first broken line, because everything after it follows from it.
 */
export function verifyCase(
  entries: readonly StoredEntry[],
  file: StoredCase | undefined,
  pack: (name: string, version: string) => CompiledPack | undefined,
): Finding[] {
  const first = entries[0];
  const where = {
    tenant: first?.tenant_id ?? file?.tenant_id ?? '',
    caseId: first?.case_id ?? file?.id ?? '',
    number: file?.row.number ?? null,
  };
  if (!first)
    return [
      caseFinding(
        'case.withoutJournal',
        where,
        '有案件而没有任何过程记录，记录被删除',
        'it has no journal; its entries were removed',
      ),
    ];
  const broken = brokenLine(entries, where);
  if (broken) return [broken];
  const last = entries.at(-1) ?? first;
  if (!file)
    return [
      caseFinding(
        'case.rowMissing',
        where,
        '过程记录在，案件行不见了',
        'the journal is there but the case itself is gone',
      ),
    ];
  if (file.seq > last.seq)
    return [
      caseFinding(
        'journal.tailMissing',
        { ...where, seq: last.seq + 1 },
        `末尾的记录被删除：应有 ${file.seq} 条，现有 ${last.seq} 条`,
        `the end was cut off: ${file.seq} entries expected, ${last.seq} found`,
      ),
    ];
  if (file.seq < last.seq)
    return [
      caseFinding(
        'journal.tailAdded',
        { ...where, seq: file.seq + 1 },
        `末尾多出记录：应有 ${file.seq} 条，现有 ${last.seq} 条`,
        `entries were added at the end: ${file.seq} expected, ${last.seq} found`,
      ),
    ];
  if (!file.head_hash.equals(last.hash))
    return [
      caseFinding(
        'case.headHash',
        where,
        '案件行的末尾校验值与过程记录不符',
        'the hash kept with the case is not that of its last entry',
      ),
    ];
  return shownState(entries, file, where, pack);
}

type Where = Parameters<typeof caseFinding>[1];

function brokenLine(entries: readonly StoredEntry[], where: Where): Finding | undefined {
  let link: Buffer = GENESIS;
  for (const [index, entry] of entries.entries()) {
    const at = { ...where, seq: index + 1 };
    if (entry.seq !== index + 1)
      return caseFinding(
        'journal.entryMissing',
        at,
        '记录被删除（序号中断）',
        'it was removed (the numbering has a gap)',
      );
    if (!saltedDigest(entry.salt, entry.data).equals(entry.data_digest))
      return caseFinding('journal.dataEdited', at, '内容被改动', 'its content was changed');
    const erased = entry.personal === null && entry.personal_salt === null;
    const kept = entry.personal !== null && entry.personal_salt !== null && entry.personal_digest !== null;
    if (!erased && !(kept && digestMatches(entry)))
      return caseFinding('journal.personalEdited', at, '个人信息部分被改动', 'its personal part was changed');
    if (!entry.prev_hash.equals(link))
      return caseFinding(
        'journal.order',
        at,
        '与前一条不相衔接：前面有记录被插入、删除、换位或改写',
        'it does not follow the entry before it: one was inserted, removed, moved or rewritten',
      );
    const own = linkHash(entry.tenant_id, {
      caseId: entry.case_id,
      seq: entry.seq,
      type: entry.type,
      at: entry.at,
      actor: entry.actor,
      dataDigest: entry.data_digest,
      personalDigest: entry.personal_digest,
      prevHash: entry.prev_hash,
    });
    if (!own.equals(entry.hash))
      return caseFinding(
        'journal.headerEdited',
        at,
        '类型、时间或办理人被改动',
        'its kind, moment or author was changed',
      );
    link = entry.hash;
  }
  return undefined;
}

const digestMatches = (entry: StoredEntry): boolean =>
  entry.personal !== null &&
  entry.personal_salt !== null &&
  entry.personal_digest !== null &&
  saltedDigest(entry.personal_salt, entry.personal).equals(entry.personal_digest);

function shownState(
  entries: readonly StoredEntry[],
  file: StoredCase,
  where: Where,
  packOf: (name: string, version: string) => CompiledPack | undefined,
): Finding[] {
  let made: CaseState;
  const stored: CaseState = JSON.parse(file.state);
  const erased = entries.some((entry) => entry.personal === null && entry.personal_digest !== null);
  try {
    // What the state is compared with must have gone through JSON as well.
    made = JSON.parse(JSON.stringify(replay(file.id, entries.map(toEvent))));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return [
      caseFinding('case.replayFails', where, `过程记录无法重演：${why}`, `the journal cannot be replayed: ${why}`),
    ];
  }
  const findings: Finding[] = [];
  const differs = Object.keys({ ...made, ...stored }).filter(
    (key) => !isDeepStrictEqual(Reflect.get(made, key), Reflect.get(stored, key)),
  );
  // Erasure takes personal values out of the journal and, in the same act, out of the state; nothing else may differ.
  const odd = erased ? differs.filter((key) => !['values', 'entries'].includes(key)) : differs;
  if (odd.length > 0)
    findings.push(
      caseFinding(
        'case.stateEdited',
        where,
        `保存的状态与过程记录不符：${odd.join('、')}`,
        `the stored state is not what the journal makes: ${odd.join(', ')}`,
      ),
    );
  const moment = nextMoment(made);
  if (file.timerAt !== undefined && moment !== file.timerAt) {
    const [wanted, there] = [moment, file.timerAt].map((at) => (at === null ? text('没有', 'none') : said(at)));
    findings.push(
      caseFinding(
        'case.timer',
        where,
        `到点触发的定时与过程记录不符：应为 ${wanted?.zh}，现为 ${there?.zh}`,
        `its timer is not what the journal makes: ${wanted?.en} expected, ${there?.en} found`,
      ),
    );
  }
  const pack = packOf(made.pack, made.packVersion);
  if (!pack)
    return [
      ...findings,
      caseFinding(
        'case.packMissing',
        where,
        `找不到制度版本 ${made.pack} ${made.packVersion}`,
        `pack ${made.pack} ${made.packVersion} is missing`,
      ),
    ];
  const row = caseRow(erased ? stored : made, pack);
  const columns = Object.keys(row).filter(
    (key) => !isDeepStrictEqual(Reflect.get(row, key), Reflect.get(file.row, key)),
  );
  if (columns.length > 0)
    findings.push(
      caseFinding(
        'case.columnsEdited',
        where,
        `清单所用的字段与过程记录不符：${columns.join('、')}`,
        `what lists show is not what the journal makes: ${columns.join(', ')}`,
      ),
    );
  return findings;
}

const said = (at: Instant): Text => text(formatLocal(at), formatLocal(at));

/** Only after its digests have been checked, so the text is what the program wrote. */
const toEvent = (entry: StoredEntry): CaseEvent =>
  ({
    type: entry.type,
    at: entry.at,
    actor: JSON.parse(entry.actor),
    data: JSON.parse(entry.data),
    ...(entry.personal === null ? {} : { personal: JSON.parse(entry.personal) }),
  }) as CaseEvent;

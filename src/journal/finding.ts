import { type Text, text } from '#kernel/text.ts';

/** Something in the books that cannot have come about lawfully. */
export interface Finding {
  code: string;
  tenant: string;
  caseId: string | null;
  number: string | null;
  seq: number | null;
  message: Text;
}

/** Names a case for people: its number when one is known. */
export function caseFinding(
  code: string,
  where: { tenant: string; caseId: string; number: string | null; seq?: number },
  zh: string,
  en: string,
): Finding {
  const name = where.number ?? where.caseId;
  const seq = where.seq ?? null;
  return {
    code,
    tenant: where.tenant,
    caseId: where.caseId,
    number: where.number,
    seq,
    message: text(
      `案件 ${name}${seq === null ? '' : ` 第 ${seq} 条`}：${zh}`,
      `Case ${name}${seq === null ? '' : `, entry ${seq}`}: ${en}`,
    ),
  };
}

export const bookFinding = (code: string, zh: string, en: string): Finding => ({
  code,
  tenant: '*',
  caseId: null,
  number: null,
  seq: null,
  message: text(zh, en),
});

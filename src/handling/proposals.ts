import type { ClientBase } from 'pg';
import { statement } from '#db/statement.ts';
import { type Db, within } from '#directory/within.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { Examination } from '#policy/prove/examine.ts';
import type { PackSource } from '#policy/source.ts';
import { openSources, sealSources } from './packs.ts';
import { uuid7 } from './uuid.ts';

export const proposalStates = ['faulty', 'waiting', 'approved', 'inForce', 'rejected', 'withdrawn', 'failed'] as const;
export type ProposalStatus = (typeof proposalStates)[number];
export type Origin = 'upload' | 'folder' | 'terminal';

/** What the check found, as it is kept. */
export type Verdict = Pick<Examination, 'problems' | 'findings' | 'incomplete'>;

/** A version that was handed in, and what became of it. */
export interface Proposal {
  id: string;
  pack: string;
  version: string;
  digest: string;
  origin: Origin;
  note: string;
  /** Null for one handed in at the terminal by nobody in the directory. */
  authorId: string | null;
  authorName: string;
  handedInAt: Instant;
  basedOn: string | null;
  verdict: Verdict;
  status: ProposalStatus;
  reviewerId: string | null;
  reviewerName: string | null;
  reason: string | null;
  decidedAt: Instant | null;
  inForceFrom: Instant | null;
  settledAt: Instant | null;
  settled: Text | null;
}

const COLUMNS = `id, pack, version, digest, origin, note, author_id as "authorId", author_name as "authorName",
  handed_in_at as "handedInAt", based_on as "basedOn", verdict, status, reviewer_id as "reviewerId",
  reviewer_name as "reviewerName", reason, decided_at as "decidedAt", in_force_from as "inForceFrom",
  settled_at as "settledAt",
  case when settled_zh is null then null else json_build_object('zh', settled_zh, 'en', settled_en) end as settled`;
const MOST = 200;

const list = statement<Proposal>(
  'proposals.list',
  `select ${COLUMNS} from huiyin.pack_proposal where tenant_id = $1 order by handed_in_at desc, id desc limit ${MOST}`,
);
const one = statement<Proposal>(
  'proposals.one',
  `select ${COLUMNS} from huiyin.pack_proposal where tenant_id = $1 and id = $2`,
);
const lockOne = statement<Proposal>(
  'proposals.lock',
  `select ${COLUMNS} from huiyin.pack_proposal where tenant_id = $1 and id = $2 for update`,
);
const textOf = statement<{ sources: unknown }>(
  'proposals.sources',
  'select sources from huiyin.pack_proposal where tenant_id = $1 and id = $2',
);

/** What was handed in, latest first. */
export const proposalsOf = (db: Db, tenant: string): Promise<Proposal[]> =>
  within(db, tenant, (client) => list.run(client, [tenant]));

export const proposalById = (db: Db, tenant: string, id: string): Promise<Proposal | undefined> =>
  within(db, tenant, (client) => one.one(client, [tenant, id]));

/** Holds a proposal until the end of the transaction: two reviewers never decide at once. */
export const holdProposal = (client: ClientBase, tenant: string, id: string): Promise<Proposal | undefined> =>
  lockOne.one(client, [tenant, id]);

export async function sourcesOf(db: Db, tenant: string, id: string): Promise<PackSource[]> {
  const row = await within(db, tenant, (client) => textOf.one(client, [tenant, id]));
  return row ? openSources(row.sources) : [];
}

export interface HandIn {
  sources: readonly PackSource[];
  pack: string;
  version: string;
  origin: Origin;
  note: string;
  author: { id: string | null; name: string };
  basedOn: string | null;
  verdict: Verdict;
  sound: boolean;
  now: Instant;
}

/** Keeps a version as it was handed in, with what the check found; answers its id. */
export async function keepProposal(db: Db, tenant: string, given: HandIn): Promise<string> {
  const { text, digest } = sealSources(given.sources);
  const id = uuid7(given.now);
  await within(db, tenant, (client) =>
    client.query(
      `insert into huiyin.pack_proposal (tenant_id, id, pack, version, digest, sources, origin, note, author_id, author_name,
         handed_in_at, based_on, verdict, status)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, huiyin.instant($11), $12, $13, $14)`,
      [
        tenant,
        id,
        given.pack,
        given.version,
        digest,
        text,
        given.origin,
        given.note,
        given.author.id,
        given.author.name,
        given.now,
        given.basedOn,
        JSON.stringify(given.verdict),
        given.sound ? 'waiting' : 'faulty',
      ],
    ),
  );
  return id;
}

export interface Settlement {
  status: 'approved' | 'inForce' | 'rejected' | 'withdrawn' | 'failed';
  by?: { id: string | null; name: string };
  reason?: string;
  inForceFrom?: Instant | null;
  settled?: Text;
}

/** Writes down what was decided, or what became of it later. What was decided before stays. */
export async function settleProposal(
  client: ClientBase,
  tenant: string,
  id: string,
  { status, by, reason, inForceFrom, settled }: Settlement,
  now: Instant,
): Promise<void> {
  await client.query(
    `update huiyin.pack_proposal set status = $3, reviewer_id = coalesce($4, reviewer_id),
       reviewer_name = coalesce($5, reviewer_name), reason = coalesce($6, reason),
       decided_at = coalesce(decided_at, huiyin.instant($7)),
       in_force_from = coalesce(huiyin.instant($8::float8), in_force_from),
       settled_at = case when $3 = 'approved' then null else huiyin.instant($7) end,
       settled_zh = $9, settled_en = $10
     where tenant_id = $1 and id = $2`,
    [
      tenant,
      id,
      status,
      by?.id ?? null,
      by?.name ?? null,
      reason ?? null,
      now,
      inForceFrom ?? null,
      settled?.zh ?? null,
      settled?.en ?? null,
    ],
  );
}

import type { ClientBase, Pool } from 'pg';
import { z } from 'zod';
import { CHINA_OFFSET, parseDate, startOfDay } from '#clock/civil.ts';
import { oneAtATime } from '#db/one-at-a-time.ts';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import { digestText } from '#journal/chain.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { type CompiledPack, compilePack } from '#policy/compile.ts';
import { type Examination, examine } from '#policy/prove/examine.ts';
import type { PackSource } from '#policy/source.ts';

/** Published procedures, compiled once. A version never changes, so what is compiled stays valid for good. */
export interface Packs {
  /** One version. Throws when it was never published: a case cannot exist without its version. */
  version(tenant: string, pack: string, version: string): Promise<CompiledPack>;
  /** The version new cases follow; undefined when the company has no such pack. */
  current(tenant: string, pack: string): Promise<CompiledPack | undefined>;
  list(tenant: string): Promise<PublishedPack[]>;
  /** The files of one version as they were published; none of a version that never was. */
  sources(tenant: string, pack: string, version: string): Promise<PackSource[]>;
  /** Forgets which versions are current, of one company or of all. */
  drop(tenant?: string): void;
}

export interface PublishedPack {
  pack: string;
  version: string;
  digest: string;
  publishedAt: Instant;
  publishedBy: string;
  reviewNote: string;
  /** From when on new cases follow it. */
  inForceFrom: Instant;
  /** Whether new cases follow it now. */
  current: boolean;
}

const sourcesShape = z.array(z.object({ path: z.string(), text: z.string() }));
const readVersion = statement<{ sources: unknown; digest: string }>(
  'packs.version',
  'select sources, digest from huiyin.pack_version where tenant_id = $1 and pack = $2 and version = $3',
);
const readList = statement<PublishedPack>(
  'packs.list',
  `select pack, version, digest, published_at as "publishedAt", published_by as "publishedBy",
     review_note as "reviewNote", in_force_from as "inForceFrom", current
   from huiyin.pack_version where tenant_id = $1 order by pack, published_at, current`,
);

/** Compiled once for the whole program: the same text always means the same pack. */
const byDigest = new Map<string, CompiledPack>();

/** @param now decides which versions have come into force; without it each counts from its publication on */
export function openPacks(pool: Pool, now: () => Instant = () => Number.POSITIVE_INFINITY): Packs {
  const compiled = new Map<string, Promise<CompiledPack>>();
  const lists = new Map<string, Promise<PublishedPack[]>>();

  const load = async (tenant: string, pack: string, version: string): Promise<CompiledPack> => {
    const row = await withTenant(pool, tenant, (client) => readVersion.one(client, [tenant, pack, version]));
    if (!row) throw new Error(`Pack ${pack} ${version} was never published`);
    const known = byDigest.get(row.digest);
    if (known) return known;
    const read = compilePack(sourcesShape.parse(row.sources));
    if (!read.ok)
      throw new Error(`Published pack ${pack} ${version} no longer compiles: ${read.problems[0]?.message.en}`);
    byDigest.set(row.digest, read.value);
    return read.value;
  };
  const version = (tenant: string, pack: string, number: string): Promise<CompiledPack> =>
    kept(compiled, `${tenant}/${pack}/${number}`, () => load(tenant, pack, number));
  const list = async (tenant: string): Promise<PublishedPack[]> =>
    inForceAt(
      await kept(lists, tenant, () => withTenant(pool, tenant, (client) => readList.run(client, [tenant]))),
      now(),
    );
  return {
    version,
    list,
    async sources(tenant, pack, number) {
      const row = await withTenant(pool, tenant, (client) => readVersion.one(client, [tenant, pack, number]));
      return row ? openSources(row.sources) : [];
    },
    async current(tenant, pack) {
      const row = (await list(tenant)).find((item) => item.pack === pack && item.current);
      return row && version(tenant, pack, row.version);
    },
    drop(tenant) {
      if (tenant === undefined || tenant === '') lists.clear();
      else lists.delete(tenant);
    },
  };
}

/** Marks of each pack the version whose time came last; one that only begins later is not followed yet. */
function inForceAt(rows: readonly PublishedPack[], now: Instant): PublishedPack[] {
  const newest = new Map<string, PublishedPack>();
  for (const row of rows)
    if (row.inForceFrom <= now && row.inForceFrom >= (newest.get(row.pack)?.inForceFrom ?? 0))
      newest.set(row.pack, row);
  return rows.map((row) => ({ ...row, current: newest.get(row.pack) === row }));
}

/** The packs new cases follow, in the order of their names. */
export async function packsInForce(packs: Pick<Packs, 'list' | 'version'>, tenant: string): Promise<CompiledPack[]> {
  const current = (await packs.list(tenant)).filter((item) => item.current);
  return Promise.all(current.map((item) => packs.version(tenant, item.pack, item.version)));
}

/** A promise kept under a key; a failure is not kept. */
function kept<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const there = map.get(key);
  if (there) return there;
  const fresh = make();
  map.set(key, fresh);
  fresh.catch(() => map.delete(key));
  return fresh;
}

/** The channel publications are announced on; the payload is the tenant. */
export const PACK_CHANNEL = 'huiyin_pack';

/** A pack that is to be followed. */
export interface Publication {
  sources: readonly PackSource[];
  by: string;
  reviewNote: string;
  /** What speaks against a pack that is sound in itself, such as a post nobody holds. Not asked of what is in force already. */
  objection?: (pack: CompiledPack) => Promise<Refusal | undefined>;
}

/**
 * Publishes a pack as the version new cases follow. Publishing the same content again changes nothing; other content
 * under a used version number is refused (`pack.versionTaken`), a pack with faults too (`pack.invalid`), and one that is
 * not proved to answer everybody (`pack.unproved`).
 */
export async function publishPack(
  pool: Pool,
  tenant: string,
  publication: Publication & { now: Instant },
): Promise<Result<CompiledPack>> {
  const { sources, by, reviewNote, now, objection } = publication;
  const { text, digest } = sealSources(sources);
  const known = await alreadyCurrent(pool, tenant, digest, sources);
  if (known) return accept(known);
  const { pack, problems, findings } = examined(sources);
  if (!pack) {
    const faults = problems.map((p) =>
      refusal('pack.invalid', {
        zh: `${p.file} 第 ${p.line} 行第 ${p.column} 列：${p.message.zh}`,
        en: `${p.file} line ${p.line} column ${p.column}: ${p.message.en}`,
      }),
    );
    const [first, ...also] = faults;
    if (!first) throw new Error('A pack was refused without a problem');
    return refuse(also.length > 0 ? { ...first, also } : first);
  }
  const unproved = unprovedRefusal(findings);
  if (unproved) return refuse(unproved);
  const against = await objection?.(pack);
  if (against) return refuse(against);
  return withTenant(pool, tenant, async (client) => {
    const taken = await putInForce(client, tenant, { pack, digest, text, by, reviewNote, now });
    return taken ? refuse(taken) : accept(pack);
  });
}

interface Enactment {
  pack: CompiledPack;
  digest: string;
  /** The sources as they are kept. */
  text: string;
  by: string;
  reviewNote: string;
  now: Instant;
}

/** Makes a proved version the one new cases follow, inside the caller's transaction; refuses with `pack.versionTaken`. */
export async function putInForce(
  client: ClientBase,
  tenant: string,
  { pack, digest, text, by, reviewNote, now }: Enactment,
): Promise<Refusal | undefined> {
  await oneAtATime(client, 'pack', tenant, pack.pack);
  const there = await readVersion.one(client, [tenant, pack.pack, pack.version]);
  if (there && there.digest !== digest) return versionTaken(pack.pack, pack.version);
  await client.query(
    'update huiyin.pack_version set current = false where tenant_id = $1 and pack = $2 and version <> $3 and current',
    [tenant, pack.pack, pack.version],
  );
  await client.query(
    `insert into huiyin.pack_version
       (tenant_id, pack, version, digest, sources, published_at, published_by, review_note, in_force_from, current)
       values ($1, $2, $3, $4, $5, huiyin.instant($6), $7, $8, huiyin.instant($9), true)
       on conflict (tenant_id, pack, version) do update set current = true, in_force_from = excluded.in_force_from`,
    [tenant, pack.pack, pack.version, digest, text, now, by, reviewNote, inForceFrom(pack, now)],
  );
  await client.query('select pg_notify($1, $2)', [PACK_CHANNEL, tenant]);
  return undefined;
}

export const versionTaken = (pack: string, version: string): Refusal =>
  refusal('pack.versionTaken', {
    zh: `${pack} ${version} 已发布过，内容不同：请改用新的版本号`,
    en: `${pack} ${version} was published with other content: give the change a new version number`,
  });

/** Examined once for the whole program: handed in, approved and put in force, a text is proved once. The oldest make room. */
const examinations = new Map<string, Examination>();
const EXAMINED = 64;

/** Reads and proves a pack, or remembers how that ended. */
export function examined(sources: readonly PackSource[]): Readonly<Examination> {
  const { digest } = sealSources(sources);
  const known = examinations.get(digest);
  if (known) return known;
  const fresh = examine(sources);
  const [oldest] = examinations.keys();
  if (examinations.size >= EXAMINED && oldest !== undefined) examinations.delete(oldest);
  examinations.set(digest, fresh);
  return fresh;
}

/** The files of a pack as they are kept, and the digest that names their content. */
export function sealSources(sources: readonly PackSource[]): { text: string; digest: string } {
  const ordered = [...sources].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, text }) => ({ path, text }));
  const text = JSON.stringify(ordered);
  return { text, digest: digestText(text) };
}

/** The files of a pack as they were kept. */
export const openSources = (stored: unknown): PackSource[] => sourcesShape.parse(stored);

/** When new cases begin to follow a version published now: at once, or at midnight of the day it names. */
export function inForceFrom(pack: Pick<CompiledPack, 'effective'>, now: Instant): Instant {
  const day = pack.effective === undefined ? null : parseDate(pack.effective);
  return day === null ? now : Math.max(now, startOfDay(day, CHINA_OFFSET));
}

/** What stands in the way of using a pack: each way by which somebody would be left without an answer, a person or a date. */
function unprovedRefusal(findings: Examination['findings']): Refusal | undefined {
  const faults = findings.map(({ title, message, way: steps }) => {
    const way =
      steps.length > 0
        ? {
            zh: `（路径：${steps.map(({ zh }) => zh).join(' → ')}）`,
            en: ` (by way of: ${steps.map(({ en }) => en).join(' → ')})`,
          }
        : { zh: '', en: '' };
    return refusal('pack.unproved', {
      zh: `${title.zh}：${message.zh}${way.zh}`,
      en: `${title.en}: ${message.en}${way.en}`,
    });
  });
  const [first, ...also] = faults;
  return first && also.length > 0 ? { ...first, also } : first;
}

/** What is published already was proved then: every start publishes the packs folder again. */
async function alreadyCurrent(
  pool: Pool,
  tenant: string,
  digest: string,
  sources: readonly PackSource[],
): Promise<CompiledPack | undefined> {
  const there = await withTenant(pool, tenant, (client) =>
    client.query('select 1 from huiyin.pack_version where tenant_id = $1 and digest = $2 and current', [
      tenant,
      digest,
    ]),
  );
  if (there.rowCount !== 1) return undefined;
  const known = byDigest.get(digest);
  if (known) return known;
  const read = compilePack(sources);
  if (read.ok) byDigest.set(digest, read.value);
  return read.ok ? read.value : undefined;
}

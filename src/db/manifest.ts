import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { errorCode, Trouble } from './trouble.ts';

const schema = z.strictObject({
  format: z.literal(1),
  /** 'cluster': the embedded server's files; 'dump': pg_dump of a real server. */
  kind: z.enum(['cluster', 'dump']),
  postgres: z.string(),
  takenAt: z.number().int(),
  /** Every change acknowledged before this moment (epoch ms, the database's clock) is in the backup. */
  completeUntil: z.number(),
  purpose: z.enum(['production', 'sandbox']).nullable(),
  files: z.array(z.strictObject({ path: z.string(), size: z.number().int(), sha256: z.string() })),
});

/** What a backup folder holds, file by file. It is written last: without it a folder is not a backup. */
export type Manifest = z.output<typeof schema>;
export type Entry = Manifest['files'][number];

const NAME = 'manifest.json';

/** Reads a backup's manifest. Throws Trouble when the folder holds none. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, NAME);
  if (!existsSync(path))
    throw new Trouble(
      'backup.none',
      `${folder} 不是完整的备份（缺少 ${NAME}）`,
      `${folder} is not a complete backup (${NAME} is missing)`,
    );
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    found = undefined;
  }
  const read = schema.safeParse(found);
  if (read.success) return read.data;
  throw new Trouble(
    'backup.manifest',
    `${path} 无法识别：备份已损坏或来自更新的版本`,
    `${path} cannot be read: the backup is damaged or comes from a newer version`,
  );
}

/** Writes the manifest through to the disk. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const file = await open(join(folder, NAME), 'w', 0o600);
  await file.writeFile(`${JSON.stringify(manifest, null, 1)}\n`);
  await file.sync();
  await file.close();
}

/** Copies one file, digesting on the way. Undefined when it vanished before it was opened. */
export async function copyFile(from: string, to: string, path: string): Promise<Entry | undefined> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const small = await readSmall(from);
  if (small === 'gone') return undefined;
  if (small) {
    await writeFile(to, small, { mode: 0o600 });
    return { path, size: small.length, sha256: createHash('sha256').update(small).digest('hex') };
  }
  const hash = createHash('sha256');
  let size = 0;
  try {
    await pipeline(
      createReadStream(from, { highWaterMark: 1 << 20 }),
      async function* (parts: AsyncIterable<Buffer>) {
        for await (const part of parts) {
          hash.update(part);
          size += part.length;
          yield part;
        }
      },
      createWriteStream(to, { mode: 0o600 }),
    );
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT' && !existsSync(from)) return undefined;
    throw cause;
  }
  return { path, size, sha256: hash.digest('hex') };
}

/** The whole content of a file up to 4 MB, which is nearly all of them; undefined for a larger one. */
async function readSmall(path: string): Promise<Buffer | 'gone' | undefined> {
  try {
    return (await stat(path)).size > 4_194_304 ? undefined : await readFile(path);
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return 'gone';
    throw cause;
  }
}

/** Does `work` for every item, four at a time: a cluster is a thousand small files. */
export async function forEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    [0, 1, 2, 3].map(async () => {
      for (const item of queue) await work(item);
    }),
  );
}

/** Waits until the disk holds everything below `folder`: once for all files, far cheaper than file by file. */
export async function settle(folder: string): Promise<void> {
  await promisify(execFile)('sync', ['-f', folder]);
}

/** Every folder and file below `root`, relative, folders ending in '/'. `skip` leaves out a whole branch. */
export async function walk(root: string, skip: (path: string) => boolean = () => false, under = ''): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(root, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (skip(path)) continue;
    if (entry.isDirectory()) found.push(`${path}/`, ...(await walk(root, skip, path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

/** Copies a backed-up file out again. Throws Trouble when it is missing or not what was saved. */
export async function copyVerified(folder: string, entry: Entry, to: string): Promise<void> {
  const from = join(folder, entry.path);
  const found = (await stat(from).catch(() => undefined)) ? await copyFile(from, to, entry.path) : undefined;
  if (found?.size === entry.size && found.sha256 === entry.sha256) return;
  throw new Trouble(
    'backup.damaged',
    `备份已损坏：${entry.path} 缺失或内容不符`,
    `The backup is damaged: ${entry.path} is missing or not what was saved`,
  );
}

/** True when the folder is absent or holds nothing. */
export const isEmptyFolder = (folder: string): boolean => !existsSync(folder) || readdirSync(folder).length === 0;

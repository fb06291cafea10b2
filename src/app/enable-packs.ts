import type { Logger } from 'pino';
import { Trouble } from '#db/trouble.ts';
import { standingOf } from '#handling/folders.ts';
import type { Handling } from '#handling/index.ts';
import type { Refusal } from '#kernel/refusal.ts';
import type { Text } from '#kernel/text.ts';
import type { PackSource } from '#policy/source.ts';

/** Who stands in the record for what came with the program, and what is said of its review. */
export const SHIPPED = { by: 'huiyin', reviewNote: '随程序提供，首次启用 · shipped with the program, first use' };

/**
 * The packs the administrator chose, for one company: one it never used is put in force as it lies in the folder. From
 * then on a change comes into force only when a person has approved it; a demo takes every new version at once.
 */
export async function enablePacks(
  handling: Pick<Handling, 'packs' | 'publish'>,
  tenant: string,
  sources: Iterable<readonly PackSource[]>,
  { demo, log }: { demo: boolean; log: Logger },
): Promise<void> {
  for (const own of sources) {
    const { state, words } = standingOf(own, await handling.packs.list(tenant));
    if (state === 'unused' || (demo && state !== 'taken')) {
      const published = await handling.publish(tenant, { sources: own, ...SHIPPED });
      if (!published.ok) goOnWithPublished(published.refusal, log);
    } else if (words) tell(log, `pack.folder.${state}`, words);
  }
}

/** A pack for which people are still wanting is not in force yet, and one edited under its old number changes nothing: neither stops anybody's work. */
export function goOnWithPublished({ code, message }: Refusal, log: Logger): void {
  if (code !== 'pack.versionTaken' && code !== 'pack.postsVacant') throw new Trouble(code, message.zh, message.en);
  tell(log, code, message);
}

const tell = (log: Logger, code: string, { zh, en }: Text): void => log.warn({ code, zh, en }, `${zh} / ${en}`);

import type { PackSpec } from '../api/contract.ts';
import type { Say } from '../words/lang.tsx';

/** A post's title, taken from the roles of the packs that it alone fills. */
export function postTitles(packs: readonly PackSpec[], say: Say): Map<string, string> {
  const titles = new Map<string, string>();
  for (const pack of packs)
    for (const role of Object.values(pack.roles)) {
      const [post, ...more] = 'post' in role ? role.post : [];
      if (post !== undefined && more.length === 0 && !titles.has(post)) titles.set(post, say(role.title));
    }
  return titles;
}

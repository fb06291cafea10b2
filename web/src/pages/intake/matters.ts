import type { Text } from '@room/kernel/text.ts';
import type { PackSpec, ProcedureSpec, SessionView } from '../../api/contract.ts';

export interface MatterChoice {
  pack: PackSpec;
  matter: string;
  title: Text;
  procedure: string;
  spec: ProcedureSpec;
}

/** Matters this person may register, those open to the person at the door first. */
export function mattersFor(packs: readonly PackSpec[], me: NonNullable<SessionView['signedIn']>): MatterChoice[] {
  const mine = new Set(me.posts.map((post) => post.code));
  return packs
    .flatMap((pack) =>
      Object.entries(pack.matters).flatMap(([matter, { title, procedure }]): MatterChoice[] => {
        const spec = pack.procedures[procedure];
        return spec?.intake.by.some((role) => holds(pack, role, mine))
          ? [{ pack, matter, title, procedure, spec }]
          : [];
      }),
    )
    .sort((a, b) => Number(a.spec.internal) - Number(b.spec.internal));
}

function holds(pack: PackSpec, role: string, mine: ReadonlySet<string>): boolean {
  const spec = pack.roles[role];
  return spec !== undefined && 'post' in spec && spec.post.some((post) => mine.has(post));
}

/** Channels a clerk can name: not those through which people help themselves. */
export const channelsOf = (pack: PackSpec): [string, Text][] =>
  Object.entries(pack.channels).flatMap(([name, { title, selfService }]) => (selfService ? [] : [[name, title]]));

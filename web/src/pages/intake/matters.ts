import type { Text } from '@room/kernel/text.ts';
import type { PackSpec, ProcedureSpec, SessionView, WireValues } from '../../api/contract.ts';

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

/** Packs among these matters, each once, in the order of their names. */
export const packsOf = (matters: readonly MatterChoice[]): PackSpec[] =>
  [...new Map(matters.map(({ pack }) => [pack.pack, pack])).values()].sort((a, b) => (a.pack < b.pack ? -1 : 1));

// Names that mean the same in every pack; a category belongs to the taxonomy of one.
const SHARED = ['content', 'occurredAt', 'place', 'contactName', 'contactPhone', 'contactEmail', 'complainedOf'];

/** What remains of a half-written form under another procedure. */
export const carriedOver = (values: WireValues): WireValues =>
  Object.fromEntries(Object.entries(values).filter(([name]) => SHARED.includes(name)));

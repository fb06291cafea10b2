import type { CompiledPack } from '#policy/compile.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import type { OwnerDeps } from '../deps.ts';

/** Something a person outside can report, and by which procedure it then goes. */
export interface Offer {
  /** `pack.matter`, as it stands in the form. */
  id: string;
  matter: string;
  title: { zh: string; en: string };
  pack: CompiledPack;
  procedure: ProcedureSpec;
  procedureName: string;
  channel: string;
}

// Names packs use for the code at the door and for the company's own pages, the fitting one first.
const SCANNED = ['doorCode', 'web'];
const TYPED = ['web', 'doorCode'];

/** What the company's present procedures let a person outside report by himself, in the order of the packs. */
export async function offersOf(deps: OwnerDeps, tenant: string, scanned: boolean): Promise<Offer[]> {
  const { packs } = deps.handling;
  const offers: Offer[] = [];
  for (const { pack: name, current } of await packs.list(tenant)) {
    const pack = current ? await packs.current(tenant, name) : undefined;
    const channel = pack && channelOf(pack, scanned);
    if (!pack || channel === undefined) continue;
    for (const [matter, { title, procedure: procedureName }] of Object.entries(pack.matters)) {
      const procedure = pack.procedures[procedureName];
      if (!procedure || procedure.internal || !procedure.intake.by.some((role) => isOwner(pack, role))) continue;
      offers.push({ id: `${name}.${matter}`, matter, title, pack, procedure, procedureName, channel });
    }
  }
  return offers;
}

function channelOf(pack: CompiledPack, scanned: boolean): string | undefined {
  const open = Object.keys(pack.channels).filter((name) => pack.channels[name]?.selfService === true);
  return (scanned ? SCANNED : TYPED).find((name) => open.includes(name)) ?? open[0];
}

/** Whether a role is that of the person who asked. */
export function isOwner(pack: CompiledPack, role: string): boolean {
  const spec = pack.roles[role];
  return spec !== undefined && 'party' in spec && spec.party === 'owner';
}

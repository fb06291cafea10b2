import type { Text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { flatten } from '#policy/language/taxonomy.ts';
import type { ChannelDeps } from '../contract.ts';
import { isOffered, isRequired } from './attributes.ts';

/** One thing that can be requested: a matter of a pack and, where the pack sorts by it, a term of its taxonomy. */
export interface Service {
  code: string;
  pack: CompiledPack;
  matter: string;
  procedure: ProcedureSpec;
  procedureName: string;
  /** The channel of the pack under which such requests are registered. */
  channel: string;
  /** The intake field that the term goes into, and the term's path; null where the request is not sorted. */
  category: { field: string; path: string } | null;
  name: Text;
  group: Text;
  description: Text;
  keywords: readonly string[];
}

// The channel a pack names for this, else the company's own pages: whichever owners may use by themselves.
const CHANNELS = ['open311', 'web', 'doorCode'];

/** Everything that the present procedures of a company let people outside request, in the order of the packs. */
export async function servicesOf(packs: ChannelDeps['handling']['packs'], tenant: string): Promise<Service[]> {
  const services: Service[] = [];
  for (const { pack: name, current } of await packs.list(tenant)) {
    const pack = current ? await packs.current(tenant, name) : undefined;
    if (pack) services.push(...servicesOfPack(pack));
  }
  return services;
}

function servicesOfPack(pack: CompiledPack): Service[] {
  const open = Object.keys(pack.channels).filter((name) => pack.channels[name]?.selfService === true);
  const channel = CHANNELS.find((name) => open.includes(name)) ?? open[0];
  if (channel === undefined) return [];
  return Object.entries(pack.matters).flatMap(([matter, { title, procedure: procedureName }]) => {
    const procedure = pack.procedures[procedureName];
    if (!procedure || !isPublic(pack, procedure)) return [];
    const { fields } = procedure.intake;
    if (Object.values(fields).some((field) => field.required === true && !isOffered(field))) return [];
    const code = `${pack.pack}.${matter}`;
    const common = { pack, matter, procedure, procedureName, channel, group: title };
    const words = (more: Text): Text => ({ zh: `${title.zh}：${more.zh}`, en: `${title.en}: ${more.en}` });
    const [field, spec] = categoryField(fields) ?? [];
    const general: Service = {
      ...common,
      code,
      category: null,
      name: title,
      description: words(procedure.title),
      keywords: [],
    };
    if (field === undefined || !spec) return [general];
    const terms = flatten(pack.taxonomies[String(spec.of)]?.terms ?? []).filter(({ leaf }) => leaf);
    const sorted = terms.map(
      ({ path, term }): Service => ({
        ...common,
        code: `${code}.${path.replaceAll('/', '.')}`,
        category: { field, path },
        name: term.title,
        description: words(term.title),
        keywords: term.words,
      }),
    );
    return isRequired(spec) ? sorted : [general, ...sorted];
  });
}

/** Procedures that name their readers are confidential: not even their existence is told. */
function isPublic(pack: CompiledPack, procedure: ProcedureSpec): boolean {
  const byOwner = procedure.intake.by.some((role) => {
    const spec = pack.roles[role];
    return spec !== undefined && 'party' in spec && spec.party === 'owner';
  });
  return byOwner && !procedure.internal && procedure.readers === undefined;
}

/** The field by which lists sort such cases. */
export const categoryField = (fields: { [name: string]: FieldSpec }): [string, FieldSpec] | undefined =>
  Object.entries(fields).find(([, spec]) => spec.type === 'category' && !spec.personal);

/** The service a registered case counts under; undefined when it is none that people outside may ask about. */
export function serviceOfCase(
  services: readonly Service[],
  { pack, matter, category }: { pack: string; matter: string; category: string | null },
): Service | undefined {
  const own = services.filter((service) => service.pack.pack === pack && service.matter === matter);
  return own.find((service) => (service.category?.path ?? null) === category) ?? own[0];
}

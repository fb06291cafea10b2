import { type CompiledPack, procedureFor } from '#policy/compile.ts';
import { messengers } from '../messengers.ts';
import type { OpenMatter } from './menu.ts';
import type { MessagingDeps } from './receive.ts';

/** Where a procedure takes what comes by message, when it does not name the service itself. */
const INSTEAD = ['app', 'web', 'other'];

type Deps = Pick<MessagingDeps, 'handling'>;
interface Open extends OpenMatter {
  channel: string;
  procedure: string;
}

/** Everything that can be begun by a service: of packs that name it first, else of those that take an app or the web. */
export async function openMatters({ handling }: Deps, tenant: string, kind: string): Promise<Open[]> {
  const packs: CompiledPack[] = [];
  for (const { pack: id, current } of await handling.packs.list(tenant)) {
    const pack = current ? await handling.packs.current(tenant, id) : undefined;
    if (pack) packs.push(pack);
  }
  const messenger = messengers.find((one) => one.kind === kind);
  const wanted = messenger ? [messenger.channel ?? kind, ...INSTEAD] : INSTEAD;
  return wanted.flatMap((channel) =>
    packs
      .filter((pack) => pack.channels[channel]?.selfService === true)
      .flatMap((pack) =>
        Object.entries(pack.matters).flatMap(([matter, { title }]) => {
          const [procedure, spec] = procedureFor(pack, matter) ?? [];
          return procedure === undefined || spec === undefined || spec.internal
            ? []
            : [{ pack, procedure, matter, channel, title }];
        }),
      ),
  );
}

/**
 * What a message begins: the matter he pressed for, else, in the first procedure that takes the service, the one that it
 * begins with by name, else a complaint.
 */
export async function whereTo(
  deps: Deps,
  tenant: string,
  kind: string,
  words: string,
  pressed: string | null,
): Promise<Open | null> {
  const open = await openMatters(deps, tenant, kind);
  const wished = open.find(({ matter }) => matter === pressed);
  if (wished) return wished;
  const [first] = open;
  const here = open.filter(({ pack, channel }) => pack === first?.pack && channel === first.channel);
  const named = here.find(({ title }) => words.startsWith(title.zh));
  return named ?? here.find(({ matter }) => matter === 'complaint') ?? first ?? null;
}

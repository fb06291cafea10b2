import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { type Text, text } from '#kernel/text.ts';
import { messengers } from '../messengers.ts';
import { NoToken } from './answers.ts';
import { callbackPath } from './callback.ts';
import { BASE, connectionOf, saveConnection, settingsOf } from './connections.ts';
import type { Finding, Messenger, Settings } from './messenger.ts';
import { type MessagingDeps, whereTo } from './receive.ts';
import { wireOf } from './wire.ts';

/** One service as it is shown to whoever sets it up. Secrets are not among it, only whether they were entered. */
export interface ConnectionSight {
  kind: string;
  title: Text;
  where: Text;
  settings: {
    name: string;
    title: Text;
    hint: Text;
    secret: boolean;
    required: boolean;
    value: string | null;
    entered: boolean;
  }[];
  active: boolean;
  /** Null until something was saved: before there is no address. */
  callback: string | null;
  changedAt: Instant | null;
  changedBy: string | null;
  heardAt: Instant | null;
}

/** What the page «接入渠道» does. `inner`: whether addresses inside the company's own network may be entered. */
export function openDesk(deps: MessagingDeps, inner: boolean) {
  const sight = async (tenant: string, messenger: Messenger): Promise<ConnectionSight> => {
    const there = await connectionOf(deps, tenant, messenger.kind);
    return {
      kind: messenger.kind,
      title: messenger.title,
      where: messenger.where,
      settings: settingsOf(messenger).map((one) => {
        const secret = one.secret === true;
        const value = there?.settings[one.name] ?? '';
        return {
          name: one.name,
          title: one.title,
          hint: one.hint,
          secret,
          required: one.required === true,
          value: secret ? null : value,
          entered: value !== '',
        };
      }),
      active: there?.active ?? false,
      callback: there ? `${deps.publicUrl ?? ''}${callbackPath(tenant, messenger.kind, there.callbackKey)}` : null,
      changedAt: there?.changedAt ?? null,
      changedBy: there?.changedBy ?? null,
      heardAt: there?.heardAt ?? null,
    };
  };
  const named = (kind: string): Messenger | undefined => messengers.find((one) => one.kind === kind);

  return {
    list: (tenant: string): Promise<ConnectionSight[]> => Promise.all(messengers.map((one) => sight(tenant, one))),

    /** Refuses with channel.unknown, channel.setting (by field) and channel.missing. */
    async save(
      tenant: string,
      kind: string,
      wish: { settings: Settings; active: boolean; by: string },
    ): Promise<Result<ConnectionSight>> {
      const messenger = named(kind);
      if (!messenger) return refuse(unknown);
      const there = (await connectionOf(deps, tenant, kind))?.settings ?? {};
      const faults: Refusal[] = [];
      for (const one of settingsOf(messenger)) {
        const entered = (wish.settings[one.name] ?? '').trim();
        const value = entered || (one.name in wish.settings && !one.secret ? '' : (there[one.name] ?? ''));
        if (value === '' && one.required && wish.active)
          faults.push(fault(one.name, text(`请填${one.title.zh}`, `Enter ${one.title.en}`)));
        else if (entered !== '' && one.pattern?.test(entered) === false)
          faults.push(
            fault(
              one.name,
              text(`${one.title.zh}的样子不对：${one.hint.zh}`, `${one.title.en} does not look right: ${one.hint.en}`),
            ),
          );
      }
      const base = wish.settings.base ?? '';
      if (base !== '' && !reachable(base, inner)) faults.push(fault('base', BASE.hint));
      const strange = Object.keys(wish.settings).find(
        (name) => !settingsOf(messenger).some((one) => one.name === name),
      );
      if (strange !== undefined)
        faults.push(fault(strange, text(`没有“${strange}”这一项`, `There is no “${strange}”`)));
      const [first, ...also] = faults;
      if (first) return refuse({ ...first, ...(also.length > 0 ? { also } : {}) });
      const trimmed = Object.fromEntries(
        Object.entries(wish.settings)
          .map(([name, value]) => [name, value.trim()] as const)
          // A secret left empty stays as it was; anything else can be emptied.
          .filter(
            ([name, value]) => value !== '' || !messenger.settings.some((one) => one.name === name && one.secret),
          ),
      );
      await saveConnection(deps, tenant, messenger, { ...wish, settings: trimmed }, deps.time.now());
      return accept(await sight(tenant, messenger));
    },

    /** Tries what was saved, without writing to anybody. */
    async check(tenant: string, kind: string): Promise<Result<Finding[]>> {
      const connection = await connectionOf(deps, tenant, kind);
      if (!connection) return refuse(unknown);
      const found: Finding[] = [];
      const service = text('对方接口', 'The service');
      try {
        found.push(...(await connection.messenger.check(wireOf(deps, connection, deps.time.now))));
      } catch (cause) {
        if (cause instanceof NoToken) found.push({ what: service, ok: false, said: cause.sent.why.message });
        else {
          const words = cause instanceof Error ? cause.message : String(cause);
          found.push({
            what: service,
            ok: false,
            said: text(
              `连不上（${words}）：请检查服务器能否上外网`,
              `Not reached (${words}): can this server reach the internet?`,
            ),
          });
        }
      }
      const address = text('公网地址', 'Public address');
      const url = deps.publicUrl ?? '';
      found.push(
        url === ''
          ? {
              what: address,
              ok: false,
              said: text(
                '没有设置 HUIYIN_PUBLIC_URL：对方找不到这里，业主也打不开网址',
                'HUIYIN_PUBLIC_URL is not set: nobody finds this server',
              ),
            }
          : { what: address, ok: true, said: text(url, url) },
      );
      const calls = text('对方推送', 'Calls of the service');
      found.push(
        connection.heardAt === null
          ? {
              what: calls,
              ok: false,
              said: text('还没有收到过：请把回调地址填到对方后台并保存', 'None yet: enter the address at the service'),
            }
          : { what: calls, ok: true, said: text('收到过', 'Received') },
      );
      const procedure = text('登记到', 'Registered as');
      const to = await whereTo(deps, tenant, kind, '');
      const title = to?.pack.channels[to.channel]?.title;
      found.push(
        to && title
          ? {
              what: procedure,
              ok: true,
              said: text(`${to.pack.title.zh} · 渠道“${title.zh}”`, `${to.pack.title.en} · channel “${title.en}”`),
            }
          : { what: procedure, ok: false, said: text('没有制度接受这个渠道', 'No procedure takes this way') },
      );
      return accept(found);
    },
  };
}

const unknown = refusal(
  'channel.unknown',
  text('没有这个渠道，或还没有保存设置', 'There is no such way, or nothing was saved yet'),
);
const fault = (field: string, message: Text): Refusal => refusal('channel.setting', message, { field });

function reachable(base: string, inner: boolean): boolean {
  if (!URL.canParse(base)) return false;
  const { protocol } = new URL(base);
  return protocol === 'https:' || (inner && protocol === 'http:');
}

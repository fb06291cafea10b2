import { innerNumber } from '#handling/inner-address.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { type Text, text } from '#kernel/text.ts';
import { messengers } from '../messengers.ts';
import { NoToken, notWell, well } from './answers.ts';
import { callbackPath } from './callback.ts';
import { BASE, connectionOf, saveConnection, settingsOf } from './connections.ts';
import { menuOf } from './menu.ts';
import type { Finding, MenuEntry, Messenger, Setting, Settings } from './messenger.ts';
import type { MessagingDeps } from './receive.ts';
import { said } from './send.ts';
import { openMatters, whereTo } from './where-to.ts';
import { wireOf } from './wire.ts';

/** One service as it is shown to whoever sets it up. Secrets are not among it, only whether they were entered. */
export interface ConnectionSight {
  kind: string;
  title: Text;
  where: Text | null;
  /** Whether people write by it, it carries short messages to any telephone, or it is a group of the staff. */
  sort: 'chat' | 'sms' | 'staff';
  /** Whether the service calls us, we keep a line open to it, or it is only written to. */
  reach: 'call' | 'line' | 'none';
  settings: {
    name: string;
    title: Text;
    hint: Text;
    secret: boolean;
    required: boolean;
    value: string | null;
    entered: boolean;
    choices: readonly { value: string; title: Text }[] | null;
  }[];
  /** The menu that can be put under its conversations, each with the entries below; null where the service takes none. */
  menu: { name: string; entries: string[] }[] | null;
  active: boolean;
  /** Null until something was saved: before there is no address. */
  callback: string | null;
  changedAt: Instant | null;
  changedBy: string | null;
  heardAt: Instant | null;
}

/** What the page «接入渠道» does. */
export function openDesk(deps: MessagingDeps) {
  const sight = async (tenant: string, messenger: Messenger): Promise<ConnectionSight> => {
    const there = await connectionOf(deps, tenant, messenger.kind);
    const reach = reachOf(messenger, there?.settings ?? {});
    return {
      kind: messenger.kind,
      title: messenger.title,
      where: messenger.where ?? null,
      sort: messenger.byTelephone ? 'sms' : messenger.staffGroup ? 'staff' : 'chat',
      reach,
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
          choices: one.choices ?? null,
        };
      }),
      menu: messenger.setMenu
        ? (await menuFor(tenant, messenger.kind)).map((one) => ({
            name: one.name,
            entries: 'entries' in one ? one.entries.map(({ name }) => name) : [],
          }))
        : null,
      active: there?.active ?? false,
      callback:
        there && reach === 'call'
          ? `${deps.publicUrl ?? ''}${callbackPath(tenant, messenger.kind, there.callbackKey)}`
          : null,
      changedAt: there?.changedAt ?? null,
      changedBy: there?.changedBy ?? null,
      heardAt: there?.heardAt ?? null,
    };
  };
  const menuFor = async (tenant: string, kind: string): Promise<MenuEntry[]> =>
    menuOf(await openMatters(deps, tenant, kind), deps.publicUrl !== undefined && deps.publicUrl !== '');
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
        else if (entered !== '' && !fits(one, entered))
          faults.push(
            fault(
              one.name,
              text(`${one.title.zh}的样子不对：${one.hint.zh}`, `${one.title.en} does not look right: ${one.hint.en}`),
            ),
          );
      }
      const base = wish.settings.base ?? '';
      const wrong = base === '' ? undefined : baseFault(base, deps.inner === true);
      if (wrong) faults.push(fault('base', wrong));
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
      const reach = reachOf(connection.messenger, connection.settings);
      if (reach === 'none') return accept(found);
      const calls = text('对方推送', 'Calls of the service');
      const silent =
        reach === 'call'
          ? text('还没有收到过：请把回调地址填到对方后台并保存', 'None yet: enter the address at the service')
          : text(
              '还没有连上：请在对方后台选同样的方式，半分钟后再试',
              'Not connected yet: choose the same at the service, try again in half a minute',
            );
      found.push(
        connection.heardAt === null
          ? { what: calls, ok: false, said: silent }
          : { what: calls, ok: true, said: text('收到过', 'Received') },
      );
      const procedure = text('登记到', 'Registered as');
      const to = await whereTo(deps, tenant, kind, '', null);
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

    /** Puts our menu under the service's conversations, in place of the one there. Refuses with channel.unknown and the service's own reason. */
    async setMenu(tenant: string, kind: string): Promise<Result<Finding>> {
      const connection = await connectionOf(deps, tenant, kind);
      const setMenu = connection?.messenger.setMenu;
      if (!connection || !setMenu) return refuse(unknown);
      const menu = await menuFor(tenant, kind);
      const sent = await said(() => setMenu(wireOf(deps, connection, deps.time.now), menu));
      return accept(
        sent.ok
          ? well(text('菜单', 'Menu'), '已设好，手机上几分钟后看到', 'Set; telephones show it in some minutes')
          : notWell(text('菜单', 'Menu'), sent),
      );
    },
  };
}

const reachOf = ({ hear, listen }: Messenger, { mode }: Settings): ConnectionSight['reach'] =>
  listen && mode === 'stream' ? 'line' : hear ? 'call' : 'none';
const fits = ({ pattern, choices }: Setting, entered: string): boolean =>
  pattern?.test(entered) !== false && (choices?.some(({ value }) => value === entered) ?? true);

const unknown = refusal(
  'channel.unknown',
  text('没有这个渠道，或还没有保存设置', 'There is no such way, or nothing was saved yet'),
);
const fault = (field: string, message: Text): Refusal => refusal('channel.setting', message, { field });

function baseFault(base: string, inner: boolean): Text | undefined {
  const url = URL.canParse(base) ? new URL(base) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return BASE.hint;
  return inner || (url.protocol === 'https:' && !innerNumber(url)) ? undefined : inside;
}
const inside = text(
  '接口地址须以 https:// 开头且不在内网；要经内网代理出去，请管理员先设置 HUIYIN_WEBHOOK_PRIVATE=true',
  'The address must begin with https:// and lie outside; for a proxy inside, HUIYIN_WEBHOOK_PRIVATE=true must be set first',
);

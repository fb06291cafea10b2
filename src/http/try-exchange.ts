import { formatLocal } from '#clock/civil.ts';
import { onDutyAtTelephone } from '#inbox/calls/desk.ts';
import { type Exchange, lastCallsOf } from '#inbox/calls/exchange.ts';
import { type Text, text } from '#kernel/text.ts';
import type { FindingView } from './contract/connection.ts';
import type { HttpDeps } from './deps.ts';

const finding = (what: Text, ok: boolean, said: Text): FindingView => ({ what, ok, said });
const HEARD = text('最近的来电', 'Last call');

/** What is right and wrong about an exchange as it stands now. `only`: it is the company's only one. */
export async function tryExchange(
  deps: HttpDeps,
  tenant: string,
  { id, name, numbers }: Exchange,
  only: boolean,
): Promise<FindingView[]> {
  const now = deps.time.now();
  const desk = { pool: deps.pool, directory: deps.directory, packs: deps.handling.packs };
  const [line, people, { person }, last] = await Promise.all([
    deps.tryLine(name, only),
    onDutyAtTelephone(desk, tenant, now),
    deps.directory.at(tenant, now),
    lastCallsOf(deps.pool, tenant),
  ]);
  const names = [...people].flatMap((one) => person(one)?.name ?? []);
  const heard = last.get(id);
  return [
    line
      ? finding(text('Asterisk（AMI）', 'Asterisk (AMI)'), line.ok, line.said)
      : deps.publicUrl === ''
        ? finding(
            text('推送地址', 'Address for messages'),
            false,
            text(
              '没有设置 HUIYIN_PUBLIC_URL，也没有设置 HUIYIN_ASTERISK_URL：交换机只有与本机同网才送得到',
              'Neither HUIYIN_PUBLIC_URL nor HUIYIN_ASTERISK_URL is set: an exchange elsewhere cannot reach this server',
            ),
          )
        : finding(text('推送地址', 'Address for messages'), true, text(deps.publicUrl, deps.publicUrl)),
    numbers.length > 0
      ? finding(
          text('号码', 'Numbers'),
          true,
          text(numbers.map(({ number }) => number).join('、'), numbers.map(({ number }) => number).join(', ')),
        )
      : finding(
          text('号码', 'Numbers'),
          false,
          line
            ? text('没有登记号码：Asterisk 的来电都不会记下', 'None: no call of the Asterisk is kept')
            : text('没有登记号码：不知道来电是打给哪个小区的', 'None: nobody knows which estate a call is for'),
        ),
    finding(
      text('现在谁看得到来电', 'Who sees calls now'),
      names.length > 0,
      names.length > 0
        ? text(names.join('、'), names.join(', '))
        : text('没有人：请给接电话的人登记分机', 'Nobody: enter who sits at which telephone'),
    ),
    heard === undefined
      ? finding(
          HEARD,
          false,
          text('还没有收到过：请打一个电话进来试试', 'None was ever heard of: make a call to try it'),
        )
      : finding(HEARD, true, text(formatLocal(heard), formatLocal(heard))),
  ];
}

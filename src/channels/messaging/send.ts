import { withTenant } from '#db/pool.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { ChannelDeps } from '../contract.ts';
import { messengers } from '../messengers.ts';
import { NoToken } from './answers.ts';
import { type Connection, type ConnectionStore, connectionOf } from './connections.ts';
import type { Sent } from './messenger.ts';
import { askAgain, beginSending, sentMessage, settleReceipt, settleSending } from './store.ts';
import { wireOf } from './wire.ts';

type Deps = ConnectionStore & Pick<ChannelDeps, 'time'>;

/** A message that the service did not take; `final` when it would say the same again. */
export class NotTaken extends Error {
  readonly final: boolean;
  constructor(final: boolean, why: Refusal) {
    super(`${why.message.zh} · ${why.message.en}`);
    this.final = final;
  }
}

/** Runs an act at a service; a token that is refused is an answer like any other, and so is silence. */
export async function said(act: () => Promise<Sent>): Promise<Sent> {
  try {
    return await act();
  } catch (cause) {
    if (cause instanceof NoToken) return cause.sent;
    const words = cause instanceof Error ? cause.message : String(cause);
    return { ok: false, final: false, why: unreachable(words.slice(0, 300)) };
  }
}

/** Sends one message that waits and writes down what the service said. Throws NotTaken when it was not taken. */
export async function deliver(deps: Deps, tenant: string, id: string): Promise<void> {
  const letter = await beginSending(deps.pool, tenant, id);
  if (!letter) return;
  const connection = await connectionOf(deps, tenant, letter.kind);
  const sent: Sent = connection?.active
    ? await said(() => connection.messenger.send(wireOf(deps, connection, deps.time.now), letter))
    : { ok: false, final: true, why: switchedOff };
  const asks = connection?.messenger.receiptOf !== undefined;
  await settleSending(deps.pool, tenant, id, sent, deps.time.now(), asks);
  if (!sent.ok) throw new NotTaken(sent.final, sent.why);
}

/** Asks the service what became of a message it took, and writes it down; while it does not know yet, later again. */
export async function askReceipt(deps: Deps, tenant: string, id: string, asked: number): Promise<void> {
  const letter = await sentMessage(deps.pool, tenant, id);
  const connection = letter && (await connectionOf(deps, tenant, letter.kind));
  const receiptOf = connection?.messenger.receiptOf;
  if (!letter || !connection || !receiptOf) return;
  const receipt = await receiptOf(wireOf(deps, connection, deps.time.now), letter);
  if (!receipt) return askAgain(deps.pool, tenant, id, asked);
  await withTenant(deps.pool, tenant, (client) => settleReceipt(client, tenant, letter.kind, receipt, deps.time.now()));
}

/** Sends a code to a telephone by the first service that takes it; throws when none does. */
export async function sendCodeTo(deps: Deps, tenant: string, to: string, code: string): Promise<void> {
  let refused: Sent & { ok: false } = { ok: false, final: false, why: noCodes };
  for (const { kind, sendCode } of messengers) {
    const connection = sendCode && (await connectionOf(deps, tenant, kind));
    if (!connection || !sendsCodes(connection)) continue;
    const sent = await said(() => sendCode(wireOf(deps, connection, deps.time.now), to, code));
    if (sent.ok) return;
    refused = sent;
  }
  throw new NotTaken(refused.final, refused.why);
}

/** Whether a connection is in use and set up to send codes. */
export const sendsCodes = ({ active, messenger, settings }: Connection): boolean =>
  active && messenger.sendCode !== undefined && (settings.templateCode ?? '') !== '';

const noCodes = refusal(
  'channel.noCodes',
  text('没有启用能发验证码的短信渠道', 'No service that sends codes is switched on'),
);
const switchedOff = refusal(
  'channel.off',
  text('这个渠道已停用：启用后可重发', 'This way is switched off: switch it on, then send again'),
);
const unreachable = (cause: string): Refusal =>
  refusal(
    'channel.unreachable',
    text(`连不上对方（${cause}）：恢复后会重发`, `The service was not reached (${cause}); it is sent again later`),
  );

import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { messageAddress, sendNotice } from '#channels/messaging/notice.ts';
import { giveUpMessage, type MessagingDeps, takeMessage } from '#channels/messaging/receive.ts';
import { askReceipt, deliver, NotTaken } from '#channels/messaging/send.ts';
import { messengers } from '#channels/messengers.ts';
import { maskInText } from '#directory/mask.ts';
import type { NoticeWay } from './notice-ways.ts';

export { openEnabled } from '#channels/messaging/enabled.ts';
export type { MessagingDeps } from '#channels/messaging/receive.ts';

const taken = z.object({ tenant: z.string(), kind: z.string(), key: z.string() });
const sent = z.object({ tenant: z.string(), id: z.string() });

/** Takes up a message that was kept; what fails to the last is shown to people. */
export function takeMessages(deps: MessagingDeps): Task {
  return async (raw, { job }) => {
    const { tenant, kind, key } = taken.parse(raw);
    try {
      await takeMessage(deps, tenant, kind, key);
    } catch (cause) {
      if (job.attempts < job.max_attempts) throw cause;
      const words = (cause instanceof Error ? cause.message : String(cause)).slice(0, 300);
      await giveUpMessage(deps, tenant, kind, key, words);
    }
  };
}

/** Sends a message that was ordered; what the service refuses for good is not tried again, but shown to people. */
export function sendMessages(deps: MessagingDeps): Task {
  return async (raw) => {
    const { tenant, id } = sent.parse(raw);
    try {
      await deliver(deps, tenant, id);
    } catch (cause) {
      if (!(cause instanceof NotTaken && cause.final)) throw cause;
    }
  };
}

/** Asks a service what became of a message it took. */
export function askReceipts(deps: MessagingDeps): Task {
  return async (raw) => {
    const { tenant, id, asked } = sent.extend({ asked: z.int().default(1) }).parse(raw);
    await askReceipt(deps, tenant, id, asked);
  };
}

/** Every service as a way by which notices leave the house; what staff get stays masked, as on the page. */
export const messageWays = (deps: MessagingDeps): NoticeWay[] =>
  // What costs money for each word comes last.
  messengers
    .toSorted((a, b) => Number(a.byTelephone ?? false) - Number(b.byTelephone ?? false))
    .map(({ kind, channel = kind, byTelephone }) => ({
      id: kind,
      channels: [channel],
      address: (recipient) => messageAddress(deps, kind, recipient),
      masked: (address) => (address.length < 8 ? '****' : `${address.slice(0, 3)}****${address.slice(-4)}`),
      async send({ to, recipient: { tenant, kind: who, phone, state }, told }) {
        const last = told[told.length - 1] ?? told[0];
        // The short form where there is little room; the link goes with the message by itself.
        const said = told.map(({ text, short }) =>
          byTelephone && short ? short.zh.replaceAll('{link}', '').trim() : text.zh,
        );
        const words = said.map((one) => (who === 'owner' ? one : maskInText(one))).join('\n');
        const { caseId, seq, number } = last;
        await sendNotice(deps, kind, { to, who: { tenant, kind: who, phone, state }, caseId, seq, number, words });
      },
      isFinal: (cause) => cause instanceof NotTaken && cause.final,
    }));

import { SECOND } from '#kernel/instant.ts';
import type { Channel, ChannelDeps, RunningChannel } from '../contract.ts';
import { mailCompany } from './mail-sight.ts';
import { watchMailbox } from './mailbox.ts';
import { mailReceiver } from './receive.ts';
import { type EmailSettings, emailSettings, type MailConfig } from './settings.ts';

export { mailSettings } from './settings.ts';

const ASK_AGAIN = 5 * SECOND;

/** Matters that come by e-mail (S1-08). */
export const email: Channel<MailConfig> = {
  id: 'email',
  start(deps, config) {
    const settings = emailSettings(config);
    return settings && startEmailChannel({ ...deps, ...settings });
  },
};

/** Starts to read the mailbox as soon as there is a company to read it for; `pollEvery` in milliseconds. */
export function startEmailChannel(
  deps: ChannelDeps & EmailSettings & { tenant?: string; pollEvery?: number },
): RunningChannel {
  let stopped = false;
  let watching: RunningChannel | undefined;
  let timer: NodeJS.Timeout | undefined;
  const failed = (what: string, cause: unknown): void =>
    deps.onFailure({ where: 'email', what, cause: cause instanceof Error ? cause.message : String(cause) });

  const begin = async (): Promise<void> => {
    try {
      const tenant = deps.tenant ?? (await mailCompany(deps.pool));
      if (stopped) return;
      if (tenant !== null) {
        const take = mailReceiver(deps, tenant, deps.own);
        const receive: typeof take = async (raw) => {
          const arrival = await take(raw);
          // Somebody must look at it, so the log and the metrics say so too.
          if (arrival.became === 'deadLetter')
            deps.onFailure({ where: 'email.deadLetter', what: arrival.why.code, cause: arrival.why.message.en });
          return arrival;
        };
        watching = watchMailbox({ ...deps, tenant, receive, onFailure: (cause) => failed(deps.access.name, cause) });
        return;
      }
    } catch (cause) {
      failed('start', cause);
    }
    if (!stopped) timer = setTimeout(again, ASK_AGAIN).unref();
  };
  const again = (): void => {
    beginning = begin();
  };
  let beginning = begin();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await beginning;
      await watching?.stop();
    },
  };
}

import type { Channel, ChannelDeps, RunningChannel } from './contract.ts';
import { email } from './email/index.ts';
import type { MailConfig } from './email/settings.ts';
import { open311 } from './open311/index.ts';
import { type TelephoneConfig, telephone } from './telephone/index.ts';

/** What the settings of all channels are read from. */
export type ChannelConfig = MailConfig & TelephoneConfig;

/** Every channel that reaches out by itself. A new one is one folder and one name here. */
const channels: readonly Channel<ChannelConfig>[] = [email, open311, telephone];

/** Starts every channel that is set up. Throws Trouble when one is set up by half. */
export function startChannels(deps: ChannelDeps, config: ChannelConfig): RunningChannel {
  const running = channels.flatMap((channel) => channel.start(deps, config) ?? []);
  return {
    async stop() {
      await Promise.all(running.map((channel) => channel.stop()));
    },
  };
}

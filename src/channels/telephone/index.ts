import type { Channel } from '../contract.ts';
import { amiAccess, watchAsterisk } from './ami.ts';
import { tryAsterisk } from './ami-check.ts';

export { registerTelephone } from './routes.ts';

/** What the program's settings say of a telephone exchange that is listened to rather than speaking for itself. */
export interface TelephoneConfig {
  asteriskUrl?: string | undefined;
}

/** Calls of an Asterisk, heard over its manager interface. */
export const telephone: Channel<TelephoneConfig> = {
  id: 'telephone',
  start: (deps, { asteriskUrl }) => (asteriskUrl === undefined ? null : watchAsterisk(deps, amiAccess(asteriskUrl))),
};

/** Tries the line to the Asterisk that stands for an exchange; null when none is listened to. `only`: it is the company's only one. */
export async function tryLine(
  { asteriskUrl }: TelephoneConfig,
  exchange: string,
  only: boolean,
): Promise<Awaited<ReturnType<typeof tryAsterisk>> | null> {
  if (asteriskUrl === undefined) return null;
  const access = amiAccess(asteriskUrl);
  return access.exchange === exchange || (access.exchange === '' && only) ? tryAsterisk(access) : null;
}

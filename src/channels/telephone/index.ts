import type { Channel } from '../contract.ts';
import { amiAccess, watchAsterisk } from './ami.ts';

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

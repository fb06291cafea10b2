import { useSyncExternalStore } from 'react';
import { onTick } from './now.ts';

/** A value read from the clock; the component is drawn again only when the value has changed. */
export function useTicking<T extends string | number | boolean>(read: () => T): T {
  return useSyncExternalStore(onTick, read);
}

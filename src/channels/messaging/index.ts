export { registerCallbacks } from './callback.ts';
export { openCodeWays } from './code-ways.ts';
export { openDesk } from './desk.ts';
export { openKeeper } from './keep.ts';
export { openListeners } from './listeners.ts';

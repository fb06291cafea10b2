import type { Instant } from '@room/kernel/instant.ts';

/** How far the server's time lies ahead of this machine's: clerks' clocks are wrong, and a sandbox's is moved. */
let ahead = 0;
const listeners = new Set<() => void>();

/** The server's present moment. */
export const now = (): Instant => Date.now() + ahead;

/** Takes over the server's time from an answer that carries it. */
export function learnNow(serverNow: Instant): void {
  const next = serverNow - Date.now();
  if (Math.abs(next - ahead) < 400) return;
  ahead = next;
  for (const tell of listeners) tell();
}

/** Calls back each second and whenever the time is moved. One timer serves the whole page. */
export function onTick(tell: () => void): () => void {
  listeners.add(tell);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(tell);
    if (listeners.size === 0 && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Resolves when the process is asked to end: Ctrl-C, SIGTERM, a closed terminal, or its launcher killed by force.
 * A second request ends at once.
 */
export function stopRequest(): { asked: Promise<void>; isAsked(): boolean; ask(): void } {
  let asked = false;
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  const ask = (): void => {
    asked = true;
    resolve();
  };
  let last = 0;
  const onSignal = (): void => {
    // A terminal and npm both pass on one Ctrl-C: only a later one means impatience.
    if (asked && performance.now() - last > 1_000) process.exit(130);
    if (!asked) last = performance.now();
    ask();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  watchLauncher(ask);
  return { asked: promise, isAsked: () => asked, ask };
}

function watchLauncher(ask: () => void): void {
  const launcher = Number(process.env.HUIYIN_PARENT);
  if (!launcher) return;
  setInterval(() => {
    if (process.ppid !== launcher) ask();
  }, 500).unref();
}

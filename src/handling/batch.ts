/** One request waiting for its turn. */
export interface Waiting<Input, Output> {
  input: Input;
  /** Items that share a lane never run at the same time: one case, one key. */
  lanes: readonly string[];
  /** Items of different groups never share a batch: one tenant. */
  group: string;
  resolve(output: Output): void;
  reject(cause: unknown): void;
}

export interface Batcher<Input, Output> {
  run(input: Input, group: string, lanes: readonly string[]): Promise<Output>;
  /** Does something urgent: meanwhile batches begin only one after the other, so that it hardly waits behind them. */
  first<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is waiting or running. */
  idle(): Promise<void>;
}

/**
 * Coalesces requests that arrive while earlier ones are being written: they then share one statement and one flush of
 * the log. A lone request never waits. `work` settles every item itself; when it throws, each item is tried alone.
 * A batch is decided in one go, so `most` also bounds how long a timer or another request waits behind it.
 */
export function openBatcher<Input, Output>(
  work: (items: readonly Waiting<Input, Output>[]) => Promise<void>,
  { most = 8, abreast = 3 }: { most?: number; abreast?: number } = {},
): Batcher<Input, Output> {
  let queue: Waiting<Input, Output>[] = [];
  const busy = new Set<string>();
  let running = 0;
  let urgent = 0;
  let scheduled = false;
  const quiet: (() => void)[] = [];

  const next = (): Waiting<Input, Output>[] => {
    const batch: Waiting<Input, Output>[] = [];
    const rest: Waiting<Input, Output>[] = [];
    const ahead = new Set<string>();
    for (const item of queue) {
      const free =
        batch.length < most &&
        (batch[0] === undefined || batch[0].group === item.group) &&
        !item.lanes.some((lane) => busy.has(lane) || ahead.has(lane));
      // Whoever waits also holds back later requests for the same case: they stay in order.
      for (const lane of item.lanes)
        if (free) busy.add(lane);
        else ahead.add(lane);
      (free ? batch : rest).push(item);
    }
    queue = rest;
    return batch;
  };
  const start = (): void => {
    scheduled = false;
    while (running < (urgent > 0 ? 1 : abreast) && queue.length > 0) {
      const batch = next();
      if (batch.length === 0) break;
      running += 1;
      void carryOut(batch).finally(() => {
        running -= 1;
        for (const item of batch) for (const lane of item.lanes) busy.delete(lane);
        if (queue.length > 0) start();
        else if (running === 0) for (const done of quiet.splice(0)) done();
      });
    }
  };
  const carryOut = async (batch: readonly Waiting<Input, Output>[]): Promise<void> => {
    try {
      await work(batch);
    } catch (cause) {
      if (batch.length === 1) {
        batch[0]?.reject(cause);
        return;
      }
      for (const item of batch) await carryOut([item]);
    }
  };
  return {
    run: (input, group, lanes) =>
      new Promise((resolve, reject) => {
        queue.push({ input, group, lanes: lanes.map((lane) => `${group} ${lane}`), resolve, reject });
        if (scheduled) return;
        scheduled = true;
        // After this turn of the event loop, so that requests read in one go travel together.
        setImmediate(start);
      }),
    async first(work) {
      urgent += 1;
      try {
        return await work();
      } finally {
        urgent -= 1;
        if (urgent === 0) start();
      }
    },
    idle: () => (queue.length === 0 && running === 0 ? Promise.resolve() : new Promise((done) => quiet.push(done))),
  };
}

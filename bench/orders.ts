import { type ChildProcess, fork } from 'node:child_process';
import { getPriority, setPriority } from 'node:os';

/** What the load process is told to do. */
export type Order =
  | { what: 'register'; ms: number; clients: number; rate?: number }
  | { what: 'command'; ms: number; clients: number }
  | { what: 'pages'; paths: string[]; count: number; clients: number };

/** What came of it. Times in milliseconds. */
export interface Outcome {
  done: number;
  perSecond: number;
  took: number[];
  /** Cases registered, as `id seq`. */
  cases: string[];
}

/** The process that sends requests, so that its work never delays the server's or the bench's own. */
export interface Load {
  carryOut(order: Order): Promise<Outcome>;
  stop(): void;
}

const LOWER = 10;

/** Starts it with the key it shows. `aside`: with a lower priority than the program, which real senders take no core from. */
export function startLoad(port: number, key: string, { aside = false } = {}): Load {
  const child: ChildProcess = fork(new URL('./load.ts', import.meta.url), [String(port), key], {
    serialization: 'advanced',
  });
  if (aside && child.pid !== undefined) setPriority(child.pid, getPriority() + LOWER);
  return {
    carryOut: (order) =>
      new Promise((done, fail) => {
        const gone = (): void => fail(new Error('The load process ended'));
        child.once('exit', gone);
        child.once('message', (said) => {
          child.off('exit', gone);
          const outcome = said as Outcome | { fault: string };
          if ('fault' in outcome) fail(new Error(outcome.fault));
          else done(outcome);
        });
        child.send(order);
      }),
    stop: () => child.kill(),
  };
}

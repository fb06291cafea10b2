import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Rows after which what is no longer needed is let go. */
const EVERY = 5_000;

let collect: (() => void) | undefined;

/**
 * Call it with the number of rows after each batch. Left to itself the runtime lets garbage grow as long as the machine
 * has memory: a list of 100,000 rows, of which 1,000 are held at a time, would leave a quarter of a gigabyte behind.
 */
export function sweeper(): (rows: number) => void {
  let since = 0;
  return (rows) => {
    since += rows;
    if (since < EVERY) return;
    since = 0;
    collect ??= prepare();
    collect();
  };
}

function prepare(): () => void {
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('gc');
  return typeof found === 'function' ? () => void found() : () => undefined;
}

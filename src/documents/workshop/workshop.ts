import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isAnswer, type TaskName, type Tasks } from './tasks.ts';

const BENCH = fileURLToPath(new URL('./bench.ts', import.meta.url));

interface Waiting {
  done: (output: unknown) => void;
  fail: (cause: Error) => void;
  timer: NodeJS.Timeout;
}

/** Where papers are set and photos shrunk: a process that starts at the first task and ends when idle. */
export interface Workshop {
  /** Throws when the task fails, takes longer than the limit or its process dies; the next task gets a new process. */
  run<T extends TaskName>(task: T, input: Tasks[T]['input']): Promise<Tasks[T]['output']>;
  /** Process id while it runs. */
  pid(): number | null;
  /** Ends the process; waiting tasks fail. It starts again when it is next needed. */
  close(): Promise<void>;
}

/** Opens a workshop; nothing is started yet. `idleMs` after the last task it is unloaded; one task may take `limitMs`. */
export function openWorkshop({ idleMs = 20_000, limitMs = 60_000 } = {}): Workshop {
  let child: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last = 0;
  const waiting = new Map<number, Waiting>();

  const failAll = (why: string): void => {
    for (const { fail, timer } of waiting.values()) {
      clearTimeout(timer);
      fail(new Error(why));
    }
    waiting.clear();
  };

  const settle = (message: unknown): void => {
    if (!isAnswer(message)) return;
    const task = waiting.get(message.id);
    if (!task) return;
    waiting.delete(message.id);
    clearTimeout(task.timer);
    if ('failed' in message) task.fail(new Error(message.failed));
    else task.done(message.output);
    if (waiting.size === 0) rest();
  };

  // An idle workshop must not keep a finished command from ending.
  const rest = (): void => {
    clearTimeout(idle);
    idle = setTimeout(() => void stop(), idleMs);
    idle.unref();
    child?.unref();
    child?.channel?.unref();
  };

  const started = (): ChildProcess => {
    clearTimeout(idle);
    if (child) {
      child.ref();
      child.channel?.ref();
      return child;
    }
    const mine = fork(BENCH, [], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    mine.on('message', settle);
    const over = (why: string): void => {
      if (child !== mine) return;
      child = null;
      failAll(why);
    };
    mine.on('exit', (code, signal) => over(`the workshop ended unexpectedly (${signal ?? code})`));
    mine.on('error', (cause) => over(`the workshop failed: ${cause.message}`));
    child = mine;
    return mine;
  };

  const stop = async (): Promise<void> => {
    clearTimeout(idle);
    const mine = child;
    child = null;
    failAll('the workshop was closed');
    if (!mine || mine.exitCode !== null || mine.signalCode !== null) return;
    mine.ref();
    const gone = new Promise((done) => mine.once('exit', done));
    mine.kill('SIGKILL');
    await gone;
  };

  const once = <T extends TaskName>(task: T, input: Tasks[T]['input']): Promise<Tasks[T]['output']> =>
    new Promise((done, fail) => {
      const mine = started();
      last += 1;
      const id = last;
      const timer = setTimeout(() => {
        failAll(`the task ${task} took longer than ${limitMs} ms`);
        void stop();
      }, limitMs);
      // The bench answers a task with that task's own output.
      waiting.set(id, { done: (output) => done(output as Tasks[T]['output']), fail, timer });
      mine.send({ id, task, input }, (cause) => {
        if (cause) settle({ id, failed: cause.message });
      });
    });

  let queue: Promise<unknown> = Promise.resolve();
  let closings = 0;
  return {
    pid: () => child?.pid ?? null,
    close: () => {
      closings += 1;
      return stop();
    },
    // One after another, so that the limit measures a task and not the queue before it.
    run: (task, input) => {
      const asked = closings;
      const turn = queue.then(() => {
        if (asked !== closings) throw new Error('the workshop was closed');
        return once(task, input);
      });
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** The program's one workshop. */
export const workshop: Workshop = openWorkshop();

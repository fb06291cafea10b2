import type { Text } from '#kernel/text.ts';

/** One thing that would leave somebody without an answer, a person or a date, with the shortest way there. */
export interface Finding {
  law: string;
  procedure: string;
  /** The state, step, clock or role at fault. */
  at: string;
  message: Text;
  /** Steps that lead there, in order, from the registration on. */
  trace: string[];
  /** The same steps by their titles. */
  way: Text[];
}

import type { Text } from '#kernel/text.ts';
import type { Config, Flags } from './config.ts';

/** What a command is called with. */
export interface Call {
  config: Config;
  /** The words after the command's name. */
  words: string[];
  flags: Record<string, string | boolean | undefined>;
  /** Prints a line to the person at the terminal, in their language. */
  say(line: Text): void;
}

/** One command of `huiyin`: a file in commands/ that exports `command`, and one line in cli.ts. */
export interface Command {
  doc: Text;
  /** The words it expects, e.g. `<folder>`. */
  usage: string;
  flags?: Flags;
  /** Answers the exit code. Throws Trouble for what the operator must put right. */
  run(call: Call): Promise<number>;
}

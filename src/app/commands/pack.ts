import { Trouble } from '#db/trouble.ts';
import { text } from '#kernel/text.ts';
import type { Call, Command } from '../command.ts';
import { check } from './pack/check.ts';
import { comparePacks, coverPack, drawPack, explainPack, printSchema } from './pack/tell.ts';

/** What can be done with a written procedure: one line each. */
const VERBS: { [verb: string]: (call: Call, words: readonly string[]) => Promise<number> } = {
  check,
  explain: explainPack,
  coverage: coverPack,
  diff: comparePacks,
  graph: drawPack,
  schema: printSchema,
};

/** `huiyin pack …`: prove it, read it, hold it against the text, compare versions, draw it. */
export const command: Command = {
  doc: text('制度包：检查、说明、覆盖、比较、流程图', 'Packs: check, explain, coverage, diff, graph'),
  usage: 'check|explain|coverage|diff|graph|schema <folder> …',
  flags: { json: { type: 'boolean' } },
  run: (call) => {
    const [verb = '', ...words] = call.words;
    const work = VERBS[verb];
    if (!work)
      throw new Trouble(
        'pack.usage',
        '用法：huiyin pack check|explain|coverage <目录>；diff <旧> <新>；graph <目录> <流程> [文件]；schema [pack|procedure]',
        'Usage: huiyin pack check|explain|coverage <folder>; diff <old> <new>; graph <folder> <procedure> [file]; schema [pack|procedure]',
      );
    return work(call, words);
  },
};

import { Trouble } from '#db/trouble.ts';
import { text } from '#kernel/text.ts';
import type { Call, Command } from '../command.ts';
import { check } from './pack/check.ts';
import { writeReference } from './pack/docs.ts';
import { submit, versions } from './pack/submit.ts';
import { comparePacks, coverPack, drawPack, explainPack, printSchema } from './pack/tell.ts';

/** What can be done with a written procedure: one line each. */
const VERBS: { [verb: string]: (call: Call, words: readonly string[]) => Promise<number> } = {
  check,
  explain: explainPack,
  coverage: coverPack,
  diff: comparePacks,
  graph: drawPack,
  schema: printSchema,
  docs: writeReference,
  submit,
  versions,
};

/** `huiyin pack …`: prove it, read it, hold it against the text, compare versions, draw it. */
export const command: Command = {
  doc: text(
    '制度包：检查、说明、覆盖、比较、流程图、提交复核',
    'Packs: check, explain, coverage, diff, graph, hand in',
  ),
  usage: 'check|explain|coverage|diff|graph|schema|submit|versions <folder> …',
  flags: {
    json: { type: 'boolean' },
    posts: { type: 'string' },
    author: { type: 'string' },
    note: { type: 'string' },
    tenant: { type: 'string' },
  },
  run: (call) => {
    const [verb = '', ...words] = call.words;
    const work = VERBS[verb];
    if (!work)
      throw new Trouble(
        'pack.usage',
        '用法：huiyin pack check <目录> [--posts 有人的岗位,…]；explain|coverage <目录>；diff <旧> <新>；graph <目录> <流程> [文件]；schema [pack|procedure]; docs；submit <目录> --author <用户名> [--note]；versions',
        'Usage: huiyin pack check <folder> [--posts those,held]; explain|coverage <folder>; diff <old> <new>; graph <folder> <procedure> [file]; schema [pack|procedure]; docs; submit <folder> --author <username> [--note]; versions',
      );
    return work(call, words);
  },
};

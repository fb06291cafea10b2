import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '#kernel/text.ts';
import { languageReference } from '#policy/tell/reference.ts';
import { withReference } from '#policy/tell/reference-page.ts';
import type { Call } from '../../command.ts';
import { HOME } from '../../config.ts';

const PAGE = 'docs/packs.md';

/** `huiyin pack docs` writes the reference of the pack language into its page. */
export function writeReference(call: Call): Promise<number> {
  const file = join(HOME, PAGE);
  const page = readFileSync(file, 'utf8');
  const made = withReference(page);
  if (made !== page) writeFileSync(file, made);
  call.say(made === page ? text(`${PAGE} 已是最新`, `${PAGE} is up to date`) : text(`已写入 ${PAGE}`, `Wrote ${PAGE}`));
  return Promise.resolve(0);
}

/** What is wrong with the page: keys that nobody has explained where they stand, or a reference older than the language. */
export function faultsOfReference(): string[] {
  const page = readFileSync(join(HOME, PAGE), 'utf8');
  return [
    ...languageReference().unsaid.map((key) => `${key}: say what it means, by .describe() beside it in the schema`),
    ...(withReference(page) === page ? [] : [`${PAGE} is not up to date; run npm run huiyin -- pack docs`]),
  ];
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintConfig } from './lint.ts';
import { withTable } from './page.ts';

/** The files that are made from the table of rooms: path and the text they must have. */
function generatedFiles(root: string): { path: string; text: string }[] {
  return [
    { path: 'biome.rooms.json', text: lintConfig() },
    { path: 'docs/rooms.md', text: withTable(readText(root, 'docs/rooms.md')) },
  ];
}

/** Those of them that say something else today. */
export const staleFiles = (root: string): { path: string; text: string }[] =>
  generatedFiles(root).filter(({ path, text }) => readText(root, path) !== text);

function readText(root: string, path: string): string {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

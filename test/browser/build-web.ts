import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the staff application from what lies in the folder now, so that no story runs on yesterday's pages. */
export default async function buildWeb(): Promise<void> {
  await build({ root: fileURLToPath(new URL('../../web', import.meta.url)), logLevel: 'warn' });
}

import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const squeeze = promisify(brotliCompress);
const TEXT = /\.(js|css|html|svg|json|webmanifest)$/;

/** Writes a `.br` beside every text asset, so that the server never compresses the same bytes twice. */
export function precompress() {
  let folder = 'dist';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      for (const file of await readdir(folder, { recursive: true })) {
        const path = join(folder, file);
        if (!TEXT.test(file) || !(await stat(path)).isFile()) continue;
        const bytes = await readFile(path);
        await writeFile(`${path}.br`, await squeeze(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
      }
    },
  };
}

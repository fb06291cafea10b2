import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildDossier } from '#documents/dossier/build.ts';
import { fingerprintOf } from '#documents/dossier/check-seal.ts';
import { readConfig } from '../config.ts';
import { command } from './dossier.ts';

const folder = mkdtempSync(join(tmpdir(), 'huiyin-dossier-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { privateKey, publicKey } = generateKeyPairSync('ed25519');

async function run(...args: string[]): Promise<{ code: number; said: string }> {
  const { config, words, flags } = readConfig(args, {}, command.flags);
  const said: string[] = [];
  const code = await command.run({ config, words, flags, say: (line) => said.push(line.zh) });
  return { code, said: said.join('\n') };
}

test('the operator verifies a dossier file, and learns when it was changed', async () => {
  const bytes = await buildDossier('c-1', {
    subject: async () => ({ tenant: 'home', number: 'TS-9', pack: 'S1', packVersion: '1.0.0' }),
    journal: async () => [],
    anchors: async () => ({ publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(), anchors: [] }),
    documents: async () => [],
    attachments: async () => [
      { id: 'a', name: '说明.txt', type: 'text/plain', sha256: '', bytes: Buffer.from('漏水三天') },
    ],
    sign: async (index) => ({ signature: sign(null, index, privateKey), publicKey }),
    now: () => 0,
  });
  const file = join(folder, 'TS-9.zip');
  writeFileSync(file, bytes);
  const good = await run('verify', file, '--key', fingerprintOf(publicKey));
  expect(good).toMatchObject({ code: 0, said: expect.stringContaining('✓ TS-9 完好') });
  const at = Buffer.from(bytes).indexOf('漏水三天');
  const forged = Buffer.from(bytes);
  forged[at] = 0x30;
  writeFileSync(file, forged);
  const bad = await run('verify', file);
  expect(bad.code).toBe(1);
  expect(bad.said).toContain('✗ attachments/01-说明.txt: 内容被改动');
});

test('a wrong call or a missing file is said in one line', async () => {
  await expect(run('verify')).rejects.toMatchObject({ code: 'dossier.usage' });
  await expect(run('open', 'x.zip')).rejects.toMatchObject({ code: 'dossier.usage' });
  await expect(run('verify', join(folder, 'none.zip'))).rejects.toMatchObject({ code: 'dossier.file' });
});

import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('without any setting the program serves this machine only, on port 8137, in Chinese, for real use', () => {
  const { config } = readConfig([], {});
  expect(config).toMatchObject({ port: 8137, host: '127.0.0.1', sandbox: false, role: 'all', lang: 'zh' });
  expect(config.data).toMatch(/\/data$/);
  expect(config.databaseUrl).toBeUndefined();
});

test('a flag wins over the environment, and an empty variable counts as not set', () => {
  const env = { HUIYIN_PORT: '9000', HUIYIN_HOST: '', HUIYIN_SANDBOX: '1' };
  expect(readConfig([], env).config).toMatchObject({ port: 9000, host: '127.0.0.1', sandbox: true });
  expect(readConfig(['--port', '9001'], env).config.port).toBe(9001);
});

test('a wrong setting is named together with where it came from', () => {
  expect(() => readConfig(['--port', 'many'], {})).toThrow(/--port many is not valid/);
  expect(() => readConfig([], { HUIYIN_ROLE: 'boss' })).toThrow(/HUIYIN_ROLE boss is not valid/);
  expect(() => readConfig(['--prot', '1'], {})).toThrow(/--prot/);
});

test('a wrong connection string is refused without repeating its password', () => {
  const read = (): unknown => readConfig([], { DATABASE_URL: 'mysql://me:hunter2@host/db' });
  expect(read).toThrow(/DATABASE_URL is not valid/);
  expect(read).not.toThrow(/hunter2/);
});

test('a command has words and flags of its own', () => {
  const { words, flags } = readConfig(['/backups/monday', '--quick'], {}, { quick: { type: 'boolean' } });
  expect(words).toEqual(['/backups/monday']);
  expect(flags).toEqual({ quick: true });
});

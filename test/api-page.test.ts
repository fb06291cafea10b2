import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { newSecret, saySecret, signedHeaders } from '#subscriptions/signature.ts';
import { site } from './http/support.ts';

const demo = site();
const hasCurl = spawnSync('curl', ['--version']).status === 0;

test.skipIf(!hasCurl)('every request on the page about the API does what the page says', async () => {
  const page = await readFile(join(import.meta.dirname, '../docs/api.md'), 'utf8');
  const requests = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
    block?.includes('curl') ? [block] : [],
  );
  const { url } = demo();
  const program = await demo().machine('caseOfficer');
  const administrator = await demo().machine('administrator', ['read', 'write', 'admin']);
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-api-'));
  // A refusal ends the script. The stream of events never ends by itself: curl's time limit (28) is its way out.
  await writeFile(join(folder, '.curlrc'), 'fail-with-body\nmax-time = 10\n');
  await writeFile(
    join(folder, 'photo.jpg'),
    await sharp({ create: { width: 8, height: 8, channels: 3, background: 'green' } })
      .jpeg()
      .toBuffer(),
  );
  const script = requests
    .map((block) => (block.includes('/events') ? `timeout 2 ${block.trim()} || test $? -eq 124` : block.trim()))
    .join('\necho; echo ---\n');
  const env = {
    ...process.env,
    CURL_HOME: folder,
    API: `${url}/api/v1`,
    AUTH: `Authorization: ${program.headers.authorization}`,
    JSON: 'Content-Type: application/json',
    KEY: program.headers.authorization?.replace('Bearer ', ''),
    ADMIN: administrator.headers.authorization?.replace('Bearer ', ''),
    OPEN311: `${url}/open311/v2`,
  };
  const ran = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder, env });
  const answers = ran.stdout.split('\n---\n');
  await rm(folder, { recursive: true });
  expect(answers).toHaveLength(18);
  const [registered, allowed, taken, journal, worklist, file, owner, events, clock, ...more] = answers;
  expect(registered).toContain('"state":"registered"');
  expect(allowed).toContain('"step":"contact"');
  expect(taken).toContain('"state":"contacted"');
  expect(journal).toContain('"type":"stepTaken"');
  expect(worklist).toContain('"items":[{');
  expect(file).toContain('"type":"image/jpeg"');
  expect(owner).toMatch(/"url":".*\/o\/c\/demo\./);
  expect(events).toContain('retry:');
  expect(clock).toContain('"fired":');
  const [alike, joined, outages, feed, subscribed, deliveries, services, requested, request] = more;
  expect(alike).toContain('"items":[{');
  expect(joined).toContain('"relation":"joinedTo"');
  expect(outages).toContain('"items":[]');
  expect(feed).toContain('"type":"stepTaken"');
  expect(subscribed).toContain('"secret":"whsec_');
  expect(deliveries).toContain('"items":[]');
  expect(services).toContain('"service_code":"S1.complaint.facility.lighting"');
  expect(requested).toContain('"service_request_id":"TS');
  expect(request).toContain('<status>open</status>');
});

test('whoever checks a signature as the page says believes us, and nobody who changed the words', async () => {
  const page = await readFile(join(import.meta.dirname, '../docs/api.md'), 'utf8');
  const code = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const shown: { isOurs(headers: object, body: string, secret: string, now?: number): boolean } = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  );
  const [secret, former] = [newSecret(), newSecret()];
  const now = Date.now();
  const headers = signedHeaders('msg_1', now, '{"type":"caseClosed"}', [secret, former]);
  for (const each of [secret, former])
    expect(shown.isOurs(headers, '{"type":"caseClosed"}', saySecret(each), now)).toBe(true);
  expect(shown.isOurs(headers, '{"type":"caseReopened"}', saySecret(secret), now)).toBe(false);
  expect(shown.isOurs(headers, '{"type":"caseClosed"}', saySecret(secret), now + 600_000)).toBe(false);
  expect(shown.isOurs(headers, '{"type":"caseClosed"}', saySecret(newSecret()), now)).toBe(false);
});

// Long because every way of tampering is one short test over the same dossier.
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { CaseEvent } from '#case/event.ts';
import { anchorDigest, leafOf } from '#journal/anchor.ts';
import { digestText, GENESIS, seal } from '#journal/chain.ts';
import { merkleRoot } from '#journal/merkle.ts';
import { buildDossier } from './build.ts';
import { fingerprintOf } from './check-seal.ts';
import { ANCHORS, type DossierAnchor, type DossierRow, INDEX, JOURNAL, SEAL } from './format.ts';
import { merklePath, rootOf } from './merkle-path.ts';
import type { DossierSource } from './source.ts';
import { verifyDossier } from './verify.ts';
import { type Members, pack, unpack } from './zip.ts';

const AT = Date.UTC(2026, 0, 7, 9);
const CASE = randomUUID();
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const DIGEST = digestText('the form');
const clerk = { kind: 'staff', personId: '7', name: '前台小李' } as const;

const events: CaseEvent[] = [
  {
    type: 'noteAdded',
    at: AT,
    actor: clerk,
    data: { text: '业主来电𠮷😀 "引号" \\ 反斜杠', correctionOf: null, visible: true },
  },
  {
    type: 'documentIssued',
    at: AT + 1,
    actor: clerk,
    data: {
      form: 'register',
      number: 'TS-1/1',
      title: { zh: '投诉登记表', en: 'Register form' },
      digest: DIGEST,
      clause: '三.4.2',
    },
    personal: { sections: [] },
  },
  { type: 'caseClosed', at: AT + 2, actor: clerk, data: { outcome: 'satisfied', clause: '三.4.2' } },
];

function journal(): DossierRow[] {
  return seal('home', CASE, 0, GENESIS, events).map((entry, i) => ({
    seq: entry.seq,
    position: i + 10,
    type: entry.type,
    at: entry.at,
    actor: entry.actor,
    data: entry.data,
    personal: entry.personal,
    salt: entry.salt.toString('hex'),
    personalSalt: entry.personalSalt?.toString('hex') ?? null,
    dataDigest: entry.dataDigest.toString('hex'),
    personalDigest: entry.personalDigest?.toString('hex') ?? null,
    prevHash: entry.prevHash.toString('hex'),
    hash: entry.hash.toString('hex'),
  }));
}

const rows = journal();

/** An anchor over seven cases, of which ours is the last. */
function anchor(): DossierAnchor {
  const last = rows.at(-1);
  if (!last) throw new Error('no rows');
  const leaves = Array.from({ length: 6 }, (_, i) => `other|${i}|1|${digestText(`${i}`)}`);
  leaves.push(
    leafOf({ tenant_id: 'home', case_id: CASE, seq: last.seq, hash: Buffer.from(last.hash, 'hex'), entries: 3 }),
  );
  const keyId = fingerprintOf(publicKey).slice(0, 16);
  const bare = {
    number: 4,
    at: AT + 9,
    fromXid: 700,
    toXid: 800,
    cases: 7,
    entries: 9,
    root: merkleRoot(leaves),
    previous: Buffer.alloc(32, 7),
    keyId,
  };
  const digest = anchorDigest(bare);
  const hex = (bytes: Buffer) => bytes.toString('hex');
  return {
    ...bare,
    root: hex(bare.root),
    previous: hex(bare.previous),
    digest: hex(digest),
    signature: hex(sign(null, digest, privateKey)),
    head: { seq: last.seq, hash: last.hash },
    path: merklePath(leaves, 6),
  };
}
const source: DossierSource = {
  subject: async () => ({ tenant: 'home', number: 'TS-1', pack: 'S1', packVersion: '1.0.0' }),
  journal: async () => rows,
  anchors: async () => ({
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    anchors: [anchor()],
  }),
  documents: async () => [
    {
      form: 'register',
      number: 'TS-1/1',
      title: { zh: '投诉登记表', en: 'Register form' },
      digest: DIGEST,
      pdf: Buffer.from('%PDF-1.7 a form'),
    },
  ],
  attachments: async () => [
    { id: 'a', name: '现场.jpg', type: 'image/jpeg', sha256: digestText('photo'), bytes: Buffer.from('photo') },
  ],
  sign: async (bytes) => ({ signature: sign(null, bytes, privateKey), publicKey }),
  now: () => AT + 3,
};

let whole: Uint8Array;
let members: Members;
beforeAll(async () => {
  whole = await buildDossier(CASE, source);
  members = unpack(whole) ?? new Map();
});
const changed = (path: string, bytes: Uint8Array | null): Uint8Array => {
  const copy = new Map(members);
  if (bytes) copy.set(path, bytes);
  else copy.delete(path);
  return pack(copy);
};
const broken = (bytes: Uint8Array) => verifyDossier(bytes).findings.filter(({ severity }) => severity === 'broken');

test('a sealed dossier holds everything and is sound', () => {
  expect([...members.keys()].sort()).toEqual(
    [
      'VERIFY.md',
      'anchors.json',
      'attachments/01-现场.jpg',
      'documents/01-投诉登记表-TS-1-1.pdf',
      'index.json',
      'index.sig.json',
      'journal.jsonl',
      '核验说明.md',
    ].sort(),
  );
  expect(verifyDossier(whole, fingerprintOf(publicKey))).toMatchObject({
    sound: true,
    number: 'TS-1',
    checked: { entries: 3, anchors: 1 },
    findings: [],
  });
});

test('the same case gives the same dossier to the byte', async () => {
  expect(Buffer.compare(await buildDossier(CASE, source), whole)).toBe(0);
});

test('without a known key the reader is asked to compare its fingerprint; with another key it fails', () => {
  expect(verifyDossier(whole)).toMatchObject({
    sound: true,
    findings: [{ code: 'seal.compare', message: { zh: expect.stringContaining(fingerprintOf(publicKey)) } }],
  });
  expect(verifyDossier(whole, 'ab'.repeat(32))).toMatchObject({ sound: false, findings: [{ code: 'seal.stranger' }] });
});

test('any byte of any member changed, added or cut is found and the file is named', () => {
  for (const [path, bytes] of members) {
    for (let at = 0; at < bytes.length; at += 1 + Math.floor(bytes.length / 150)) {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      const named = broken(changed(path, copy)).map(({ member }) => member.split(':')[0]);
      // The signature and what it signs stand for each other: either may be the changed one, and both are named.
      expect(
        path === SEAL ? [SEAL, INDEX].some((one) => named.includes(one)) : named.includes(path),
        `${path} byte ${at}`,
      ).toBe(true);
    }
    for (const other of [Buffer.concat([bytes, Buffer.from(' ')]), bytes.subarray(0, -1)])
      expect(
        broken(changed(path, other)).some(({ member }) => member.startsWith(path)),
        `${path} longer or shorter`,
      ).toBe(true);
    expect(
      broken(changed(path, null)).some(({ member }) => member === path),
      `${path} removed`,
    ).toBe(true);
  }
  expect(broken(changed('documents/extra.pdf', Buffer.from('x')))).toMatchObject([
    { code: 'member.stranger', member: 'documents/extra.pdf' },
  ]);
});

test('any byte of the archive file changed, its own bookkeeping included, is found and never makes the check fail', () => {
  for (let at = 0; at < whole.length; at += 1 + Math.floor(whole.length / 700)) {
    const copy = Buffer.from(whole);
    copy[at] = (copy[at] ?? 0) ^ 0x40;
    const report = verifyDossier(copy, fingerprintOf(publicKey));
    expect(report.findings.length, `byte ${at}`).toBeGreaterThan(0);
    if (report.sound) expect(report.findings[0]?.code).toBe('archive.repacked');
  }
});

test('an entry removed, doubled, moved or rewritten is named even when the index is made to fit and sealed anew', async () => {
  const forge = async (made: DossierRow[]) =>
    broken(await buildDossier(CASE, { ...source, journal: async () => made }));
  const [first, second, third] = rows;
  if (!first || !second || !third) throw new Error('three rows');
  expect((await forge([first, third]))[0]).toMatchObject({ code: 'journal.order', member: `${JOURNAL}:2` });
  expect((await forge([first, second, second, third]))[0]).toMatchObject({
    code: 'journal.order',
    member: `${JOURNAL}:3`,
  });
  expect((await forge([second, first, third]))[0]).toMatchObject({ member: `${JOURNAL}:1` });
  expect(await forge([first, { ...second, data: second.data.replace('TS-1/1', 'TS-1/2') }, third])).toContainEqual(
    expect.objectContaining({ code: 'journal.data', member: `${JOURNAL}:2` }),
  );
  for (const altered of [{ at: second.at + 1 }, { actor: second.actor.replace('小李', '小王') }, { type: 'noteAdded' }])
    expect(await forge([first, { ...second, ...altered }, third])).toContainEqual(
      expect.objectContaining({ code: 'journal.hash', member: `${JOURNAL}:2` }),
    );
  expect(await forge([first, { ...second, personal: '{}' }, third])).toContainEqual(
    expect.objectContaining({ code: 'journal.personal', member: `${JOURNAL}:2` }),
  );
});

test('an anchor that was altered, or that never covered this case, is named even under a fresh seal', async () => {
  const forge = async (altered: Partial<DossierAnchor>) =>
    broken(
      await buildDossier(CASE, {
        ...source,
        anchors: async (id) => ({ ...(await source.anchors(id)), anchors: [{ ...anchor(), ...altered }] }),
      }),
    ).map(({ code }) => code);
  expect(await forge({ at: AT })).toEqual(['anchor.changed']);
  expect(await forge({ root: digestText('x') })).toEqual(['anchor.changed', 'anchor.proof']);
  expect(await forge({ signature: 'ab'.repeat(64) })).toEqual(['anchor.signature']);
  expect(await forge({ path: [] })).toEqual(['anchor.proof']);
  expect(await forge({ head: { seq: 2, hash: digestText('x') } })).toEqual(['anchor.contradiction', 'anchor.proof']);
  expect(broken(changed(ANCHORS, Buffer.from('[]')))[0]).toMatchObject({ member: ANCHORS });
});

test('the way from any leaf leads to the root of all', () => {
  for (let n = 1; n <= 17; n++) {
    const leaves = Array.from({ length: n }, (_, i) => `leaf ${i}`);
    for (let i = 0; i < n; i++) expect(rootOf(`leaf ${i}`, merklePath(leaves, i))).toEqual(merkleRoot(leaves));
  }
});

test('personal content that was lawfully erased leaves the chain whole, and is noted', async () => {
  const erased = rows.map((row) => ({ ...row, personal: null, personalSalt: null }));
  const report = verifyDossier(
    await buildDossier(CASE, { ...source, journal: async () => erased }),
    fingerprintOf(publicKey),
  );
  expect(report).toMatchObject({
    sound: true,
    findings: [{ severity: 'note', code: 'journal.erased', member: `${JOURNAL}:2` }],
  });
});

test('a form that the journal never issued is named', async () => {
  const strange = {
    form: 'register',
    number: 'TS-1/1',
    title: { zh: '表', en: 'Form' },
    digest: digestText('another'),
    pdf: Buffer.from('%PDF'),
  };
  expect(broken(await buildDossier(CASE, { ...source, documents: async () => [strange] }))).toMatchObject([
    { code: 'document.unknown' },
  ]);
});

test('what is no archive, half an archive, or an archive with a hidden file is said to be so', () => {
  expect(broken(Buffer.from('no zip at all'))).toMatchObject([{ code: 'archive.unreadable' }]);
  expect(broken(whole.subarray(0, whole.length / 2))).toMatchObject([{ code: 'archive.unreadable' }]);
  expect(broken(pack(new Map()))[0]).toMatchObject({ code: 'member.missing', member: INDEX });
  const twice = pack(new Map([...members, ['jndex.json', Buffer.from('{}')]]));
  const hidden = Buffer.from(Buffer.from(twice).toString('latin1').replaceAll('jndex.json', 'index.json'), 'latin1');
  expect(broken(hidden).length).toBeGreaterThan(0);
});

const tools = ['/usr/bin/python3', '/usr/bin/openssl'];
test.skipIf(!tools.every((tool) => existsSync(tool)))('the commands in the guide work with public tools', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-dossier-'));
  try {
    for (const [path, bytes] of members) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const guide = Buffer.from(members.get('VERIFY.md') ?? []).toString();
    const script = /```python\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    const run = (tool: string, args: string[]) => execFileSync(tool, args, { cwd: folder, encoding: 'utf8' });
    expect(run('/usr/bin/python3', ['-c', script])).toBe('3 entries, chain whole\n');
    const read = JSON.parse(Buffer.from(members.get(SEAL) ?? []).toString());
    writeFileSync(join(folder, 'key.pem'), read.publicKeyPem);
    writeFileSync(join(folder, 'index.sig'), Buffer.from(read.signature, 'hex'));
    const openssl = /openssl (pkeyutl .*)/.exec(guide)?.[1]?.split(' ') ?? [];
    expect(run('/usr/bin/openssl', openssl)).toContain('Verified Successfully');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

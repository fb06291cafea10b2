import { checkAnchors } from './check-anchors.ts';
import { checkChain, readRows } from './check-journal.ts';
import { checkSeal } from './check-seal.ts';
import { sha256 } from './digest.ts';
import { type DossierReport, Findings } from './findings.ts';
import { type DossierIndex, type DossierRow, INDEX, JOURNAL, SEAL } from './format.ts';
import { type Members, memberCount, pack, unpack } from './zip.ts';

/**
 * Verifies a dossier without any database or network: seal, every member, the journal's chain, the anchors, and that the
 * printed forms are those the journal speaks of. `trusted` is the key fingerprint the reader knows from elsewhere.
 */
export function verifyDossier(bytes: Uint8Array, trusted: string | null = null): DossierReport {
  const found = new Findings();
  const members = unpack(bytes);
  if (!members) {
    found.broken('archive.unreadable', '', '不是完整的 ZIP 文件', 'This is no complete ZIP file');
    return report(found, null, null, { members: 0, entries: 0, anchors: 0 });
  }
  const { index, fingerprint } = checkSeal(members, trusted, found);
  if (!index) return report(found, null, fingerprint, { members: members.size, entries: 0, anchors: 0 });
  checkMembers(index, members, found);
  checkEnvelope(members, bytes, found);
  const rows = readRows(members.get(JOURNAL) ?? new Uint8Array(), found);
  checkChain(rows, index, found);
  checkPapers(index, rows, found);
  const anchors = checkAnchors(members, index, rows, found);
  return report(found, index.case.number, fingerprint, { members: members.size, entries: rows.length, anchors });
}

function report(
  { list }: Findings,
  number: string | null,
  fingerprint: string | null,
  checked: DossierReport['checked'],
): DossierReport {
  return { sound: !list.some(({ severity }) => severity === 'broken'), number, fingerprint, checked, findings: list };
}

/** Every member is listed and as it was; nothing is missing and nothing was slipped in. */
function checkMembers(index: DossierIndex, members: Members, found: Findings): void {
  const listed = new Set([INDEX, SEAL]);
  for (const { path, size, sha256: expected } of index.members) {
    listed.add(path);
    const bytes = members.get(path);
    if (!bytes) found.broken('member.missing', path, '文件缺失', 'The file is missing');
    else if (bytes.length !== size || sha256(bytes) !== expected)
      found.broken('member.changed', path, '内容被改动', 'The content was changed');
  }
  for (const path of members.keys())
    if (!listed.has(path))
      found.broken(
        'member.stranger',
        path,
        '多出的文件，封存时没有',
        'This file was not there when the dossier was sealed',
      );
  const digests = new Map(index.members.map((member) => [member.path, member.sha256]));
  for (const { path, sha256: claimed } of [...index.documents, ...index.attachments])
    if (digests.get(path) !== claimed)
      found.broken('index.contradiction', path, '目录自相矛盾', 'The index contradicts itself');
}

function checkEnvelope(members: Members, bytes: Uint8Array, found: Findings): void {
  if (memberCount(bytes) !== members.size)
    found.broken(
      'archive.hidden',
      '',
      '压缩包里有重名或隐藏的文件',
      'The archive hides files or holds two of one name',
    );
  else if (Buffer.compare(pack(members), bytes) !== 0)
    found.note(
      'archive.repacked',
      '',
      '压缩包外壳与封存时不同（可能被重新打包）；内容以逐件核对为准',
      'The archive around the files is not the original (perhaps it was packed again); the files themselves are checked one by one',
    );
}

/** Each printed form is one that the journal says was issued, with that very content digest. */
function checkPapers(index: DossierIndex, rows: DossierRow[], found: Findings): void {
  const issued = new Set(rows.filter(({ type }) => type === 'documentIssued').map(({ data }) => issuedKey(data)));
  for (const { path, form, number, digest } of index.documents)
    if (!issued.has(`${form}|${number}|${digest}`))
      found.broken(
        'document.unknown',
        path,
        '日志中没有出具这份文书的记录',
        'The journal does not say that this form was issued',
      );
}

function issuedKey(data: string): string {
  try {
    const { form, number, digest } = JSON.parse(data);
    return `${form}|${number}|${digest}`;
  } catch {
    return '';
  }
}

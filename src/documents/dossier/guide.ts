import { ANCHORS, INDEX, JOURNAL, SEAL } from './format.ts';

interface Subject {
  tenant: string;
  caseId: string;
  number: string;
}

/** The page in a dossier that says how to check it with tools everybody has. */
export function guide(lang: 'zh' | 'en', subject: Subject): string {
  return lang === 'zh' ? chinese(subject) : english(subject);
}

const members = `jq -r '.members[] | "\\(.sha256)  \\(.path)"' ${INDEX} | sha256sum -c`;
const seal = `jq -rj .publicKeyPem ${SEAL} > key.pem
jq -r .signature ${SEAL} | xxd -r -p > index.sig
openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in ${INDEX} -sigfile index.sig`;
const fingerprint = 'openssl pkey -pubin -in key.pem -outform DER | sha256sum';

const leaf = ({ tenant, caseId }: Subject): string => `${tenant}|${caseId}|seq|hash`;
const anchorText = 'huiyin anchor 1|number|at|fromXid|toXid|cases|entries|keyId';

/** Follows the chain with nothing but Python's standard library. */
const script = ({ tenant, caseId }: Subject): string => `import hashlib, json
sha = lambda b: hashlib.sha256(b).hexdigest()
prev, n = "00" * 32, 0
for line in open("${JOURNAL}", encoding="utf-8"):
    r, n = json.loads(line), n + 1
    assert r["seq"] == n and r["prevHash"] == prev, f"entry {n}: order or link"
    assert sha(bytes.fromhex(r["salt"]) + r["data"].encode()) == r["dataDigest"], f"entry {n}: content"
    if r["personal"] is not None:
        assert sha(bytes.fromhex(r["personalSalt"]) + r["personal"].encode()) == r["personalDigest"], f"entry {n}: personal"
    header = "|".join(["${tenant}", "${caseId}", str(r["seq"]), r["type"], str(r["at"]),
                       sha(r["actor"].encode()), r["dataDigest"], r["personalDigest"] or "-"])
    assert sha(bytes.fromhex(prev) + header.encode()) == r["hash"], f"entry {n}: hash"
    prev = r["hash"]
index = json.load(open("${INDEX}", encoding="utf-8"))
assert index["journal"] == {"entries": n, "head": prev}, "the journal was cut"
print(n, "entries, chain whole")`;

const chinese = (subject: Subject): string => `# 卷宗核验说明：${subject.number}

本压缩包是一件事项的完整卷宗。任何人不联网、不依赖本系统，用公开工具即可核验它自封存之后是否被改动。
如装有回音：\`huiyin dossier verify 卷宗.zip\` 一次完成以下全部核验。

| 文件 | 内容 |
|---|---|
| ${INDEX} | 目录：编号、制度版本、条款、每个文件的 SHA-256 |
| ${SEAL} | 对目录的 Ed25519 签名与公钥 |
| ${JOURNAL} | 办理日志，一行一条，逐条以哈希相连 |
| ${ANCHORS} | 覆盖本件的全库签名锚点与证明 |
| documents/ | 出具的文书（PDF/A） |
| attachments/ | 照片、录音等附件，按保存时的字节 |

## 一、每个文件是否原样
\`\`\`sh
${members}
\`\`\`
## 二、目录是否由本公司封存
\`\`\`sh
${seal}
\`\`\`
应显示 Signature Verified Successfully。再算公钥指纹，与公司在别处公布的指纹核对（只核对签名而不核对指纹，不能证明是谁封存的）：
\`\`\`sh
${fingerprint}
\`\`\`
## 三、日志是否连续、未改、未删、未插
每条的 \`dataDigest\` = SHA-256(盐 + 内容原文)；\`hash\` = SHA-256(上一条的 hash + 表头)，表头是以 | 相连的：
公司编号、案件标识、序号、类型、时刻（毫秒）、人员原文的 SHA-256、内容摘要、个人信息摘要（没有则为 -）。
个人信息依法删除后 \`personal\` 与 \`personalSalt\` 为空而摘要仍在，链不受影响。用 Python 核验：
\`\`\`python
${script(subject)}
\`\`\`
## 四、锚点
${ANCHORS} 里每个锚点是某一时段全部案件末条哈希的默克尔树根及其签名；附有本件的哈希如何归入树根的路径。它证明日志在锚点时刻已是如此。
- 叶 = SHA-256(字节 00 + 文本 “${leaf(subject)}”)，序号与哈希取自 \`head\`，须与日志该条一致；
- 逐级向上：SHA-256(字节 01 + 左 + 右)，左右见 \`path\`，最后得 \`root\`；
- \`digest\` = SHA-256(previous + root + 文本 “${anchorText}”)，previous 与 root 为 32 字节；
- \`signature\` 是对 \`digest\` 的 Ed25519 签名，公钥见同一文件，其指纹前 16 位即 keyId。
`;

const english = (subject: Subject): string => `# How to verify this dossier: ${subject.number}

This archive is the whole file of one matter. Anybody can check, offline and without our software, that nothing in it was changed
since it was sealed. With Huiyin at hand, \`huiyin dossier verify FILE.zip\` does all of the following at once.

| file | what it is |
|---|---|
| ${INDEX} | index: number, version of the procedure, clauses, SHA-256 of every file |
| ${SEAL} | Ed25519 signature over the index, and the public key |
| ${JOURNAL} | the journal, one entry a line, each linked to the one before by its hash |
| ${ANCHORS} | signed anchors of the whole installation that cover this case, with their proofs |
| documents/ | the forms that were issued (PDF/A) |
| attachments/ | photos, recordings and papers, byte for byte as kept |

## 1. Is every file as it was?
\`\`\`sh
${members}
\`\`\`
## 2. Was the index sealed by the company?
\`\`\`sh
${seal}
\`\`\`
It must say "Signature Verified Successfully". Then compare the key's fingerprint with the one the company has published elsewhere
(a signature alone does not say whose it is):
\`\`\`sh
${fingerprint}
\`\`\`
## 3. Is the journal whole: nothing changed, removed or added?
\`dataDigest\` of an entry = SHA-256(salt + exact content); \`hash\` = SHA-256(hash of the entry before + header). The header joins
with "|": company id, case id, number, type, moment (ms), SHA-256 of the actor's text, content digest, personal digest (or "-").
Personal content that was lawfully erased leaves \`personal\` and \`personalSalt\` empty; its digest stays and the chain holds. In Python:
\`\`\`python
${script(subject)}
\`\`\`
## 4. Anchors
Each anchor in ${ANCHORS} is the signed root of a Merkle tree over the last hashes of all cases in a span of time, with the path from this
case's hash to the root. It proves that the journal already stood like this at the anchor's moment.
- leaf = SHA-256(byte 00 + text "${leaf(subject)}"), seq and hash from \`head\`; they must be those of that entry of the journal;
- upwards: SHA-256(byte 01 + left + right), sides as in \`path\`, ends at \`root\`;
- \`digest\` = SHA-256(previous + root + text "${anchorText}"), previous and root being 32 bytes each;
- \`signature\` is Ed25519 over \`digest\`; the public key is in the same file, and keyId is the beginning of its fingerprint.
`;

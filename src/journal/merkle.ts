import { hash } from 'node:crypto';

const sha256 = (input: Buffer): Buffer => hash('sha256', input, 'buffer');

/** Root over leaves in their order. Leaves and nodes are told apart by a first byte, so neither passes for the other. */
export function merkleRoot(leaves: readonly string[]): Buffer {
  let level = leaves.map((leaf) => sha256(Buffer.concat([Buffer.of(0), Buffer.from(leaf)])));
  if (level.length === 0) return Buffer.alloc(32);
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i], level[i + 1]];
      if (left) next.push(right ? sha256(Buffer.concat([Buffer.of(1), left, right])) : left);
    }
    level = next;
  }
  return level[0] ?? Buffer.alloc(32);
}

import { hash } from 'node:crypto';

const sha256 = (...parts: Buffer[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');
const leafHash = (leaf: string): Buffer => sha256(Buffer.of(0), Buffer.from(leaf));

/** A neighbour on the way from a leaf to the root, and the side it stands on. */
export interface PathStep {
  side: 'left' | 'right';
  hash: string;
}

/** The way from one leaf up to `merkleRoot` of the same leaves (journal room): what proves that it is among them. */
export function merklePath(leaves: readonly string[], index: number): PathStep[] {
  const path: PathStep[] = [];
  let level = leaves.map(leafHash);
  for (let at = index; level.length > 1; at = at >> 1) {
    const neighbour = level[at ^ 1];
    // The last of an odd level goes up as it is.
    if (neighbour) path.push({ side: at % 2 === 0 ? 'right' : 'left', hash: neighbour.toString('hex') });
    level = level.flatMap((left, i) => {
      if (i % 2 === 1) return [];
      const right = level[i + 1];
      return [right ? sha256(Buffer.of(1), left, right) : left];
    });
  }
  return path;
}

/** The root that a leaf and its way lead to. */
export function rootOf(leaf: string, path: readonly PathStep[]): Buffer {
  return path.reduce((own, step) => {
    const other = Buffer.from(step.hash, 'hex');
    return step.side === 'left' ? sha256(Buffer.of(1), other, own) : sha256(Buffer.of(1), own, other);
  }, leafHash(leaf));
}

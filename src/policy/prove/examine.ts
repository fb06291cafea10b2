import type { Text } from '#kernel/text.ts';
import { type CompiledPack, compilePack } from '../compile.ts';
import { nearest, type Problem } from '../problem.ts';
import { type PackSource, parseSource } from '../source.ts';
import type { Finding } from './finding.ts';
import { type Proof, prove } from './prove.ts';

/** A finding with its place in the text, as far as it has one. */
export interface PlacedFinding extends Finding {
  title: Text;
  file: string | null;
  line: number | null;
  column: number | null;
}

/** All that is to be said of a written procedure before it is used. */
export interface Examination extends Pick<Proof, 'explored' | 'incomplete'> {
  /** Whether nothing speaks against it. */
  sound: boolean;
  /** Faults of the text itself. */
  problems: Problem[];
  /** Ways by which somebody would be left without an answer. */
  findings: PlacedFinding[];
  /** Absent where the text cannot be read. */
  pack?: CompiledPack;
}

/**
 * Reads and proves a pack; every fault comes back with file, line and column, every gap with the way that leads into it.
 * @param held codes of the posts that somebody holds, if that is known: a role by other posts is a fault then.
 */
export function examine(sources: readonly PackSource[], held?: readonly string[]): Examination {
  const read = compilePack(sources);
  if (!read.ok) return { sound: false, problems: read.problems, findings: [], explored: {}, incomplete: [] };
  const { findings, explored, incomplete } = prove(read.value);
  const placed = findings.map((finding) => placeOf(finding, read.value, sources));
  const problems = held === undefined ? [] : unheld(read.value, sources, held);
  return {
    sound: findings.length + incomplete.length + problems.length === 0,
    problems,
    findings: placed,
    explored,
    incomplete,
    pack: read.value,
  };
}

/** Roles by post none of whose posts anybody holds. */
function unheld(pack: CompiledPack, sources: readonly PackSource[], held: readonly string[]): Problem[] {
  const head = sources.find(({ path }) => path === 'pack.yaml');
  return Object.entries(pack.roles).flatMap(([role, spec]) => {
    if (!('post' in spec) || spec.post.some((post) => held.includes(post))) return [];
    const path = ['roles', role, 'post'];
    const suggestion = nearest(spec.post[0] ?? '', held);
    return {
      code: 'pack.postUnheld',
      file: 'pack.yaml',
      ...(head ? parseSource(head).locate(path) : { line: 1, column: 1 }),
      path: path.join('.'),
      message: {
        zh: `“${spec.title.zh}”由岗位 ${spec.post.join('、')} 担任，没有人在这个岗位上${suggestion ? `，是不是“${suggestion}”？` : `；有人的岗位：${held.join('、')}`}`,
        en: `“${spec.title.en}” is whoever holds ${spec.post.join(' or ')}, and nobody does${suggestion ? `; did you mean "${suggestion}"?` : `; posts that are held: ${held.join(', ')}`}`,
      },
      ...(suggestion ? { suggestion } : {}),
    };
  });
}

function placeOf(finding: Finding, pack: CompiledPack, sources: readonly PackSource[]): PlacedFinding {
  const { procedure, at } = finding;
  const title = pack.procedures[procedure]?.title ?? { zh: procedure, en: procedure };
  const path = `procedures/${procedure}.yaml`;
  const own = sources.find((source) => source.path === path);
  if (own) {
    const parsed = parseSource(own);
    const where = ['steps', 'clocks', 'states'].map((part) => [part, at]).find((candidate) => parsed.has(candidate));
    return { ...finding, title, file: path, ...parsed.locate(where ?? ['title']) };
  }
  return { ...finding, title, file: null, line: null, column: null };
}

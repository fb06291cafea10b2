import { graphlib, layout } from '@dagrejs/dagre';
import type { PackSpec } from '#policy/language/pack.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { type Move, movesOf } from '#policy/tell/moves.ts';

const BOX = { width: 132, height: 40 };
const FONT = "'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif";

interface Point {
  x: number;
  y: number;
}

/** One procedure as a picture in SVG: its states from top to bottom, and the steps that lead from one to the next. */
export function picture(pack: PackSpec, procedure: ProcedureSpec, lang: 'zh' | 'en'): string {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 46, edgesep: 14, marginx: 20, marginy: 20 });
  // In the order of the text, so that the usual way runs straight down.
  for (const state of Object.keys(procedure.states)) graph.setNode(state, { ...BOX });
  const { moves, many } = gathered(movesOf(pack, procedure), procedure);
  for (const { id } of many) graph.setNode(id, { ...BOX });
  for (const { from, to, steps } of moves) {
    const label = steps.map((step) => procedure.steps[step]?.title[lang] ?? step).join(' / ');
    const short = label.length > 14 ? `${label.slice(0, 13)}…` : label;
    graph.setEdge(from, to, {
      label: short,
      whole: label,
      width: short.length * (lang === 'zh' ? 11 : 6),
      height: 14,
      labelpos: 'c',
      weight: steps.some((step) => procedure.steps[step]?.main !== false) ? 8 : 1,
    });
  }
  layout(graph);
  const arrows = graph.edges().map((edge: { v: string; w: string }) => arrow(graph.edge(edge) as Arrow));
  const boxes = graph
    .nodes()
    .map((state: string) =>
      box(
        graph.node(state),
        procedure.states[state]?.title[lang] ?? many.find(({ id }) => id === state)?.title[lang] ?? state,
        kindOf(procedure, state),
      ),
    );
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  const tip =
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#5b6b68"/></marker></defs>';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" font-family="${FONT}" font-size="13"><title>${quoted(procedure.title[lang])}</title>${tip}<rect width="${w}" height="${h}" fill="#fff"/>${arrows.join('')}${boxes.join('')}</svg>\n`;
}

const quoted = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

type Kind = 'state' | 'end' | 'many';
const LOOKS: { [K in Kind]: string } = {
  state: 'rx="8" fill="#fff" stroke="#0b5d57"',
  end: 'rx="20" fill="#e3efe9" stroke="#0b5d57"',
  many: 'rx="8" fill="#fff" stroke="#5b6b68" stroke-dasharray="4 3"',
};
const kindOf = ({ states }: ProcedureSpec, name: string): Kind =>
  states[name] === undefined ? 'many' : states[name].end ? 'end' : 'state';

// So many arrows of one name into one end say no more than one does.
const MANY = 4;

/** Ways out that are open nearly everywhere, such as withdrawing, are drawn once, from a box that counts the states. */
function gathered(
  moves: readonly Move[],
  { states }: ProcedureSpec,
): { moves: Move[]; many: { id: string; title: { zh: string; en: string } }[] } {
  const groups = Map.groupBy(moves, ({ to, steps }) => `${to} ${steps.join(' ')}`);
  const often = [...groups].filter(([, list]) => list.length >= MANY && states[list[0]?.to ?? '']?.end);
  const gone = new Set(often.flatMap(([, list]) => list));
  return {
    moves: [
      ...moves.filter((move) => !gone.has(move)),
      ...often.flatMap(([id, [first]]) => (first ? [{ ...first, from: id }] : [])),
    ],
    many: often.map(([id, list]) => ({
      id,
      title: { zh: `${list.length} 个环节都可以`, en: `${list.length} states` },
    })),
  };
}

function box({ x, y }: Point, title: string, kind: Kind): string {
  const at = `x="${x - BOX.width / 2}" y="${y - BOX.height / 2}"`;
  return `<rect ${at} width="${BOX.width}" height="${BOX.height}" ${LOOKS[kind]}/><text x="${x}" y="${y + 5}" text-anchor="middle" fill="#14201f">${quoted(title)}</text>`;
}

interface Arrow extends Point {
  points: Point[];
  label: string;
  whole: string;
}

function arrow({ points, label, whole, x, y }: Arrow): string {
  const path = points.map((point, i) => `${i === 0 ? 'M' : 'L'}${Math.round(point.x)} ${Math.round(point.y)}`).join('');
  return `<g><title>${quoted(whole)}</title><path d="${path}" fill="none" stroke="#5b6b68" stroke-linejoin="round" marker-end="url(#tip)"/><text x="${Math.round(x)}" y="${Math.round(y) + 4}" text-anchor="middle" font-size="10.5" fill="#3c4a48" paint-order="stroke" stroke="#fff" stroke-width="4">${quoted(label)}</text></g>`;
}

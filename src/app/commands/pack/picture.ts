import { graphlib, layout } from '@dagrejs/dagre';
import type { PackSpec } from '#policy/language/pack.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { movesOf } from '#policy/tell/moves.ts';

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
  for (const { from, to, steps } of movesOf(pack, procedure)) {
    const label = steps.map((step) => procedure.steps[step]?.title[lang] ?? step).join(' / ');
    const short = label.length > 14 ? `${label.slice(0, 13)}…` : label;
    graph.setEdge(from, to, {
      label: short,
      whole: label,
      width: short.length * (lang === 'zh' ? 11 : 6),
      height: 14,
      labelpos: 'c',
    });
  }
  layout(graph);
  const arrows = graph.edges().map((edge: { v: string; w: string }) => arrow(graph.edge(edge) as Arrow));
  const boxes = graph
    .nodes()
    .map((state: string) =>
      box(graph.node(state), procedure.states[state]?.title[lang] ?? state, procedure.states[state]?.end === true),
    );
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  const tip =
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#5b6b68"/></marker></defs>';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" font-family="${FONT}" font-size="13"><title>${quoted(procedure.title[lang])}</title>${tip}<rect width="${w}" height="${h}" fill="#fff"/>${arrows.join('')}${boxes.join('')}</svg>\n`;
}

const quoted = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function box({ x, y }: Point, title: string, end: boolean): string {
  const at = `x="${x - BOX.width / 2}" y="${y - BOX.height / 2}"`;
  return `<rect ${at} width="${BOX.width}" height="${BOX.height}" rx="${end ? 20 : 8}" fill="${end ? '#e3efe9' : '#fff'}" stroke="#0b5d57"/><text x="${x}" y="${y + 5}" text-anchor="middle" fill="#14201f">${quoted(title)}</text>`;
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

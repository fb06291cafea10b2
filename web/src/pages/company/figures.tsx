import type { PackSpec } from '../../api/contract.ts';
export function Figures(_: { pack: PackSpec }) {
  return null;
}
export function ClockFigure(_: { pack: PackSpec; procedure: string; clock: string }) {
  return null;
}

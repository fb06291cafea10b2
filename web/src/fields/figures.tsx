import { text } from '@room/kernel/text.ts';
import { FiguresTable } from '../kit/figures-table.tsx';
import type { FieldKind } from './kind.ts';

const computed = text('由报表自动计算，不能手填', 'Computed by a report; it cannot be typed');

/** Figures that a report computed: never entered, only shown. */
export const figures: FieldKind = {
  Input: ({ around }) => <span className="hint">{around.say(computed)}</span>,
  read: (value) => <FiguresTable figures={value} />,
  wide: true,
};

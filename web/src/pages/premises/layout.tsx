import type { PlacesBody } from '../../api/contract.ts';
import { TextField } from '../../kit/text-field.tsx';
import { w } from './words.ts';

export const START = {
  fromBuilding: '1',
  toBuilding: '1',
  entrances: '2',
  fromFloor: '1',
  toFloor: '11',
  rooms: '2',
};
/** The numbers as they are being typed. */
export type LayoutWords = typeof START;

const NAMES = ['fromBuilding', 'toBuilding', 'entrances', 'fromFloor', 'toFloor', 'rooms'] as const;

/** The numbers a regular estate is laid out from. */
export function Layout({ words, onChange }: { words: LayoutWords; onChange(words: LayoutWords): void }) {
  return (
    <div className="form-grid">
      {NAMES.map((name) => (
        <TextField
          key={name}
          label={w[name]}
          type="number"
          required
          value={words[name]}
          onChange={(value) => onChange({ ...words, [name]: value })}
        />
      ))}
    </div>
  );
}

export const layoutOf = (words: LayoutWords): NonNullable<PlacesBody['generate']> => ({
  buildings: { from: Number(words.fromBuilding), to: Number(words.toBuilding) },
  entrances: Number(words.entrances),
  floors: { from: Number(words.fromFloor), to: Number(words.toFloor) },
  roomsPerFloor: Number(words.rooms),
});

import type { ListKind } from '../kind.ts';
import { equipment } from './equipment.ts';
import { people } from './people.ts';
import { residents } from './residents.ts';
import { shifts } from './shifts.ts';
import { units } from './units.ts';

/** Every kind of list that can be brought in and written out; one more is one file and one line. */
export const listKinds: readonly ListKind[] = [units, residents, equipment, people, shifts];

import { text } from '@room/kernel/text.ts';
import type { Say } from './lang.tsx';

const between = text('、', ', ');

/** Several names in one breath, each language with its own comma. */
export const join = (names: readonly string[], say: Say): string => names.filter(Boolean).join(say(between));

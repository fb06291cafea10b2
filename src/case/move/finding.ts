import type { Text } from '#kernel/text.ts';

/** What one part of a running case would find in the new version. */
export interface MoveFinding {
  about: 'case' | 'state' | 'round' | 'step' | 'field' | 'clock' | 'paper' | 'duty';
  name: string;
  /** It has its place; it goes on otherwise; it has no place but nothing hangs on it; it has none, and so the case stays. */
  verdict: 'fits' | 'changes' | 'lost' | 'blocks';
  clause: string;
  words: Text;
}

export const moveFinding = (
  about: MoveFinding['about'],
  name: string,
  verdict: MoveFinding['verdict'],
  clause: string,
  zh: string,
  en: string,
): MoveFinding => ({ about, name, verdict, clause, words: { zh, en } });

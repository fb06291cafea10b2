import { postTitle as titleOf } from '@room/policy/tell/post-title.ts';
import type { PackSpec } from '../api/contract.ts';
import type { Say } from '../words/lang.tsx';

/** What a post is called, in the reader's language. */
export const postTitle = (packs: readonly PackSpec[], post: string, say: Say): string => say(titleOf(packs, post));

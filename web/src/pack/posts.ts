import { postTitle as titleOf } from '@room/policy/tell/post-title.ts';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { PackSpec } from '../api/contract.ts';
import { postsQuery } from '../api/people.ts';
import { type Say, useSpeech } from '../words/lang.tsx';

/** What a post is called by these procedures, in the reader's language. */
export const postTitle = (packs: readonly PackSpec[], post: string, say: Say): string => say(titleOf(packs, post));

/** Says what a post is called in the company; waits for the titles rather than show a code. */
export function usePostTitle(): (post: string) => string {
  const { say } = useSpeech();
  const posts = useSuspenseQuery(postsQuery).data;
  return (post) => say(posts.find(({ code }) => code === post)?.title ?? titleOf([], post));
}

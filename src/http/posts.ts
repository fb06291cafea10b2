import type { Text } from '#kernel/text.ts';

/** A post of the organisation. */
export interface Post {
  code: string;
  title: Text;
}

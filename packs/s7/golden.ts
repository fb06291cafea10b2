import { packFrom } from '../../test/support/story.ts';

/** The stories of this pack are those of the one it extends, told under this one. */
export const pack = await packFrom('s7');

import { z } from 'zod';

/** Changes fields of the case from fields of this step: `place: correctedPlace`. Both wordings stay in the journal. */
export const setsSchema = z.record(z.string(), z.string()).default({});

import { z } from 'zod';

export const setsSchema = z
  .record(z.string(), z.string())
  .default({})
  .meta({
    description:
      'Changes fields of the case from fields of this step: `kind: correctedKind`. Both wordings stay in the journal.',
    examples: [{ finder: 'reason' }],
  });

import { z } from 'zod';

export const decidesSchema = z
  .array(z.string())
  .default([])
  .meta({
    description: 'Lets decision tables of the pack set fields of the case: who is liable, who pays, how urgent it is.',
    examples: [['value']],
  });

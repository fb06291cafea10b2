import { z } from 'zod';

/** Lets decision tables of the pack set fields of the case: who is liable, who pays, how urgent it is. */
export const decidesSchema = z.array(z.string()).default([]);

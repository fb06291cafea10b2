import { z } from 'zod';
import { momentSchema } from './common.ts';

export const codeWay = z.enum(['email', 'sms']);

/** A second question at the door, or a code that is on its way. */
export const stepView = z
  .object({
    step: z.string(),
    /** How it can be answered; `recovery` is one of the codes that were printed. */
    ways: z.array(z.enum(['totp', 'recovery', 'passkey', 'email', 'sms'])),
    expiresAt: momentSchema,
  })
  .meta({ id: 'Step' });
export type StepView = z.infer<typeof stepView>;

/** Something that happened to an account or key. */
export const accountEventSchema = z.object({
  id: z.string(),
  at: momentSchema,
  kind: z.string(),
  person: z.string(),
  by: z.string(),
  detail: z.string(),
  address: z.string(),
  device: z.string(),
});
export type AccountEventView = z.infer<typeof accountEventSchema>;

import { z } from 'zod';
import { endpoint, momentSchema } from './common.ts';

export const clockMove = z
  .union([z.strictObject({ advance: z.string().max(40) }), z.strictObject({ now: momentSchema })])
  .meta({ id: 'ClockMove' });
export type ClockMove = z.infer<typeof clockMove>;

/** The moved clock and what came due on the way. */
export const clockState = z
  .object({
    now: momentSchema,
    fired: z.object({ moments: z.int(), timers: z.int() }).optional(),
  })
  .meta({ id: 'SandboxClock' });
export type ClockState = z.infer<typeof clockState>;

export const sandboxEndpoints = {
  read: endpoint({
    method: 'GET',
    url: '/api/v1/sandbox/clock',
    tag: 'sandbox',
    summary: { zh: '演示时钟', en: 'The movable clock' },
    open: true,
    answers: { 200: clockState },
  }),
  move: endpoint({
    method: 'POST',
    url: '/api/v1/sandbox/clock',
    tag: 'sandbox',
    summary: {
      zh: '把时间往前拨；到期的时钟先全部走完再返回',
      en: 'Move time forward; all that comes due happens first',
    },
    open: true,
    body: clockMove,
    answers: { 200: clockState },
  }),
};

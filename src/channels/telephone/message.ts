import { z } from 'zod';
import { HEARD } from '#inbox/calls/call.ts';
import type { Said } from '#inbox/calls/hear.ts';

const number = z.string().max(40);

/** One message of an exchange. Numbers may be written in any way; a call's name is the exchange's own. */
const message = z
  .strictObject({
    event: z.enum(HEARD),
    call: z.string().trim().min(1).max(200),
    /** ISO 8601 with its offset, or seconds since 1970. */
    at: z.union([z.iso.datetime({ offset: true }), z.number().positive()]),
    from: number.optional(),
    to: number.optional(),
    rings: z.int().min(0).max(999).optional(),
    extension: z.string().max(40).optional(),
    recording: z.string().trim().min(1).max(2000).optional(),
  })
  .refine(({ event, recording }) => event !== 'recording' || recording !== undefined, {
    path: ['recording'],
    error: 'an event “recording” carries the address',
  });

/** What a message says, or which part of it cannot be read. */
export function readMessage(body: string): { said: Said } | { fault: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(body);
  } catch {
    return { fault: 'not JSON' };
  }
  const read = message.safeParse(raw);
  if (!read.success) {
    const [first] = read.error.issues;
    return { fault: [first?.path.join('.'), first?.message].filter(Boolean).join(': ') };
  }
  const { event, call, at, from, to, rings, extension, recording } = read.data;
  const moment = typeof at === 'number' ? Math.round(at * 1000) : Date.parse(at);
  return { said: { kind: event, call, at: moment, caller: from, dialled: to, rings, extension, recording } };
}

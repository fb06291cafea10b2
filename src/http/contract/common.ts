import { z } from 'zod';

/** A sentence in both languages. */
export const textSchema = z.object({ zh: z.string(), en: z.string() });

/** A moment on the wire: ISO 8601 with its offset, e.g. 2026-03-05T10:00:00+08:00. */
export const momentSchema = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?$/)
  .meta({ id: 'Moment', description: 'ISO 8601; answers carry +08:00, a moment sent without offset is Chinese time' });

/** A value of a form field. Moments inside are ISO 8601 on the wire. */
export type WireValue = string | number | boolean | null | WireValue[] | { [key: string]: WireValue };
export type WireValues = { [field: string]: WireValue };

const json = z.json().meta({ id: 'JsonValue' });
/** Values of form fields by name; which fields there are is said by the pack. */
export const valuesSchema = z.record(z.string().max(64), json).meta({ id: 'Values' }) as unknown as z.ZodType<
  WireValues,
  WireValues
>;

export const idSchema = z.uuid();

export const personRefSchema = z
  .object({ id: z.string(), name: z.string(), unitId: z.string().nullable() })
  .meta({ id: 'PersonRef' });
export const actorRefSchema = z
  .object({
    kind: z.enum(['staff', 'owner', 'outside', 'system']),
    personId: z.string().nullable(),
    name: z.string(),
    /** In whose name he acted, as that person's substitute. */
    standsInFor: z.object({ id: z.string(), name: z.string() }).optional(),
  })
  .meta({ id: 'ActorRef' });

/** What every refusal looks like on the wire (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    /** In the language of the request. */
    detail: z.string(),
    code: z.string(),
    messages: textSchema,
    instance: z.string().optional(),
    field: z.string().optional(),
    clause: z.string().optional(),
    who: textSchema.optional(),
    errors: z
      .array(
        z.object({
          code: z.string(),
          messages: textSchema,
          field: z.string().optional(),
          clause: z.string().optional(),
          who: textSchema.optional(),
          suggestion: z.string().optional(),
        }),
      )
      .optional(),
    /** For `case.changed`: what happened since the sequence number that was sent. */
    changes: z
      .array(z.object({ seq: z.int(), at: momentSchema, by: z.string(), byProgram: z.boolean(), sentence: textSchema }))
      .optional(),
    seq: z.int().optional(),
  })
  .meta({ id: 'Problem' });
export type WireProblem = z.infer<typeof problemSchema>;

export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  /** Room of the API it belongs to. */
  tag: string;
  summary: { zh: string; en: string };
  params?: z.ZodType;
  query?: z.ZodType;
  headers?: z.ZodType;
  body?: z.ZodType;
  /** Answers by status; `null` has no body; `binary` is a file of that media type. */
  answers: { [status: number]: z.ZodType | null | { binary: string } };
  /** Anybody may call it without signing in. */
  open?: boolean;
  /** Also open to whoever must first choose a password of his own or enrol a second factor. */
  early?: boolean;
}

/** Keeps the exact type of an endpoint while checking its shape. */
export const endpoint = <const E extends Endpoint>(e: E): E => e;

export const caseParams = z.strictObject({ id: idSchema });
/** Repeating a request with the same key gives the first answer again. */
export const idempotencyKey = z
  .string()
  .min(8)
  .max(200)
  .regex(/^[\x21-\x7e]+$/);

import { z } from 'zod';
import { bad, type FieldType, good } from './field-type.ts';

/** Ways to sign. Witness, electronic confirmation and delivery stand in when a satisfied owner does not sign (default K16). */
export const signatureShape = z.strictObject({
  method: z.enum(['glass', 'paper', 'electronic', 'witness', 'delivery']),
  signer: z.string().trim().min(1).max(60),
  /** Digest of the form as it was shown to the signer. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** The drawn signature, or a photo of the signed paper, or the delivery slip. */
  attachment: z.string().max(64).nullable().default(null),
  witness: z.string().trim().max(60).nullable().default(null),
  reason: z.string().trim().max(300).nullable().default(null),
});

export const signature: FieldType<{ form: string }> = {
  meaning: 'A signature under a form: who signed what, and how.',
  options: { form: z.string().describe('The form that is signed.') },
  parse(raw) {
    const read = signatureShape.safeParse(raw);
    if (!read.success)
      return bad(
        'field.notSignature',
        '签字不完整：需要签字方式、签字人和所签文书',
        'The signature is incomplete: method, signer and the form signed are needed',
      );
    const { method, attachment, witness, reason } = read.data;
    if (['glass', 'paper', 'delivery'].includes(method) && !attachment)
      return bad(
        'signature.withoutImage',
        '请附签名或签字纸页、送达回执的照片',
        'Attach the drawn signature, a photo of the signed page or the delivery slip',
      );
    if (method === 'witness' && !(witness && reason))
      return bad(
        'signature.withoutWitness',
        '请写明见证人和未签字的原因',
        'Name the witness and why it was not signed',
      );
    return good(read.data);
  },
};

export const figures: FieldType<object> = {
  meaning: 'Figures computed by a report.',
  options: {},
  parse: (raw) =>
    typeof raw === 'object' && raw !== null
      ? good(raw)
      : bad('field.notFigures', '数据应由报表生成', 'Figures come from a report'),
};

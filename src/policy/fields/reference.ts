import { z } from 'zod';
import { bad, type FieldType, good } from './field-type.ts';

export const person: FieldType<{ role?: string }> = {
  meaning: 'A member of staff.',
  options: { role: z.string().optional().describe('Who is offered.') },
  parse: (raw, _options, around) =>
    typeof raw === 'string' && around.knowsPerson(raw)
      ? good(raw)
      : bad('field.unknownPerson', '请选择在岗人员', 'Choose a person on duty'),
};

export const unit: FieldType<object> = {
  meaning: 'A department, crew or office of the organisation.',
  options: {},
  parse: (raw, _options, around) =>
    typeof raw === 'string' && around.knowsUnit(raw)
      ? good(raw)
      : bad('field.unknownUnit', '请选择部门', 'Choose a department'),
};

const placeShape = z.strictObject({
  /** Id of the premises row when it is known. */
  premisesId: z.string().max(64).nullable().default(null),
  text: z.string().trim().min(1).max(200),
});

export const place: FieldType<object> = {
  meaning: 'A place: words always, and the premises when they are known.',
  options: {},
  parse(raw) {
    const read = placeShape.safeParse(typeof raw === 'string' ? { text: raw } : raw);
    return read.success
      ? good(read.data)
      : bad(
          'field.notPlace',
          '请填写地点，例如 3 号楼 2 单元 101',
          'Enter a place, such as Building 3, Unit 2, Room 101',
        );
  },
};

export const attachments: FieldType<{ min?: number; max?: number }> = {
  meaning: 'Uploaded files.',
  options: {
    min: z.number().int().optional().describe('At least so much, or so many.'),
    max: z.number().int().optional().describe('At most so much, or so many.'),
  },
  parse(raw, { min = 0, max = 20 }) {
    if (!Array.isArray(raw) || !raw.every((id) => typeof id === 'string' && id.length <= 64))
      return bad('field.notAttachments', '附件有误，请重新上传', 'These are not attachments; upload them again');
    if (raw.length < min) return bad('field.tooFew', `至少 ${min} 个附件`, `At least ${min} attachments`);
    if (raw.length > max) return bad('field.tooMany', `最多 ${max} 个附件`, `At most ${max} attachments`);
    return good([...new Set(raw)]);
  },
};

import { z } from 'zod';
import { endpoint, idSchema } from './common.ts';

const name = z.string().trim().min(1).max(80);

/** Handover, warranties by part, risers with who hangs on the same one, equipment. */
const particularsView = z
  .object({
    fullName: z.string(),
    handedOverOn: z.string().nullable(),
    warranties: z.array(
      z.object({
        part: z.string(),
        name: z.string(),
        nameEn: z.string(),
        until: z.string().nullable(),
        warrantor: z.string().nullable(),
      }),
    ),
    risers: z.array(z.object({ name: z.string(), sharedBy: z.array(z.string()) })),
    equipment: z.array(
      z.object({ code: z.string(), name: z.string(), kind: z.string(), installedOn: z.string().nullable() }),
    ),
  })
  .meta({ id: 'Particulars' });

const outside = {
  kind: z.enum(['developer', 'contractor', 'supplier', 'authority']),
  name,
  note: z.string().max(500),
  contacts: z
    .array(
      z.strictObject({
        name,
        duty: z.string().max(80),
        phone: z.string().max(30).nullable(),
        email: z.string().max(254).nullable(),
      }),
    )
    .max(50),
};
const outsideView = z.object({ id: z.string(), ...outside }).meta({ id: 'OutsideOrganisation' });

const params = z.strictObject({ id: idSchema });

export const particularsEndpoints = {
  read: endpoint({
    method: 'GET',
    url: '/api/v1/premises/:id/particulars',
    tag: 'premises',
    summary: {
      zh: '交付、各部位保修期、立管共用户、设备',
      en: 'Handover, warranties, shared risers and equipment of a place',
    },
    params,
    answers: { 200: particularsView },
  }),
  term: endpoint({
    method: 'PUT',
    url: '/api/v1/warranties/:part',
    tag: 'premises',
    summary: { zh: '设置某部位的保修期限', en: 'How long a part is under warranty from handover' },
    params: z.strictObject({ part: z.string().regex(/^[a-z][A-Za-z0-9]{1,40}$/) }),
    body: z.strictObject({
      name,
      nameEn: z.string().max(80).default(''),
      months: z.int().min(1).max(1_200),
      /** The firm that stands for it, by name. */
      warrantor: name.nullable().default(null),
    }),
    answers: { 204: null },
  }),
  warranty: endpoint({
    method: 'PUT',
    url: '/api/v1/premises/:id/warranties/:part',
    tag: 'premises',
    summary: {
      zh: '单独设置一处某部位的保修截止日',
      en: 'The last day of a part’s warranty for one place and all beneath it',
    },
    params: z.strictObject({ id: idSchema, part: z.string().max(41) }),
    body: z.strictObject({ until: z.iso.date() }),
    answers: { 200: particularsView },
  }),
  outside: endpoint({
    method: 'GET',
    url: '/api/v1/outside-organisations',
    tag: 'premises',
    summary: { zh: '外部单位与联系人', en: 'Developers, contractors and others outside, with contacts' },
    answers: { 200: z.array(outsideView) },
  }),
  keepOutside: endpoint({
    method: 'POST',
    url: '/api/v1/outside-organisations',
    tag: 'premises',
    summary: { zh: '登记或更新外部单位（按名称）', en: 'Enter a firm outside, or renew it by its name' },
    body: z.strictObject({ ...outside, note: outside.note.default(''), contacts: outside.contacts.default([]) }),
    answers: { 200: z.array(outsideView) },
  }),
  endOutside: endpoint({
    method: 'DELETE',
    url: '/api/v1/outside-organisations/:id',
    tag: 'premises',
    summary: { zh: '终止与外部单位的合作', en: 'End the work with a firm outside' },
    params,
    answers: { 204: null },
  }),
};

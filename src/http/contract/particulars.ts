import { z } from 'zod';
import { endpoint, idSchema } from './common.ts';

const name = z.string().trim().min(1).max(80);

/** Handover, warranties by part, risers with who hangs on the same one, equipment. */
const particularsView = z
  .object({
    fullName: z.string(),
    handedOverOn: z.string().nullable(),
    /** Whether that day was said of this very place, not of one it lies in. */
    ownHandover: z.boolean(),
    warranties: z.array(
      z.object({
        part: z.string(),
        name: z.string(),
        nameEn: z.string(),
        until: z.string().nullable(),
        warrantor: z.string().nullable(),
        /** Whether the day was said of this very place. */
        own: z.boolean(),
      }),
    ),
    risers: z.array(z.object({ name: z.string(), sharedBy: z.array(z.string()) })),
    equipment: z.array(
      z.object({
        id: z.string(),
        code: z.string(),
        name: z.string(),
        kind: z.string(),
        installedOn: z.string().nullable(),
        warrantyUntil: z.string().nullable(),
        warrantor: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Particulars' });
export type ParticularsView = z.infer<typeof particularsView>;

const termView = z
  .object({
    part: z.string(),
    name: z.string(),
    nameEn: z.string(),
    months: z.int(),
    warrantor: z.string().nullable(),
  })
  .meta({ id: 'WarrantyTerm' });
export type WarrantyTermView = z.infer<typeof termView>;

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
export type OutsideView = z.infer<typeof outsideView>;

const params = z.strictObject({ id: idSchema });
const ofPart = z.strictObject({ id: idSchema, part: z.string().max(41) });
const day = z.iso.date().nullable();

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
  terms: endpoint({
    method: 'GET',
    url: '/api/v1/warranties',
    tag: 'premises',
    summary: { zh: '各部位的保修期限', en: 'How long each part is under warranty' },
    answers: { 200: z.array(termView) },
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
    params: ofPart,
    body: z.strictObject({ until: z.iso.date() }),
    answers: { 200: particularsView },
  }),
  dropWarranty: endpoint({
    method: 'DELETE',
    url: '/api/v1/premises/:id/warranties/:part',
    tag: 'premises',
    summary: { zh: '取消一处单独设置的保修截止日', en: 'Take a place’s own last day of warranty away again' },
    params: ofPart,
    answers: { 200: particularsView },
  }),
  handover: endpoint({
    method: 'PUT',
    url: '/api/v1/premises/:id/handover',
    tag: 'premises',
    summary: { zh: '设置交付日期（下属地点未单独设置的随之）', en: 'When a place and all beneath it was handed over' },
    params,
    body: z.strictObject({ on: day }),
    answers: { 200: particularsView },
  }),
  equipment: endpoint({
    method: 'PUT',
    url: '/api/v1/equipment/:id',
    tag: 'premises',
    summary: {
      zh: '设置设备的安装日期、保修截止日和保修单位',
      en: 'When equipment was installed, until when it is under warranty, and by whom',
    },
    params,
    body: z.strictObject({ installedOn: day, warrantyUntil: day, warrantor: name.nullable() }),
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

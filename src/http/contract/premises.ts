import { z } from 'zod';
import { endpoint, idSchema, textSchema } from './common.ts';

/** Most lines of one list. */
const MOST_LINES = 10_000;

const range = z.strictObject({ from: z.int().min(-5).max(999), to: z.int().min(-5).max(999) });
const listed = {
  estateId: idSchema,
  /** One place a line: 3栋2单元101, 3-2-101 王秀英 13800001234, 南门绿化带. */
  lines: z.array(z.string().max(500)).min(1).max(MOST_LINES).optional(),
  generate: z
    .strictObject({
      buildings: z.strictObject({ from: z.int().min(1).max(999), to: z.int().min(1).max(999) }),
      entrances: z.int().min(0).max(20),
      floors: range,
      roomsPerFloor: z.int().min(1).max(60),
    })
    .optional(),
};
const oneWay = (body: { lines?: unknown; generate?: unknown }): boolean =>
  (body.lines === undefined) !== (body.generate === undefined);
const oneWayOnly = 'either lines or generate';

/** Rooms and places to be added: typed line by line, or laid out regularly. */
export const placesBody = z.strictObject(listed).refine(oneWay, oneWayOnly).meta({ id: 'PlacesBody' });
export type PlacesBody = z.infer<typeof placesBody>;
export const placesImportBody = z
  .strictObject({ ...listed, leaveOutFaulty: z.boolean().default(false) })
  .refine(oneWay, oneWayOnly)
  .meta({ id: 'PlacesImportBody' });
export type PlacesImportBody = z.input<typeof placesImportBody>;

/** What becomes of each line. Of a long list the first lines and every faulty one are told; the counts are of all. */
export const placesVerdict = z
  .object({
    counts: z.object({
      new: z.int(),
      known: z.int(),
      owner: z.int(),
      phone: z.int(),
      passed: z.int(),
      fault: z.int(),
    }),
    lines: z.array(
      z.object({
        line: z.int(),
        text: z.string(),
        verdict: z.enum(['new', 'known', 'owner', 'phone', 'passed', 'fault']),
        place: z.string(),
        owner: z
          .object({ name: z.string(), phone: z.string().nullable(), relation: z.enum(['owner', 'tenant', 'family']) })
          .nullable(),
        message: textSchema,
      }),
    ),
  })
  .meta({ id: 'PlacesVerdict' });
export type PlacesVerdict = z.infer<typeof placesVerdict>;

const companyView = z
  .object({
    name: z.string(),
    /** The service centre's number, printed beside the codes and shown to owners. */
    telephone: z.string().nullable(),
  })
  .meta({ id: 'Company' });
export type CompanyView = z.infer<typeof companyView>;

export const premisesEndpoints = {
  company: endpoint({
    method: 'GET',
    url: '/api/v1/company',
    tag: 'premises',
    summary: { zh: '公司与服务电话', en: 'The company and the number owners call' },
    answers: { 200: companyView },
  }),
  telephone: endpoint({
    method: 'PUT',
    url: '/api/v1/company/telephone',
    tag: 'premises',
    summary: { zh: '设置服务电话（留空则不显示）', en: 'Set the number owners call; empty takes it away' },
    body: z.strictObject({ telephone: z.string().max(40) }),
    answers: { 200: companyView },
  }),
  addEstate: endpoint({
    method: 'POST',
    url: '/api/v1/premises/estates',
    tag: 'premises',
    summary: { zh: '新增小区', en: 'Add an estate' },
    body: z.strictObject({ name: z.string().max(200) }),
    answers: { 201: z.object({ id: z.string(), code: z.string(), name: z.string() }) },
  }),
  preview: endpoint({
    method: 'POST',
    url: '/api/v1/premises/preview',
    tag: 'premises',
    summary: { zh: '预览房屋名单（不写入）', en: 'What a list of places would do; nothing is written' },
    body: placesBody,
    answers: { 200: placesVerdict },
  }),
  import: endpoint({
    method: 'POST',
    url: '/api/v1/premises/import',
    tag: 'premises',
    summary: { zh: '写入房屋名单（可重复提交，不会重复登记）', en: 'Add a list of places; safe to repeat' },
    body: placesImportBody,
    answers: { 200: placesVerdict },
  }),
  doorSheet: endpoint({
    method: 'GET',
    url: '/api/v1/premises/door-sheet.pdf',
    tag: 'premises',
    summary: { zh: '打印门牌二维码', en: 'The signs with codes to print' },
    query: z.strictObject({
      /** Id of a building, entrance, room or estate. */
      building: idSchema,
      /** `rooms`: one at every door; `common`: entrances, common places and equipment. */
      only: z.enum(['rooms', 'common']).optional(),
    }),
    answers: { 200: { binary: 'application/pdf' } },
  }),
};

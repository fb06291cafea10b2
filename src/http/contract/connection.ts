import { z } from 'zod';
import { endpoint, momentSchema, textSchema } from './common.ts';

/** How the company is connected to a service that carries messages. A secret is never told, only whether it was entered. */
const connectionView = z
  .object({
    kind: z.string(),
    title: textSchema,
    /** Where at the service our address is entered; null when it never calls. */
    where: textSchema.nullable(),
    /** Whether people write by it, it carries short messages to any telephone, or it is a group of the staff. */
    sort: z.enum(['chat', 'sms', 'staff']),
    /** Whether the service calls us, we keep a line open to it, or it is only written to. */
    reach: z.enum(['call', 'line', 'none']),
    settings: z.array(
      z.object({
        name: z.string(),
        title: textSchema,
        hint: textSchema,
        secret: z.boolean(),
        required: z.boolean(),
        value: z.string().nullable(),
        entered: z.boolean(),
        choices: z
          .array(z.object({ value: z.string(), title: textSchema }))
          .readonly()
          .nullable(),
      }),
    ),
    /** The menu that can be put under its conversations; null where the service takes none. */
    menu: z.array(z.object({ name: z.string(), entries: z.array(z.string()) })).nullable(),
    active: z.boolean(),
    /** The address the service calls; null until something was saved. */
    callback: z.string().nullable(),
    changedAt: momentSchema.nullable(),
    changedBy: z.string().nullable(),
    /** When the service last called with a good signature. */
    heardAt: momentSchema.nullable(),
  })
  .meta({ id: 'Connection' });
export type ConnectionView = z.infer<typeof connectionView>;

const mailView = z
  .object({
    /** The address at which the company's mail is read; null: no mailbox is read for it. */
    receives: z.string().nullable(),
    /** The address its letters come from; null: none leave the house. */
    sends: z.string().nullable(),
    /** When the last mail came. */
    heardAt: momentSchema.nullable(),
    /** Mails that wait for a person. */
    waiting: z.int(),
  })
  .meta({ id: 'MailConnection' });
export type MailView = z.infer<typeof mailView>;

export const findingView = z
  .object({ what: textSchema, ok: z.boolean(), said: textSchema })
  .meta({ id: 'ConnectionFinding' });
export type FindingView = z.infer<typeof findingView>;

const connectionBody = z
  .strictObject({
    /** A secret that is left out stays as it was. */
    settings: z.record(z.string().max(40), z.string().max(500)),
    active: z.boolean(),
  })
  .meta({ id: 'ConnectionBody' });
export type ConnectionBody = z.input<typeof connectionBody>;
const params = z.strictObject({ service: z.string().regex(/^[a-z]{2,20}$/) });

export const connectionEndpoints = {
  list: endpoint({
    method: 'GET',
    url: '/api/v1/connections',
    tag: 'connections',
    summary: { zh: '接入渠道一览（密钥不返回）', en: 'Connected services; secrets are never told' },
    answers: { 200: z.object({ items: z.array(connectionView), mail: mailView }) },
  }),
  save: endpoint({
    method: 'PUT',
    url: '/api/v1/connections/:service',
    tag: 'connections',
    summary: { zh: '保存渠道设置、启用或停用', en: 'Keep the settings of a service, switch it on or off' },
    params,
    body: connectionBody,
    answers: { 200: connectionView },
  }),
  check: endpoint({
    method: 'POST',
    url: '/api/v1/connections/:service/check',
    tag: 'connections',
    summary: { zh: '试一下：当场检查设置，逐项说明哪里不对', en: 'Try the settings; says of each what is wrong' },
    params,
    answers: { 200: z.object({ findings: z.array(findingView) }) },
  }),
  menu: endpoint({
    method: 'POST',
    url: '/api/v1/connections/:service/menu',
    tag: 'connections',
    summary: { zh: '把菜单设到对方（替换现有菜单）', en: 'Set the menu of the service, in place of the one there' },
    params,
    answers: { 200: findingView },
  }),
};

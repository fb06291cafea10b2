import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Trouble } from '#db/trouble.ts';
import type { Text } from '#kernel/text.ts';
import { text } from '#kernel/text.ts';

/** One setting: what it does, what it may be, its default, and where it is given. */
interface Setting<Schema extends z.ZodType> {
  doc: Text;
  schema: Schema;
  /** As text, exactly as a person would type it; undefined: none. */
  default?: string;
  env: string;
  /** Settings without a flag are secrets: they would show in the list of processes. */
  flag?: string;
}

const setting = <Schema extends z.ZodType>(s: Setting<Schema>): Setting<Schema> => s;

/** The folder of the program itself. */
export const HOME = fileURLToPath(new URL('../../', import.meta.url));

const yes = z.enum(['true', 'false', '1', '0', '']).transform((v) => v === 'true' || v === '1');
const databaseUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'postgresql://user:password@host/database')
  .optional();

/** Every setting there is. A flag wins over the environment, which wins over the default. */
export const SETTINGS = {
  port: setting({
    doc: text('监听端口', 'Port to listen on'),
    schema: z.coerce.number().int().min(0).max(65_535),
    default: '8137',
    env: 'HUIYIN_PORT',
    flag: 'port',
  }),
  host: setting({
    doc: text('监听地址；0.0.0.0 允许其他机器访问', 'Address to listen on; 0.0.0.0 lets other machines in'),
    schema: z.string().min(1),
    default: '127.0.0.1',
    env: 'HUIYIN_HOST',
    flag: 'host',
  }),
  publicUrl: setting({
    doc: text(
      '业主和员工打开回音的网址，用于业主页链接、二维码和邮件；不填则按请求所用的地址',
      'Address at which people reach Huiyin, for owners’ links, codes and mail; without it the address of the request',
    ),
    schema: z
      .url({ protocol: /^https?$/, error: 'https://huiyin.example.com' })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    env: 'HUIYIN_PUBLIC_URL',
    flag: 'public-url',
  }),
  data: setting({
    doc: text('数据目录', 'Data folder'),
    schema: z.string().min(1),
    default: `${HOME}data`,
    env: 'HUIYIN_DATA',
    flag: 'data',
  }),
  packs: setting({
    doc: text(
      '启用哪些制度包（制度包目录下的文件夹，逗号分隔；all 为全部）',
      'Packs in force (folders below the folder of packs, by commas; all for every one)',
    ),
    schema: z.string().transform((words) =>
      words
        .split(',')
        .map((word) => word.trim().toLowerCase())
        .filter(Boolean),
    ),
    default: 's1',
    env: 'HUIYIN_PACKS',
    flag: 'packs',
  }),
  packsDir: setting({
    doc: text('制度包目录', 'Folder of the packs'),
    schema: z.string().min(1),
    default: `${HOME}packs`,
    env: 'HUIYIN_PACKS_DIR',
    flag: 'packs-dir',
  }),
  sandbox: setting({
    doc: text('演示模式：示例公司与可拨动的时钟', 'Demo: a sample company and a clock that can be moved'),
    schema: yes,
    default: 'false',
    env: 'HUIYIN_SANDBOX',
    flag: 'sandbox',
  }),
  role: setting({
    doc: text('本进程的分工', 'What this process does'),
    schema: z.enum(['web', 'worker', 'all']),
    default: 'all',
    env: 'HUIYIN_ROLE',
    flag: 'role',
  }),
  lang: setting({
    doc: text('默认语言', 'Default language'),
    schema: z.enum(['zh', 'en']),
    default: 'zh',
    env: 'HUIYIN_LANG',
    flag: 'lang',
  }),
  logLevel: setting({
    doc: text('日志级别', 'How much is logged'),
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
    default: 'warn',
    env: 'HUIYIN_LOG_LEVEL',
    flag: 'log-level',
  }),
  databaseUrl: setting({
    doc: text(
      '外部数据库地址（PostgreSQL 15 以上）；不填则用内置数据库',
      'A database server of your own (PostgreSQL 15 or newer); without it the embedded one is used',
    ),
    schema: databaseUrl,
    env: 'DATABASE_URL',
  }),
  appDatabaseUrl: setting({
    doc: text('运行期另用的数据库账户', 'A separate database login for the running server'),
    schema: databaseUrl,
    env: 'HUIYIN_APP_DATABASE_URL',
  }),
  imapUrl: setting({
    doc: text(
      '收信邮箱，来信自动登记；不填则不收',
      'Mailbox whose mail is registered by itself; without it none is read',
    ),
    schema: z
      .string()
      .regex(/^imaps?:\/\/[^@]+@[^@]+$/, 'imaps://user:password@host:993/INBOX')
      .refine(URL.canParse, 'imaps://user:password@host:993/INBOX')
      .optional(),
    env: 'HUIYIN_IMAP_URL',
  }),
  smtpUrl: setting({
    doc: text(
      '发信服务器，用于回执和通知；不填则不发',
      'Mail server for receipts and notices; without it none are sent',
    ),
    schema: z
      .string()
      .regex(/^smtps?:\/\//, 'smtps://user:password@host:465')
      .refine(URL.canParse, 'smtps://user:password@host:465')
      .optional(),
    env: 'HUIYIN_SMTP_URL',
  }),
  mailFrom: setting({
    doc: text('发件人，如 锦绣物业 <service@example.com>', 'Sender, such as Jinxiu Property <service@example.com>'),
    schema: z
      .string()
      .regex(/^[^<>\n]*<[^<>\s@]+@[^<>\s@]+>$|^[^<>\s@]+@[^<>\s@]+$/, '锦绣物业 <service@example.com>')
      .optional(),
    env: 'HUIYIN_MAIL_FROM',
    flag: 'mail-from',
  }),
  mailPlus: setting({
    doc: text(
      '邮件服务器是否把“信箱+任意@”投到该信箱；不支持就填 false',
      'Whether the mail server delivers box+anything@ to box@; say false where it does not',
    ),
    schema: yes,
    default: 'true',
    env: 'HUIYIN_MAIL_PLUS',
    flag: 'mail-plus',
  }),
  asteriskUrl: setting({
    doc: text(
      '电话交换机 Asterisk 的管理接口（AMI），路径是交换机名称；不填则由交换机推送来电',
      'Manager interface (AMI) of an Asterisk, its path naming the exchange; without it exchanges tell of calls themselves',
    ),
    schema: z
      .string()
      .regex(/^ami:\/\/[^:@/]+:[^@]+@[^@]+$/, 'ami://user:secret@host:5038/name')
      .refine(URL.canParse, 'ami://user:secret@host:5038/name')
      .optional(),
    env: 'HUIYIN_ASTERISK_URL',
  }),
  webhookPrivate: setting({
    doc: text(
      '订阅（webhook）和消息服务的接口地址可否在内网、本机或不用 https',
      'Whether webhooks and message services may be at addresses inside the company’s network, on this machine or without https',
    ),
    schema: yes,
    default: 'false',
    env: 'HUIYIN_WEBHOOK_PRIVATE',
    flag: 'webhook-private',
  }),
};

type Settings = typeof SETTINGS;
export type Config = { [Name in keyof Settings]: z.output<Settings[Name]['schema']> };

const all = (): [string, Setting<z.ZodType>][] => Object.entries(SETTINGS);

/** Further flags of one command. */
export type Flags = Record<string, { type: 'string' | 'boolean'; short?: string }>;

/** A command line taken apart. */
export interface Parsed {
  config: Config;
  /** What is neither a flag nor a flag's value. */
  words: string[];
  /** The command's own flags. */
  flags: Record<string, string | boolean | undefined>;
}

/** Reads flags and environment. Throws Trouble naming the first wrong setting and what it may be. */
export function readConfig(args: string[], env: NodeJS.ProcessEnv, own: Flags = {}): Parsed {
  const shared = all().flatMap(([name, s]): [string, { type: 'string' | 'boolean' }][] =>
    s.flag ? [[s.flag, { type: name === 'sandbox' ? 'boolean' : 'string' }]] : [],
  );
  const { values, positionals } = parse(args, { ...Object.fromEntries(shared), ...own });
  // A command's own flag goes before a setting of the same name: `key create --role` names a post.
  const ours = Object.fromEntries(Object.entries(values).filter(([name]) => !(name in own)));
  const config = Object.fromEntries(all().map(([name, s]) => [name, readOne(s, ours, env)]));
  const flags = Object.fromEntries(Object.keys(own).map((name) => [name, values[name]]));
  // Each value has just passed its own schema under its own name.
  return { config: config as Config, words: positionals, flags };
}

type Values = Record<string, string | boolean | undefined>;

function parse(args: string[], options: Flags): { values: Values; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
    return {
      values: Object.fromEntries(Object.entries(values).map(([k, v]) => [k, Array.isArray(v) ? v[0] : v])),
      positionals,
    };
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : String(cause);
    throw new Trouble('config.flag', `命令行参数有误：${why}`, `Wrong command line: ${why}`);
  }
}

function readOne(s: Setting<z.ZodType>, values: Values, env: NodeJS.ProcessEnv): unknown {
  const flag = s.flag === undefined ? undefined : values[s.flag];
  const given = flag === undefined ? (env[s.env] ?? s.default) : String(flag);
  const read = s.schema.safeParse(given === '' ? s.default : given);
  if (read.success) return read.data;
  const from = flag === undefined ? s.env : `--${s.flag}`;
  const why = read.error.issues[0]?.message ?? '';
  // A connection string carries a password: never repeat it.
  const shown = s.flag === undefined ? '' : ` ${given}`;
  throw new Trouble(
    'config.value',
    `设置 ${from}${shown} 无效（${s.doc.zh}）：${why}`,
    `Setting ${from}${shown} is not valid (${s.doc.en}): ${why}`,
  );
}

/** All settings as a list for people. */
export function settingsHelp(): string {
  return all()
    .map(
      ([, s]) =>
        `  ${(s.flag ? `--${s.flag}` : '').padEnd(12)} ${s.env.padEnd(24)} ${s.doc.zh}\n${' '.repeat(40)}${s.doc.en}${s.default === undefined ? '' : ` [${s.default}]`}`,
    )
    .join('\n');
}

// Longer than usual because it is one table: the lint rules, the check `rooms` and docs/rooms.md are all made from it.
import { type Text, text } from '#kernel/text.ts';

/** One room of the house: a folder with a purpose, and whom it may import. */
export interface Room {
  /** Path below src/, or `web` for the staff application. */
  name: string;
  purpose: Text;
  /** Sees no clock, dice, disk, network or language of the machine; the same input always gives the same answer. */
  pure?: true;
  /** Rooms it may import. A room always may import itself. */
  imports: string[];
  /** Single files of the room that may import more: they put parts together. */
  also?: Record<string, string[]>;
  /** Packages it may import; `*` for whatever its own package.json names. */
  packages: string[];
}

const RULES = ['kernel', 'clock', 'policy', 'case'];
const STORE = [...RULES, 'db', 'journal', 'directory'];

/** Every room, lower rooms first. */
export const ROOMS: readonly Room[] = [
  {
    name: 'kernel',
    purpose: text('结果、拒绝、时刻、双语文字', 'Results, refusals, instants, sentences in two languages'),
    pure: true,
    imports: [],
    packages: [],
  },
  {
    name: 'clock',
    purpose: text('工作时间的推算，每种时限一个文件', 'Working-time arithmetic, one file per kind of clock'),
    pure: true,
    imports: ['kernel'],
    packages: [],
  },
  {
    name: 'policy',
    purpose: text(
      '制度包的语言：结构、编译、查错、闭环证明',
      'The pack language: schema, compiling, faults with line and column, proof',
    ),
    pure: true,
    imports: ['kernel', 'clock'],
    packages: ['js-yaml', 'yaml', 'zod'],
  },
  {
    name: 'case',
    purpose: text(
      '引擎：命令变事件、事件变状态、现在能做什么',
      'The engine: orders into events, events into state, what can be done now',
    ),
    pure: true,
    imports: ['kernel', 'clock', 'policy'],
    packages: [],
  },
  {
    name: 'simulation',
    purpose: text(
      '用另一版制度重放过程记录（预留，暂无文件）',
      'Replay of journals under another pack (kept free for it; no file yet)',
    ),
    pure: true,
    imports: RULES,
    packages: [],
  },
  {
    name: 'http/contract',
    purpose: text('接口约定，服务器与工作台共用', 'What the API takes and answers, shared by server and staff pages'),
    pure: true,
    imports: ['kernel'],
    packages: ['zod'],
  },
  {
    name: 'sheets',
    purpose: text('电子表格读写：Excel、CSV', 'Spreadsheets in and out: Excel, CSV'),
    imports: ['kernel', 'clock'],
    packages: ['fflate', 'htmlparser2', 'yauzl'],
  },
  {
    name: 'db',
    purpose: text('内置 PostgreSQL、连接池、迁移、备份', 'Embedded PostgreSQL, pool, migrations, backup'),
    imports: ['kernel'],
    packages: ['pg', 'zod'],
  },
  {
    name: 'journal',
    purpose: text(
      '过程记录：追加、读取、哈希链、签名锚、核验、待办行',
      'Journal: append, read, hash chain, signed anchors, verification, worklist rows',
    ),
    imports: [...RULES, 'db'],
    packages: ['pg', 'zod'],
  },
  {
    name: 'directory',
    purpose: text(
      '组织、人员、岗位、班次、房产、账户与权限',
      'Organisation, people, posts, shifts, premises, accounts and powers',
    ),
    imports: [...RULES, 'db', 'sheets'],
    packages: ['@simplewebauthn/server', 'otpauth', 'pg', 'zod'],
  },
  {
    name: 'documents',
    purpose: text('文书、PDF、附件、卷宗', 'Forms, PDFs, attachments, dossiers'),
    imports: [...RULES, 'db', 'journal'],
    packages: [
      '@myriaddreamin/typst-ts-node-compiler',
      'fflate',
      'file-type',
      'heic-decode',
      'pg',
      'qrcode',
      'sharp',
      'zod',
    ],
  },
  {
    name: 'handling',
    purpose: text('一条命令一个事务；事件引出的后果', 'One order, one transaction; what follows from each event'),
    imports: STORE,
    also: { 'index.ts': ['jobs', 'timers', 'subscriptions'], 'files.ts': ['documents'] },
    packages: ['pg', 'zod'],
  },
  {
    name: 'timers',
    purpose: text('到期的时限，与其效果同一事务触发', 'Due clocks, fired in the transaction of their effect'),
    imports: [...STORE, 'handling'],
    packages: ['pg', 'zod'],
  },
  {
    name: 'jobs',
    purpose: text(
      '对外的事：发信、计算报表，一事一文件',
      'Work outside the transaction: mail, reports; one task per file',
    ),
    imports: [...STORE, 'handling', 'subscriptions', 'inbox', 'channels'],
    also: { 'tidy-up.ts': ['documents'] },
    packages: ['graphile-worker', 'nodemailer', 'pg', 'zod'],
  },
  {
    name: 'subscriptions',
    purpose: text(
      '告知其他程序：订阅、投递、签名、事件流水',
      'Telling other programs what happens: subscriptions, deliveries, signatures, the feed',
    ),
    imports: [...STORE, 'handling'],
    packages: ['pg', 'zod'],
  },
  {
    name: 'inbox',
    purpose: text(
      '一个收件箱：似曾相识、已知事件、同一个人',
      'One inbox: what may be the same matter, the same outage, the same person',
    ),
    imports: STORE,
    packages: ['pg', 'zod'],
  },
  {
    name: 'reports',
    purpose: text('报表，一表一文件', 'Reports, one file each'),
    imports: STORE,
    packages: ['pg', 'zod'],
  },
  {
    name: 'channels',
    purpose: text('来件渠道，每个渠道一个文件夹', 'Ways in for matters, one folder per channel'),
    imports: [...STORE, 'documents', 'handling', 'inbox'],
    packages: ['fastify', 'imapflow', 'mailparser', 'nodemailer', 'pg', 'ws', 'zod'],
  },
  {
    name: 'http',
    purpose: text('接口，每种资源一个文件', 'The API, one file per resource'),
    imports: [...STORE, 'sheets', 'http/contract', 'documents', 'handling', 'subscriptions', 'inbox', 'reports'],
    packages: [
      '@fastify/compress',
      '@fastify/multipart',
      '@fastify/rate-limit',
      '@fastify/static',
      '@fastify/swagger',
      'fastify',
      'fastify-type-provider-zod',
      'fflate',
      'pg',
      'pino',
      'prom-client',
      'zod',
    ],
  },
  {
    name: 'owner',
    purpose: text(
      '业主与外部单位的网页，不用脚本也能办',
      'Pages of the owner and of parties outside; they work without script',
    ),
    imports: [...STORE, 'documents', 'handling', 'inbox'],
    packages: ['@fastify/formbody', '@fastify/multipart', 'fastify', 'pg', 'zod'],
  },
  {
    name: 'app',
    purpose: text(
      '设置、组装、命令：唯一认识所有人的房间',
      'Settings, putting together, commands: the only room that knows everybody',
    ),
    imports: [
      ...STORE,
      'simulation',
      'http/contract',
      'documents',
      'handling',
      'timers',
      'jobs',
      'subscriptions',
      'reports',
      'channels',
      'http',
      'owner',
    ],
    packages: ['@biomejs/biome', '@dagrejs/dagre', 'fastify', 'oxc-parser', 'pg', 'pino', 'yaml', 'zod'],
  },
  {
    name: 'web',
    purpose: text('员工工作台（浏览器中）', 'The staff application, in the browser'),
    imports: [...RULES, 'http/contract'],
    packages: ['*'],
  },
];

/** The folder of a room, from the project's root. */
export const folderOf = (room: Room): string => (room.name === 'web' ? 'web/src' : `src/${room.name}`);

/** What a pure room may not name: each gives another answer tomorrow, elsewhere, or reaches outside. */
export const IMPURE_GLOBALS: readonly string[] = [
  'Buffer',
  'Date',
  'Intl',
  'WebSocket',
  'Worker',
  'XMLHttpRequest',
  'console',
  'crypto',
  'eval',
  'fetch',
  'global',
  'globalThis',
  'navigator',
  'performance',
  'process',
  'queueMicrotask',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
];

/** Members that ask the machine for its dice or its language; with a leading dot they count on any object. */
export const IMPURE_MEMBERS: readonly string[] = [
  'Math.random',
  '.localeCompare',
  '.toLocaleDateString',
  '.toLocaleLowerCase',
  '.toLocaleString',
  '.toLocaleTimeString',
  '.toLocaleUpperCase',
];

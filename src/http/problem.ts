import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '#kernel/refusal.ts';
import type { WireProblem } from './contract/common.ts';
import { statusOf } from './status.ts';

/** A refusal as it goes out, with what only HTTP knows. */
export interface Refused {
  refusal: Refusal;
  status?: number;
  extra?: Partial<Pick<WireProblem, 'changes' | 'seq'>>;
  headers?: Record<string, string>;
}

const TITLES: { [status: number]: { zh: string; en: string } } = {
  400: { zh: '请求无法读取', en: 'The request cannot be read' },
  401: { zh: '请先登录', en: 'Sign in first' },
  403: { zh: '没有权限', en: 'Not allowed' },
  404: { zh: '没有找到', en: 'Not found' },
  409: { zh: '现在不能这样做', en: 'Not possible now' },
  410: { zh: '已失效', en: 'It is over' },
  412: { zh: '内容已有更新', en: 'It has changed meanwhile' },
  413: { zh: '内容太大', en: 'Too large' },
  415: { zh: '不支持这种格式', en: 'Unsupported format' },
  422: { zh: '请更正后再提交', en: 'Please correct and send again' },
  428: { zh: '缺少版本标记', en: 'Version tag missing' },
  429: { zh: '尝试太频繁', en: 'Too many attempts' },
  500: { zh: '系统出错', en: 'Something went wrong' },
  503: { zh: '暂时不可用', en: 'Not available at the moment' },
};

/** The language of an answer: English only when the reader asks for it first. */
export const languageOf = (request: FastifyRequest): 'zh' | 'en' =>
  /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh';

const faultOf = ({ code, message, field, clause, who, suggestion }: Refusal & { suggestion?: string }) => ({
  code,
  messages: message,
  ...(field === undefined ? {} : { field }),
  ...(clause === undefined ? {} : { clause }),
  ...(who === undefined ? {} : { who }),
  ...(suggestion === undefined ? {} : { suggestion }),
});

/** Sends a refusal as application/problem+json (RFC 9457). */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, refused: Refused): FastifyReply {
  const { refusal } = refused;
  const status = refused.status ?? statusOf(refusal.code);
  const lang = languageOf(request);
  const problem: WireProblem = {
    type: `urn:huiyin:problem:${refusal.code}`,
    title: (TITLES[status] ?? TITLES[422] ?? { zh: '', en: '' })[lang],
    status,
    detail: refusal.message[lang],
    instance: request.id,
    ...faultOf(refusal),
    errors: [refusal, ...(refusal.also ?? [])].map(faultOf),
    ...refused.extra,
  };
  for (const [name, value] of Object.entries(refused.headers ?? {})) reply.header(name, value);
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', lang === 'zh' ? 'zh-CN' : 'en')
    .serializer(String)
    .send(JSON.stringify(problem));
}

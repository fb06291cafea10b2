import type { FastifyReply } from 'fastify';
import { contentPolicy, scriptHref, style } from './assets.ts';
import { type Html, html } from './html.ts';
import type { Visit } from './visit.ts';

/** A whole page. */
export function page(visit: Visit, title: string, body: Html): string {
  const { lang, speak, company, now, href, path } = visit;
  const other = lang === 'zh' ? 'en' : 'zh';
  const otherTag = other === 'zh' ? 'zh-CN' : 'en';
  return html`<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}" data-now="${now}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow">
<meta name="format-detection" content="telephone=no"><link rel="icon" href="data:,"><meta name="theme-color" content="#0b5c49">
<title>${title}${company !== '' && ` · ${company}`}</title><style>${style}</style><script src="${scriptHref}" defer></script></head>
<body><header><b>${company}</b><a href="${href(path, { lang: other })}" lang="${otherTag}" hreflang="${otherTag}">${speak('otherLanguage')}</a></header>
<main>${body}</main>
<footer>${call(visit)}<a href="${href('/o/p', visit.tenant === '' ? {} : { company: visit.tenant })}">${speak('privacy')}</a></footer></body></html>`
    .html;
}

/** The telephone, to be touched. */
export const call = ({ telephone, speak }: Visit): Html | null =>
  telephone === null
    ? null
    : html`<a class="tel" href="tel:${telephone.replace(/[^\d+]/g, '')}">${speak('call')} ${telephone}</a>`;

/** Sends a page. What stands on it is private to whoever holds the address. */
export function send(reply: FastifyReply, status: number, visit: Visit, title: string, body: Html): FastifyReply {
  return reply
    .code(status)
    .headers({
      'content-security-policy': contentPolicy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
      'content-language': visit.lang === 'zh' ? 'zh-CN' : 'en',
      vary: 'accept-language',
    })
    .type('text/html; charset=utf-8')
    .send(page(visit, title, body));
}

/** A short page that says what is the matter and where to go from here. */
export function sendNote(
  reply: FastifyReply,
  status: number,
  visit: Visit,
  title: string,
  words: string,
  more?: Html,
): FastifyReply {
  return send(reply, status, visit, title, html`<h1>${title}</h1><p class="lead">${words}</p>${more}`);
}

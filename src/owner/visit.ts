import type { FastifyRequest } from 'fastify';
import { telephoneOf } from '#directory/manage.ts';
import { whichCompany } from '#directory/which-company.ts';
import type { Instant } from '#kernel/instant.ts';
import type { OwnerDeps } from './deps.ts';
import { type Lang, languageOf } from './language.ts';
import { type Speak, speaking } from './words.ts';

/** One request: whose company, which language, what time it is there, and how to write addresses. */
export interface Visit {
  tenant: string;
  company: string;
  telephone: string | null;
  lang: Lang;
  speak: Speak;
  now: Instant;
  /** Path of this page without its query. */
  path: string;
  /** An address of ours that keeps the language which was asked for. */
  href(path: string, query?: Record<string, string>): string;
}

/** `named` is '' where no company is known, e.g. behind a wrong link; the company of the address, or the only one, then speaks. */
export async function visit(deps: OwnerDeps, request: FastifyRequest, named: string): Promise<Visit> {
  const tenant = named === '' ? ((await whichCompany(deps.pool, { host: request.host }))?.tenant ?? '') : named;
  const lang = languageOf(request.query, request.headers['accept-language']);
  const query = request.query;
  const kept: Record<string, string> = {};
  if (typeof query === 'object' && query !== null) {
    if ('lang' in query && (query.lang === 'en' || query.lang === 'zh')) kept.lang = query.lang;
    if ('company' in query && typeof query.company === 'string') kept.company = query.company;
  }
  return {
    tenant,
    company: tenant === '' ? '' : (await deps.directory.snapshot(tenant)).name,
    telephone: tenant === '' ? null : await telephoneOf(deps.pool, tenant),
    lang,
    speak: speaking(lang),
    now: deps.time.now(),
    path: request.url.split('?')[0] ?? '/o',
    href: (path, more = {}) => {
      const written = new URLSearchParams({ ...kept, ...more }).toString();
      return written === '' ? path : `${path}?${written}`;
    },
  };
}

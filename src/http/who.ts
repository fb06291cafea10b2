import type { FastifyRequest } from 'fastify';
import type { SignedIn } from '#directory/account/actor.ts';
import { type Scope, scopes } from '#directory/account/api-key.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { Endpoint } from './contract/common.ts';
import { siteFault } from './site.ts';

export type Viewer = SignedIn;

const missing = refusal('session.missing', text('请先登录', 'Please sign in first'));
const badKey = refusal('session.missing', text('密钥无效、过期或已停用', 'The API key is unknown, expired or revoked'));
const crossSite = refusal(
  'request.crossSite',
  text('请求来自另一个网站，已拒绝', 'The request came from another site and was refused'),
);

export const notSignedIn = (request: FastifyRequest): Refusal =>
  request.headers.authorization === undefined ? missing : badKey;

/** What a key must be made for, by the room of the API it calls; `read` and `write` stand for the rest and for all of these. */
const READS: { [tag: string]: Scope } = {
  cases: 'cases.read',
  worklist: 'cases.read',
  documents: 'cases.read',
  attachments: 'cases.read',
  archive: 'cases.read',
  notices: 'cases.read',
  directory: 'directory.read',
  people: 'directory.read',
  premises: 'directory.read',
  reports: 'reports.read',
};
const WRITES: { [tag: string]: readonly Scope[] } = {
  cases: ['cases.act'],
  documents: ['cases.act'],
  // Whoever registers or acts may send the photos that belong to it.
  attachments: ['cases.register', 'cases.act'],
};

function wantedScopes({ method, tag, url }: Endpoint): readonly Scope[] {
  if (method === 'GET') return tag === 'packs' ? scopes : [READS[tag] ?? 'read', 'read'];
  if (method === 'POST' && url === '/api/v1/cases') return ['cases.register', 'write'];
  return [...(WRITES[tag] ?? []), 'write'];
}

/** What the key was not made for. */
export function scopeFault(viewer: Viewer, endpoint: Endpoint): Refusal | undefined {
  if (viewer.by === 'session') return undefined;
  // Accounts and keys belong to people: a key that leaks must not be able to make another.
  if (endpoint.tag === 'account' || endpoint.tag === 'keys') return forPeople;
  const away = siteFault(viewer, endpoint);
  if (away) return away;
  const wanted = wantedScopes(endpoint);
  if (viewer.scopes.includes('admin') || wanted.some((scope) => viewer.scopes.includes(scope))) return undefined;
  const [first] = wanted;
  return refusal('key.scope', text(`该密钥没有“${first}”权限`, `This key was not made for “${first}”`));
}

const forPeople = refusal(
  'key.scope',
  text(
    '账号与密钥须由本人登录后办理，接口密钥不能代办',
    'Accounts and keys are kept by people who sign in, never by a key',
  ),
);

/** What somebody must do before anything else; undefined when nothing. */
export function dutyFault(viewer: Viewer): Refusal | undefined {
  if (viewer.must === 'password') return ownPasswordFirst;
  return viewer.must === 'secondFactor' ? secondFactorFirst : undefined;
}

const ownPasswordFirst = refusal(
  'account.firstPassword',
  text(
    '您还在用别人给的初始密码：请先换成自己的，再办别的事',
    'You still use the first password that was given to you: choose your own before anything else',
  ),
);
const secondFactorFirst = refusal(
  'account.secondFactor',
  text(
    '公司要求您的岗位登录时再验证一次：请先绑定验证器或添加通行密钥',
    'Your company asks a second factor of your post: enrol an authenticator app or a passkey first',
  ),
);

/**
 * Refuses a changing request that a browser sends on behalf of another site. Programs send neither header; they carry a
 * key, which no other site can make a browser send.
 */
export function crossSiteFault(request: FastifyRequest): Refusal | undefined {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return crossSite;
  const origin = request.headers.origin;
  if (origin === undefined) return undefined;
  // Behind a proxy the scheme may differ; host and port may not.
  const host = /^https?:\/\/([^/]+)$/.exec(origin)?.[1];
  return host === request.host ? undefined : crossSite;
}

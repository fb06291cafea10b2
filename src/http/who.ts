import type { FastifyRequest } from 'fastify';
import type { SignedIn } from '#directory/account/actor.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';

export type Viewer = SignedIn;

const missing = refusal('session.missing', text('请先登录', 'Please sign in first'));
const badKey = refusal('session.missing', text('密钥无效、过期或已停用', 'The API key is unknown, expired or revoked'));
const crossSite = refusal(
  'request.crossSite',
  text('请求来自另一个网站，已拒绝', 'The request came from another site and was refused'),
);

export const notSignedIn = (request: FastifyRequest): Refusal =>
  request.headers.authorization === undefined ? missing : badKey;

/** What the key was not made for. */
export function scopeFault(viewer: Viewer, write: boolean): Refusal | undefined {
  const wanted = write ? 'write' : 'read';
  if (viewer.scopes.includes(wanted) || viewer.scopes.includes('admin')) return undefined;
  return refusal('key.scope', text(`该密钥没有“${wanted}”权限`, `This key was not made for “${wanted}”`));
}

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

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CaseState } from '#case/state.ts';
import { withTenant } from '#db/pool.ts';
import { createCaseLink } from '#directory/account/case-link.ts';
import { stepOver } from '#directory/account/enter.ts';
import { orderCode, redeemCode } from '#directory/account/sent-code.ts';
import { ownerAddress } from '#handling/consequences.ts';
import { DAY } from '#kernel/instant.ts';
import { accept, refuse } from '#kernel/result.ts';
import type { OwnerDeps } from '../deps.ts';
import { type Html, html } from '../html.ts';
import { send } from '../layout.ts';
import { receive } from '../receive.ts';
import { type Visit, visit } from '../visit.ts';
import { say } from './words.ts';

/** A page that was found again is for looking now; whoever keeps it keeps the first one. */
const FOUND_LIFE = 7 * DAY;

/** `/o/find`: whoever lost his page gets it again by a code to the address he gave. Never tells whether there is such a case. */
export function findRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  const { pool } = deps;
  const show = (reply: FastifyReply, status: number, look: Visit, body: Html): FastifyReply =>
    send(reply, status, look, say(look.lang, 'title'), body);

  app.get('/o/find', async (request, reply) => {
    const look = await visit(deps, request, '');
    return show(reply, 200, look, deps.codeWays.includes('email') ? askForm(look) : noMail(look));
  });

  app.post('/o/find', async (request, reply) => {
    const look = await visit(deps, request, '');
    if (look.tenant === '' || !deps.codeWays.includes('email')) return show(reply, 200, look, noMail(look));
    const received = await receive(request);
    const typed = (name: string): string => (received.ok ? received.posted.text(name).trim().slice(0, 254) : '');
    const number = typed('number').toUpperCase();
    const email = typed('email').toLowerCase();
    const caseId = await caseOf(look.tenant, number, email);
    const wish = {
      purpose: 'ownerCode' as const,
      way: 'email' as const,
      counted: `case ${number}`,
      contact: caseId === null ? null : email,
      caseId,
    };
    const ordered = await orderCode(pool, look.tenant, wish, origin(request));
    if (!ordered.ok) return show(reply, 429, look, askForm(look, ordered.refusal.message[look.lang]));
    return show(reply, 200, look, codeForm(look, ordered.value.token));
  });

  app.post('/o/find/code', async (request, reply) => {
    const look = await visit(deps, request, '');
    const received = await receive(request);
    const step = received.ok ? received.posted.text('step') : '';
    const code = received.ok ? received.posted.text('code') : '';
    const found = await redeemCode(pool, { step, code }, 'ownerCode', Date.now(), async (client, opened) => {
      if (opened.caseId === null) return refuse(stepOver);
      const life = { now: look.now, expiresAt: look.now + FOUND_LIFE };
      return accept(await createCaseLink(client, opened.tenant, opened.caseId, life));
    });
    if (found.ok) return reply.redirect(look.href(`/o/c/${found.value}`), 303);
    const why = found.refusal.message[look.lang];
    const over = found.refusal.code !== 'signIn.wrongCode';
    return show(reply, over ? 410 : 422, look, over ? askForm(look, why) : codeForm(look, step, why));
  });

  /** The case of a number whose asker gave this address; null otherwise. */
  async function caseOf(tenant: string, number: string, email: string): Promise<string | null> {
    const found = await withTenant(pool, tenant, (client) =>
      client.query<{ id: string; state: CaseState }>(
        'select id, state from huiyin.case_file where tenant_id = $1 and number = $2',
        [tenant, number],
      ),
    );
    const row = found.rows[0];
    return row && email !== '' && ownerAddress(row.state)?.toLowerCase() === email ? row.id : null;
  }
}

const origin = (request: FastifyRequest): { address: string } => ({ address: request.ip });

const heading = ({ lang }: Visit, lead: 'lead' | 'codeLead' | 'noMail', fault?: string): Html =>
  html`<h1>${say(lang, 'title')}</h1><p class="lead">${say(lang, lead)}</p>${fault !== undefined && html`<p role="alert">${fault}</p>`}`;

const noMail = (look: Visit): Html => heading(look, 'noMail');

const askForm = (look: Visit, fault?: string): Html => html`${heading(look, 'lead', fault)}
<form method="post" action="${look.href('/o/find')}">
<p><label for="number">${say(look.lang, 'number')}</label><input id="number" name="number" required maxlength="40" autocomplete="off"></p>
<p><label for="email">${say(look.lang, 'email')}</label><input id="email" name="email" type="email" required maxlength="254" autocomplete="email"></p>
<button class="main">${say(look.lang, 'send')}</button></form>`;

const codeForm = (look: Visit, step: string, fault?: string): Html => html`${heading(look, 'codeLead', fault)}
<form method="post" action="${look.href('/o/find/code')}"><input type="hidden" name="step" value="${step}">
<p><label for="code">${say(look.lang, 'code')}</label><input id="code" name="code" required inputmode="numeric" maxlength="12" autocomplete="one-time-code"></p>
<button class="main">${say(look.lang, 'open')}</button></form>`;

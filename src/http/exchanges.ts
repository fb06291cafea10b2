import type { FastifyInstance } from 'fastify';
import {
  addExchange,
  changeExchange,
  type Exchange,
  exchangesOf,
  lastCallsOf,
  renewSecret,
  retireExchange,
  unknown,
} from '#inbox/calls/exchange.ts';
import type { Instant } from '#kernel/instant.ts';
import { saySecret } from '#subscriptions/signature.ts';
import { administrationFault } from './administration.ts';
import { callEndpoints, type ExchangeView } from './contract/call.ts';
import type { HttpDeps } from './deps.ts';
import { wire, wireOrNull } from './moment.ts';
import { answer, mount, refused } from './mount.ts';
import { tryExchange } from './try-exchange.ts';

// A check opens a line to another machine.
const CHECKS = { max: 30, timeWindow: '1 minute' };

/** Telephone exchanges: which number stands for which estate, who sits where, and what is promised of calls. */
export function mountExchanges(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, time } = deps;
  const tell = (
    tenant: string,
    { retired, madeAt, ...exchange }: Exchange,
    lastCallAt: Instant | null = null,
  ): ExchangeView => ({
    ...exchange,
    madeAt: wire(madeAt),
    lastCallAt: wireOrNull(lastCallAt),
    url: `${deps.publicUrl}/telephone/v1/${encodeURIComponent(tenant)}/${exchange.id}`,
  });

  mount(app, deps, callEndpoints.exchanges, async ({ viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const { tenant } = viewer;
    const [items, last] = await Promise.all([exchangesOf(pool, tenant), lastCallsOf(pool, tenant)]);
    return answer(200, { items: items.map((one) => tell(tenant, one, last.get(one.id))) });
  });
  mount(
    app,
    deps,
    callEndpoints.checkExchange,
    async ({ params, viewer }) => {
      const fault = await administrationFault(deps, viewer);
      if (fault) return refused(fault);
      const all = await exchangesOf(pool, viewer.tenant);
      const exchange = all.find(({ id }) => id === params.id);
      if (!exchange) return refused(unknown);
      return answer(200, { findings: await tryExchange(deps, viewer.tenant, exchange, all.length === 1) });
    },
    CHECKS,
  );
  mount(app, deps, callEndpoints.addExchange, async ({ body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const made = await addExchange(pool, viewer.tenant, body, viewer.actor.name, time.now());
    if (!made.ok) return refused(made.refusal);
    const { exchange, secret } = made.value;
    return answer(201, { exchange: tell(viewer.tenant, exchange), secret: saySecret(secret) });
  });
  mount(app, deps, callEndpoints.changeExchange, async ({ params, body, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const done = await changeExchange(pool, viewer.tenant, params.id, body, time.now());
    if (!done.ok) return refused(done.refusal);
    const last = await lastCallsOf(pool, viewer.tenant);
    return answer(200, tell(viewer.tenant, done.value, last.get(params.id)));
  });
  mount(app, deps, callEndpoints.renewExchange, async ({ params, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const done = await renewSecret(pool, viewer.tenant, params.id);
    return done.ok ? answer(200, { secret: saySecret(done.value) }) : refused(done.refusal);
  });
  mount(app, deps, callEndpoints.retireExchange, async ({ params, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const done = await retireExchange(pool, viewer.tenant, params.id, time.now());
    return done.ok ? answer(204, null) : refused(done.refusal);
  });
}

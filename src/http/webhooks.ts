import type { FastifyInstance } from 'fastify';
import type { EventType } from '#case/event.ts';
import { withTenant } from '#db/pool.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { happeningsAfter, latest, placeOf, sayCursor } from '#subscriptions/feed.ts';
import { FIELD_NAMES, type Filter, isWanted, messageOf, USUAL_FIELDS } from '#subscriptions/message.ts';
import { addressFault } from '#subscriptions/post.ts';
import {
  changeSecret,
  changeWebhook,
  type Delivery,
  deliveriesOf,
  sendAgain,
  subscribe,
  type Webhook,
  webhooksOf,
} from '#subscriptions/store.ts';
import { administrationFault } from './administration.ts';
import { type DeliveryView, type WebhookView, webhookEndpoints } from './contract/webhook.ts';
import type { HttpDeps } from './deps.ts';
import { see } from './load.ts';
import { wire, wireOrNull } from './moment.ts';
import { answer, mount, refused } from './mount.ts';

/** The feed of what happens, and those who subscribed to it. */
export function mountWebhooks(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, time } = deps;
  const inner = deps.webhookPrivate === true;
  const version = deps.handling.packs.version;

  mount(app, deps, webhookEndpoints.feed, async ({ query, viewer }) => {
    const { after, limit, packs, matters, states, events, estates, fields } = query;
    const strange = strangeField(fields);
    if (strange) return refused(strange);
    const filter: Filter = { packs, matters, states, events, estates };
    const { tenant } = viewer;
    const read = await withTenant(pool, tenant, async (client) => {
      if (after === 'latest') return { found: [], end: (await latest(client, tenant)).cursor };
      const from = await placeOf(client, tenant, after);
      // What is left out here need not be looked at; an unknown kind of event simply never happens.
      const types = events.length === 0 ? null : (events as EventType[]);
      return from && { found: await happeningsAfter(client, { version }, tenant, from, limit, types), end: after };
    });
    if (!read) return refused(badCursor);
    const items = [];
    for (const one of read.found) {
      if (!isWanted(one, filter)) continue;
      const seen = await see(deps, viewer, one.state);
      if (seen.ok && seen.value.sight === 'case') items.push(messageOf(one, fields.length > 0 ? fields : USUAL_FIELDS));
    }
    const last = read.found.at(-1);
    return answer(200, {
      items,
      next: last ? sayCursor(last.entry) : read.end,
      more: read.found.length === limit,
    });
  });

  mount(app, deps, webhookEndpoints.list, async ({ viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    return answer(200, { items: (await webhooksOf(pool, viewer.tenant)).map(tell), fields: FIELD_NAMES });
  });

  mount(app, deps, webhookEndpoints.create, async ({ body, viewer }) => {
    const fields = body.fields ?? [...USUAL_FIELDS];
    const fault =
      (await administrationFault(deps, viewer)) ??
      addressFault(body.url, inner) ??
      strangeField(fields) ??
      noPerson(viewer);
    if (fault) return refused(fault);
    const wish = { label: body.label, url: body.url, filter: body.filter, fields };
    const made = await subscribe(pool, viewer.tenant, wish, viewer.actor.personId ?? '', time.now());
    if (!made.ok) return refused(made.refusal);
    return answer(201, { webhook: tell(made.value.webhook), secret: made.value.secret });
  });

  mount(app, deps, webhookEndpoints.change, async ({ params, body, viewer }) => {
    const fault =
      (await administrationFault(deps, viewer)) ??
      (body.url === undefined ? undefined : addressFault(body.url, inner)) ??
      strangeField(body.fields ?? []);
    if (fault) return refused(fault);
    const { label, url, filter, fields, status } = body;
    const change = {
      ...(label === undefined ? {} : { label }),
      ...(url === undefined ? {} : { url }),
      ...(filter === undefined ? {} : { filter }),
      ...(fields === undefined ? {} : { fields }),
      status,
    };
    const done = await changeWebhook(pool, viewer.tenant, params.id, change, time.now());
    return done.ok ? answer(200, tell(done.value)) : refused(done.refusal);
  });

  mount(app, deps, webhookEndpoints.secret, async ({ params, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const made = await changeSecret(pool, viewer.tenant, params.id, time.now());
    return made.ok ? answer(201, { secret: made.value }) : refused(made.refusal);
  });

  mount(app, deps, webhookEndpoints.deliveries, async ({ params, query, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const { status = null, limit } = query;
    return answer(200, {
      items: (await deliveriesOf(pool, viewer.tenant, params.id, { status, limit })).map(tellDelivery),
    });
  });

  mount(app, deps, webhookEndpoints.sendAgain, async ({ params, viewer }) => {
    const fault = await administrationFault(deps, viewer);
    if (fault) return refused(fault);
    const done = await sendAgain(pool, viewer.tenant, params.id, params.delivery, time.now());
    return done.ok ? answer(202, null) : refused(done.refusal);
  });
}

const tell = (webhook: Webhook): WebhookView => ({
  ...webhook,
  pausedAt: wireOrNull(webhook.pausedAt),
  failingSince: wireOrNull(webhook.failingSince),
  createdAt: wire(webhook.createdAt),
});
const tellDelivery = (delivery: Delivery): DeliveryView => ({
  ...delivery,
  createdAt: wire(delivery.createdAt),
  settledAt: wireOrNull(delivery.settledAt),
  attempts: delivery.attempts.map((one) => ({ ...one, at: wire(Math.round(one.at)) })),
});

const badCursor = refusal(
  'feed.badCursor',
  text('after 不是本接口给出的位置', 'after is no place that was given out here'),
  {
    field: 'after',
  },
);
const nobody = refusal('webhook.nobody', text('订阅须由具名人员建立', 'A subscription is made by a named person'));
const noPerson = (viewer: { actor: { personId: string | null } }): typeof nobody | undefined =>
  viewer.actor.personId === null ? nobody : undefined;

function strangeField(fields: readonly string[]): ReturnType<typeof refusal> | undefined {
  const strange = fields.find((name) => !FIELD_NAMES.includes(name));
  if (strange === undefined) return undefined;
  const known = FIELD_NAMES.join(', ');
  return refusal(
    'webhook.unknownField',
    text(`没有“${strange}”这一项；可选：${known}`, `There is no “${strange}”; choose from: ${known}`),
    { field: 'fields' },
  );
}

import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { WebhookView } from '../../api/contract.ts';
import { wordsOf } from '../../api/problem.ts';
import { changeSecret, setStatus, useWebhookChange, webhooksQuery } from '../../api/webhooks.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Icon } from '../../kit/icons.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { Deliveries } from './deliveries.tsx';
import { w } from './words.ts';
import './integrations.css';

const SubscribeDialog = lazy(() => import('./subscribe.tsx'));
const WHY: { [why: string]: { zh: string; en: string } } = { failing: w.failing, gone: w.gone, person: w.person };

/** Other programs: who is told of what, whether it arrives, and where they find our interfaces. */
export default function IntegrationsPage() {
  const { say } = useSpeech();
  const { items, fields } = useSuspenseQuery(webhooksQuery).data;
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
        <Link to="/connect" className="btn">
          {say(w.connect)}
        </Link>
        <button type="button" className="btn main" onClick={() => setAdding(true)}>
          <Icon name="plus" />
          {say(w.add)}
        </button>
      </div>
      <p className="muted integrations-why">{say(w.why)}</p>
      <div className="integrations">
        {items.length === 0 && <p className="empty card">{say(w.none)}</p>}
        {items.map((webhook) => (
          <WebhookCard key={webhook.id} webhook={webhook} onSecret={setSecret} />
        ))}
        <section className="card stack" aria-labelledby="open311">
          <h2 id="open311">{say(w.open311)}</h2>
          <p>{say(w.open311Why)}</p>
          <p>
            <a className="mono" href="/open311/discovery.xml">
              {`${location.origin}/open311/discovery.xml`}
            </a>
          </p>
          <p>
            <a href="/api/openapi.json">{say(w.api)}</a>
          </p>
        </section>
      </div>
      {adding && (
        <Suspense fallback={null}>
          <SubscribeDialog fields={fields} onClose={() => setAdding(false)} onSecret={setSecret} />
        </Suspense>
      )}
      {secret !== null && (
        <Dialog title={say(w.secret)} onClose={() => setSecret(null)}>
          <div className="stack">
            <code className="integrations-secret">{secret}</code>
            <button type="button" className="btn main" onClick={() => setSecret(null)}>
              {say(w.understood)}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function WebhookCard({ webhook, onSecret }: { webhook: WebhookView; onSecret(secret: string): void }) {
  const { say } = useSpeech();
  const { id, label, url, status, pausedWhy, failingSince, waiting, failed } = webhook;
  const change = useWebhookChange(setStatus);
  const renew = useWebhookChange(changeSecret);
  const [open, setOpen] = useState(false);
  const error = change.error ?? renew.error;
  return (
    <section className="card stack" aria-labelledby={`w-${id}`}>
      <div className="card-head">
        <h2 id={`w-${id}`}>{label}</h2>
        <span className={status === 'active' ? 'tag kept' : 'tag late'}>{say(w[status])}</span>
        {waiting > 0 && <span className="tag soon">{say(w.waiting, { n: waiting })}</span>}
        {failed > 0 && <span className="tag late">{say(w.failed, { n: failed })}</span>}
      </div>
      <p className="mono small integrations-url">{url}</p>
      {status === 'paused' && <p className="note late">{say(WHY[pausedWhy ?? ''] ?? w.person)}</p>}
      {status === 'active' && failingSince !== null && <p className="note">{say(w.troubled)}</p>}
      <div className="row">
        <button
          type="button"
          className="btn"
          disabled={change.isPending}
          onClick={() => change.mutate({ id, status: status === 'active' ? 'paused' : 'active' })}
        >
          {say(status === 'active' ? w.pause : w.resume)}
        </button>
        <button
          type="button"
          className="btn"
          disabled={renew.isPending}
          onClick={() => renew.mutate(id, { onSuccess: ({ secret }) => onSecret(secret) })}
        >
          {say(w.newSecret)}
        </button>
        <button
          type="button"
          className="btn plain"
          disabled={change.isPending}
          onClick={() => change.mutate({ id, status: 'ended' })}
        >
          {say(w.end)}
        </button>
        <button type="button" className="btn plain" aria-expanded={open} onClick={() => setOpen(!open)}>
          {say(w.deliveries)}
        </button>
      </div>
      {error !== null && (
        <p className="note late" role="alert">
          {say(wordsOf(error))}
        </p>
      )}
      {open && <Deliveries id={id} />}
    </section>
  );
}

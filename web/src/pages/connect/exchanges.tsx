import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import {
  checkExchange,
  type ExchangeView,
  exchangesQuery,
  renewExchange,
  retireExchange,
  useExchangeChange,
} from '../../api/exchanges.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Icon } from '../../kit/icons.tsx';
import { Refused } from '../../kit/refused.tsx';
import { at, shortMoment } from '../../time/format.ts';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { ExchangeProfile } from './exchange-profile.tsx';
import { x } from './exchange-words.ts';
import { Findings } from './findings.tsx';
import { w } from './words.ts';
import './exchange.css';

const ExchangeForm = lazy(() => import('./exchange-form.tsx'));

/** Telephone exchanges: entered, tried, shown how to connect, given another secret or taken out of use. */
export function Exchanges() {
  const { say } = useSpeech();
  const items = useSuspenseQuery(exchangesQuery).data;
  const [editing, setEditing] = useState<ExchangeView | 'new' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <section className="connect connect-exchanges" aria-labelledby="exchanges">
      <div className="card-head">
        <h2 id="exchanges">{say(x.title)}</h2>
        <button type="button" className="btn" onClick={() => setEditing('new')}>
          <Icon name="plus" size={16} />
          {say(x.add)}
        </button>
      </div>
      <p className="muted">{say(x.why)}</p>
      {items.map((one) => (
        <ExchangeCard key={one.id} exchange={one} onEdit={() => setEditing(one)} onSecret={setSecret} />
      ))}
      {editing !== null && (
        <Suspense fallback={null}>
          <ExchangeForm
            exchange={editing === 'new' ? null : editing}
            onClose={() => setEditing(null)}
            onSecret={setSecret}
          />
        </Suspense>
      )}
      {secret !== null && <Secret secret={secret} onClose={() => setSecret(null)} />}
    </section>
  );
}

function Secret({ secret, onClose }: { secret: string; onClose(): void }) {
  const { say } = useSpeech();
  const [copied, setCopied] = useState(false);
  return (
    <Dialog title={say(x.secretTitle)} onClose={onClose}>
      <div className="stack">
        <p>{say(x.secretWhy)}</p>
        <code className="connect-secret">{secret}</code>
        <div className="row">
          <button
            type="button"
            className="btn"
            onClick={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}
          >
            <span role="status">{say(copied ? x.copied : x.copy)}</span>
          </button>
          <button type="button" className="btn main" onClick={onClose}>
            {say(x.understood)}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

interface CardProps {
  exchange: ExchangeView;
  onEdit(): void;
  onSecret(secret: string): void;
}

function ExchangeCard({ exchange, onEdit, onSecret }: CardProps) {
  const { say } = useSpeech();
  const { id, name, numbers, answerWithin, callBackMinutes, headAfterMinutes, lastCallAt } = exchange;
  const [asking, setAsking] = useState<'renew' | 'retire' | null>(null);
  const check = useExchangeChange(checkExchange);
  const renew = useExchangeChange(renewExchange);
  const retire = useExchangeChange(retireExchange);
  const sure = () => {
    if (asking === 'renew') renew.mutate(id, { onSuccess: (made) => onSecret(made.secret) });
    if (asking === 'retire') retire.mutate(id);
    setAsking(null);
  };
  return (
    <section className="card stack" aria-labelledby={`x-${id}`}>
      <div className="card-head">
        <h3 id={`x-${id}`}>{name}</h3>
        <span className={lastCallAt === null ? 'tag soon' : 'tag kept'}>
          {lastCallAt === null ? say(x.silent) : say(x.last, { at: shortMoment(at(lastCallAt)) })}
        </span>
      </div>
      {numbers.length > 0 && (
        <p className="mono">
          {join(
            numbers.map((one) => one.number),
            say,
          )}
        </p>
      )}
      <p className="small muted">
        {say(x.promise, { rings: answerWithin, back: callBackMinutes, head: headAfterMinutes })}
      </p>
      <div className="row">
        <button type="button" className="btn main" disabled={check.isPending} onClick={() => check.mutate(id)}>
          {say(check.isPending ? w.checking : w.check)}
        </button>
        <button type="button" className="btn" onClick={onEdit}>
          {say(x.edit)}
        </button>
        <button type="button" className="btn plain" onClick={() => setAsking('renew')}>
          {say(x.renew)}
        </button>
        <button type="button" className="btn plain" onClick={() => setAsking('retire')}>
          {say(x.retire)}
        </button>
      </div>
      {asking !== null && (
        <div className="note row" role="alert">
          <span>{say(asking === 'renew' ? x.renewWhy : x.retireWhy)}</span>
          <button type="button" className="btn" onClick={sure}>
            {say(x.sure)}
          </button>
          <button type="button" className="btn plain" onClick={() => setAsking(null)}>
            {say(x.no)}
          </button>
        </div>
      )}
      <Refused error={check.error ?? renew.error ?? retire.error} />
      {check.data && <Findings findings={check.data} />}
      <ExchangeProfile exchange={exchange} />
    </section>
  );
}

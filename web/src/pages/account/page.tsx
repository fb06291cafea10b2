import { useSuspenseQuery } from '@tanstack/react-query';
import { accountQuery, useEndSession } from '../../api/account.ts';
import type { AccountView } from '../../api/contract.ts';
import { PasswordForm } from '../../app/password-form.tsx';
import { Refused } from '../../kit/refused.tsx';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { Contacts } from './contacts.tsx';
import { deviceName } from './device-name.ts';
import { Events } from './events.tsx';
import { Factors } from './factors.tsx';
import { w } from './words.ts';
import './account.css';

/** One's own account: where it is used, what protects it, what happened to it. */
export default function AccountPage() {
  const { say } = useSpeech();
  const account = useSuspenseQuery(accountQuery).data;
  const own = account.username !== null;
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
      </div>
      <p className="muted" style={{ marginBottom: '1rem' }}>
        {say(own ? w.why : w.demo)}
      </p>
      <div className="account-grid">
        <Sessions account={account} />
        {own && (
          <section className="card stack">
            <h2>{say(w.factors)}</h2>
            <p className="muted small">{say(account.factorRequired ? w.required : w.factorsWhy)}</p>
            <Factors account={account} />
          </section>
        )}
        {own && (
          <section className="card stack">
            <h2>{say(w.change)}</h2>
            <PasswordForm />
          </section>
        )}
        {own && <Contacts account={account} />}
        <section className="card stack">
          <h2>{say(w.events)}</h2>
          <Events events={account.events} />
        </section>
      </div>
    </>
  );
}

function Sessions({ account }: { account: AccountView }) {
  const { say } = useSpeech();
  const end = useEndSession();
  return (
    <section className="card stack">
      <h2>{say(w.sessions)}</h2>
      <ul className="account-list">
        {account.sessions.map((one) => {
          const device = deviceName(one.device) || say(w.unknown);
          return (
            <li key={one.id}>
              <span>
                <b>{device}</b> {one.current && <span className="tag kept">{say(w.current)}</span>}
                <br />
                <span className="small muted">
                  {say(w.seen, { at: shortMoment(at(one.seenAt)), address: one.address || '—' })}
                </span>
              </span>
              {!one.current && (
                <button
                  type="button"
                  className="btn tight"
                  aria-label={say(w.endThis, { device })}
                  onClick={() => end.mutate(one.id)}
                >
                  {say(w.end)}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <Refused error={end.error} />
      {account.sessions.length > 1 && (
        <div className="row">
          <button type="button" className="btn" onClick={() => end.mutate(null)}>
            {say(w.endOthers)}
          </button>
        </div>
      )}
    </section>
  );
}

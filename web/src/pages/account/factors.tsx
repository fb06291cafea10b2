import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import {
  accountQuery,
  useAddPasskey,
  useBeginTotp,
  useConfirmTotp,
  useRemovePasskey,
  useRemoveTotp,
  useRenewRecovery,
} from '../../api/account.ts';
import type { AccountView } from '../../api/contract.ts';
import { sessionQuery } from '../../api/session.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { useProved, wantsProof } from './prove.tsx';
import { w } from './words.ts';
import './account.css';

const Qr = lazy(() => import('../../kit/qr.tsx'));
const told = (error: unknown): unknown => (wantsProof(error) ? null : error);

/** Authenticator app and passkeys. */
export function Factors({ account }: { account: AccountView }) {
  return (
    <div className="stack">
      <App account={account} />
      <Passkeys account={account} />
    </div>
  );
}

function App({ account }: { account: AccountView }) {
  const { say } = useSpeech();
  const client = useQueryClient();
  const begin = useBeginTotp();
  const confirm = useConfirmTotp();
  const remove = useRemoveTotp();
  const renew = useRenewRecovery();
  const proved = useProved();
  const [code, setCode] = useState('');
  const codes = confirm.data?.recoveryCodes ?? renew.data?.recoveryCodes;
  const faults = faultsOf(confirm.error);
  const start = () => begin.mutate(undefined, { onError: proved.run(start) });
  const takeAway = () => remove.mutate(undefined, { onError: proved.run(takeAway) });
  const again = () => renew.mutate(undefined, { onError: proved.run(again) });
  const keep = async () => {
    confirm.reset();
    renew.reset();
    begin.reset();
    await Promise.all([client.invalidateQueries(accountQuery), client.invalidateQueries(sessionQuery)]);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!confirm.isPending) confirm.mutate(code);
  };
  return (
    <section className="stack">
      <h3>{say(w.totp)}</h3>
      {codes ? (
        <RecoveryCodes codes={codes} onKept={() => void keep()} />
      ) : account.totp ? (
        <div className="row">
          <span className="tag kept">{say(w.totpOn, { n: account.recoveryLeft })}</span>
          <button type="button" className="btn tight" onClick={again}>
            {say(w.renew)}
          </button>
          <button type="button" className="btn tight" onClick={takeAway}>
            {say(w.remove)}
          </button>
        </div>
      ) : begin.data ? (
        <form className="stack" onSubmit={submit}>
          <p>{say(w.scan)}</p>
          <div className="account-qr">
            <Suspense fallback={null}>
              <Qr address={begin.data.uri} label={say(w.scan)} />
            </Suspense>
          </div>
          <p className="small">
            {say(w.byHand)} <code className="mono account-seed">{begin.data.secret}</code>
          </p>
          <TextField
            label={w.firstCode}
            complete="one-time-code"
            required
            value={code}
            onChange={setCode}
            fault={faults.code}
          />
          {!faults.code && <Refused error={confirm.error} />}
          <div className="row">
            <button type="submit" className="btn main" disabled={confirm.isPending}>
              {say(w.confirm)}
            </button>
          </div>
        </form>
      ) : (
        <>
          <p className="muted small">{say(w.totpOff)}</p>
          <div className="row">
            <button type="button" className="btn" disabled={begin.isPending} onClick={start}>
              {say(w.enrol)}
            </button>
          </div>
        </>
      )}
      <Refused error={told(begin.error) ?? told(remove.error) ?? told(renew.error)} />
      {proved.dialog}
    </section>
  );
}

function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept(): void }) {
  const { say } = useSpeech();
  return (
    <div className="note kept account-slip" role="status">
      <div className="stack">
        <b>{say(w.codes)}</b>
        <ul className="account-codes mono">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <span className="small">{say(w.codesWhy)}</span>
        <div className="row">
          <button type="button" className="btn tight" onClick={() => print()}>
            {say(w.print)}
          </button>
          <button type="button" className="btn main tight" onClick={onKept}>
            {say(w.stored)}
          </button>
        </div>
      </div>
    </div>
  );
}

function Passkeys({ account }: { account: AccountView }) {
  const { say } = useSpeech();
  const add = useAddPasskey();
  const remove = useRemovePasskey();
  const proved = useProved();
  const [label, setLabel] = useState('');
  const there = 'PublicKeyCredential' in window && window.isSecureContext;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    add.mutate(label.trim() || say(w.myDevice), { onError: proved.run(submit), onSuccess: () => setLabel('') });
  };
  const takeAway = (id: string) => remove.mutate(id, { onError: proved.run(() => takeAway(id)) });
  return (
    <section className="stack">
      <h3>{say(w.passkeys)}</h3>
      <p className="muted small">{say(there ? w.passkeysWhy : w.insecure)}</p>
      <ul className="account-list">
        {account.passkeys.map((key) => (
          <li key={key.id}>
            <span>
              <b>{key.label}</b>{' '}
              <span className="small muted">
                {key.usedAt ? say(w.used, { at: shortMoment(at(key.usedAt)) }) : say(w.neverUsed)}
              </span>
            </span>
            <button
              type="button"
              className="btn tight"
              aria-label={say(w.removeThis, { name: key.label })}
              onClick={() => takeAway(key.id)}
            >
              {say(w.remove)}
            </button>
          </li>
        ))}
      </ul>
      {there && (
        <form className="row" onSubmit={submit}>
          <label className="account-grow">
            <span className="only-read">{say(w.device)}</span>
            <input
              className="input"
              maxLength={60}
              placeholder={say(w.device)}
              value={label}
              onChange={(event) => setLabel(event.target.value)}
            />
          </label>
          <button type="submit" className="btn" disabled={add.isPending}>
            {say(w.addPasskey)}
          </button>
        </form>
      )}
      <Refused error={told(add.error) ?? told(remove.error)} />
      {proved.dialog}
    </section>
  );
}

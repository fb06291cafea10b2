import { useState } from 'react';
import { type ConnectionView, useCheckConnection, useSaveConnection } from '../../api/connections.ts';
import { Problem } from '../../api/problem.ts';
import { Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** One service: its address for calls, its settings, and a check of them. Secrets are entered and never shown. */
export function ConnectionCard({ connection }: { connection: ConnectionView }) {
  const { say } = useSpeech();
  const { kind, title, active, callback, where, heardAt } = connection;
  const [open, setOpen] = useState(false);
  return (
    <section className="card stack" aria-labelledby={`c-${kind}`}>
      <div className="card-head">
        <h2 id={`c-${kind}`}>{say(title)}</h2>
        {active && (
          <span className={heardAt === null ? 'tag soon' : 'tag'}>
            {heardAt === null ? say(w.silent) : say(w.heard, { at: shortMoment(at(heardAt)) })}
          </span>
        )}
        <span className={active ? 'tag kept' : 'tag'}>{say(active ? w.on : w.off)}</span>
        <button type="button" className="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
          {say(w.settings)}
        </button>
      </div>
      {open && (
        <>
          <Address callback={callback} where={say(where)} />
          <SettingsForm connection={connection} />
        </>
      )}
    </section>
  );
}

function Address({ callback, where }: { callback: string | null; where: string }) {
  const { say } = useSpeech();
  const [copied, setCopied] = useState(false);
  if (callback === null) return <p className="note">{say(w.later)}</p>;
  // Without a public address the server says only the path; this page knows where it was reached.
  const address = callback.startsWith('/') ? `${location.origin}${callback}` : callback;
  return (
    <div className="stack">
      <p className="connect-address">
        <b>{say(w.callback)}</b>
        <code>{address}</code>
        <button
          type="button"
          className="btn tight"
          onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}
        >
          {say(copied ? w.copied : w.copy)}
        </button>
      </p>
      <p className="small muted">{say(w.fillIn, { where })}</p>
    </div>
  );
}

function SettingsForm({ connection }: { connection: ConnectionView }) {
  const { say } = useSpeech();
  const { kind, settings } = connection;
  const [typed, setTyped] = useState(() => Object.fromEntries(settings.map(({ name, value }) => [name, value ?? ''])));
  const [active, setActive] = useState(connection.active || connection.callback === null);
  const save = useSaveConnection(kind);
  const check = useCheckConnection(kind);
  const faults = save.error instanceof Problem ? save.error.byField : {};
  const named = Object.keys(faults).length > 0;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        check.reset();
        save.mutate(
          { settings: typed, active },
          {
            // What was entered as a secret does not stay on the screen either.
            onSuccess: () =>
              setTyped((now) => ({
                ...now,
                ...Object.fromEntries(settings.filter(({ secret }) => secret).map(({ name }) => [name, ''])),
              })),
          },
        );
      }}
    >
      <div className="connect-fields">
        {settings.map(({ name, title, hint, secret, required, entered }) => (
          <TextField
            key={name}
            label={title}
            hint={secret && entered ? w.kept : hint}
            type={secret ? 'password' : 'text'}
            complete={secret ? 'new-password' : 'off'}
            required={required && !(secret && entered)}
            value={typed[name] ?? ''}
            onChange={(value) => setTyped({ ...typed, [name]: value })}
            fault={faults[name]}
          />
        ))}
      </div>
      <label className="connect-use">
        <input type="checkbox" checked={active} onChange={(event) => setActive(event.target.checked)} />
        {say(w.use)}
      </label>
      {!named && <Refused error={save.error} />}
      <div className="row">
        <button type="submit" className="btn main" disabled={save.isPending}>
          {say(w.save)}
        </button>
        <button
          type="button"
          className="btn"
          disabled={check.isPending || connection.callback === null}
          onClick={() => check.mutate()}
        >
          {say(check.isPending ? w.checking : w.check)}
        </button>
        {save.isSuccess && (
          <span className="tag kept" role="status">
            {say(w.saved)}
          </span>
        )}
      </div>
      <Refused error={check.error} />
      {check.data && (
        <ul className="connect-findings" aria-live="polite">
          {check.data.map(({ what, ok, said }) => (
            <li key={what.zh}>
              <span className={ok ? 'tag kept' : 'tag late'}>{say(ok ? w.well : w.wrong)}</span>
              <span>
                <b>{say(what)}</b> {say(said)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}

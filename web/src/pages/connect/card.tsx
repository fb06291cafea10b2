import { useId, useState } from 'react';
import { type ConnectionView, useCheckConnection, useSaveConnection, useSetMenu } from '../../api/connections.ts';
import { Problem } from '../../api/problem.ts';
import { Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { at, shortMoment } from '../../time/format.ts';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** One service: its address for calls, its settings, and a check of them. Secrets are entered and never shown. */
export function ConnectionCard({ connection }: { connection: ConnectionView }) {
  const { say } = useSpeech();
  const { kind, title, active, callback, where, reach, heardAt, menu } = connection;
  const [open, setOpen] = useState(false);
  return (
    <section className="card stack" aria-labelledby={`c-${kind}`}>
      <div className="card-head">
        <h3 id={`c-${kind}`}>{say(title)}</h3>
        {active && reach !== 'none' && (
          <span className={heardAt === null ? 'tag soon' : 'tag'}>
            {heardAt === null
              ? say(reach === 'line' ? w.noLine : w.silent)
              : say(w.heard, { at: shortMoment(at(heardAt)) })}
          </span>
        )}
        <span className={active ? 'tag kept' : 'tag'}>{say(active ? w.on : w.off)}</span>
        <button type="button" className="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
          {say(w.settings)}
        </button>
      </div>
      {open && (
        <>
          {reach === 'call' && where && <Address callback={callback} where={say(where)} />}
          {reach === 'line' && <p className="note">{say(w.line)}</p>}
          {reach === 'none' && <p className="note">{say(w.staffOnly)}</p>}
          <SettingsForm connection={connection} />
          {menu && active && <Menu kind={kind} menu={menu} />}
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

interface ChoiceProps {
  label: string;
  hint: string;
  choices: NonNullable<ConnectionView['settings'][number]['choices']>;
  value: string;
  onChange(value: string): void;
}

function Choice({ label, hint, choices, value, onChange }: ChoiceProps) {
  const { say } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="input"
        aria-describedby={`${id}-note`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {say(one.title)}
          </option>
        ))}
      </select>
      <span className="hint" id={`${id}-note`}>
        {hint}
      </span>
    </div>
  );
}

/** The menu under the service's conversations: how it will look, and a button that sets it. */
function Menu({ kind, menu }: { kind: string; menu: NonNullable<ConnectionView['menu']> }) {
  const { say } = useSpeech();
  const set = useSetMenu(kind);
  return (
    <div className="stack connect-menu">
      <h4>{say(w.menu)}</h4>
      <p className="small muted">{say(w.menuWhy)}</p>
      <ul className="connect-entries">
        {menu.map(({ name, entries }) => (
          <li key={name}>
            <b>{name}</b>
            {entries.length > 0 && <span className="muted small">{join(entries, say)}</span>}
          </li>
        ))}
      </ul>
      <div className="row">
        <button type="button" className="btn" disabled={set.isPending} onClick={() => set.mutate()}>
          {say(set.isPending ? w.menuSetting : w.menuSet)}
        </button>
      </div>
      <Refused error={set.error} />
      {set.data && (
        <p role="status">
          <span className={set.data.ok ? 'tag kept' : 'tag late'}>{say(set.data.ok ? w.well : w.wrong)}</span>{' '}
          {say(set.data.said)}
        </p>
      )}
    </div>
  );
}

function SettingsForm({ connection }: { connection: ConnectionView }) {
  const { say } = useSpeech();
  const { kind, settings } = connection;
  const [typed, setTyped] = useState(() => Object.fromEntries(settings.map(({ name, value }) => [name, value ?? ''])));
  const [active, setActive] = useState(connection.active || connection.changedAt === null);
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
        {settings.map(({ name, title, hint, secret, required, entered, choices }) =>
          choices ? (
            <Choice
              key={name}
              label={say(title)}
              hint={say(hint)}
              choices={choices}
              value={typed[name] ?? ''}
              onChange={(value) => setTyped({ ...typed, [name]: value })}
            />
          ) : (
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
          ),
        )}
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
          disabled={check.isPending || connection.changedAt === null}
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

import { useState } from 'react';
import { useCurrentPacks } from '../../api/packs.ts';
import { Problem, wordsOf } from '../../api/problem.ts';
import { subscribe, useWebhookChange } from '../../api/webhooks.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const EVENTS = [
  'caseRegistered',
  'stepTaken',
  'dutyAssigned',
  'clockWarned',
  'clockBreached',
  'caseClosed',
  'caseArchived',
  'caseJoined',
] as const;
const USUAL = ['number', 'pack', 'matter', 'state', 'stateTitle', 'estate', 'dueAt'];

interface Props {
  fields: readonly string[];
  onClose(): void;
  onSecret(secret: string): void;
}

/** Whom to tell, of what, and with which particulars. */
export default function SubscribeDialog({ fields, onClose, onSecret }: Props) {
  const { say } = useSpeech();
  const packs = useCurrentPacks();
  const matters = new Map(
    packs.flatMap((pack) =>
      Object.entries(pack.matters).flatMap(([id, { title, procedure }]) =>
        pack.procedures[procedure]?.internal ? [] : [[id, title] as const],
      ),
    ),
  );
  const [label, setLabel] = useState('');
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<string[]>([]);
  const [chosen, setChosen] = useState<string[]>([]);
  const [along, setAlong] = useState<string[]>(USUAL);
  const make = useWebhookChange(subscribe);
  const faults = make.error instanceof Problem ? make.error.byField : {};
  const toggle = (list: string[], one: string) =>
    list.includes(one) ? list.filter((each) => each !== one) : [...list, one];
  return (
    <Dialog title={say(w.add)} shape="side" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(
            { label, url, filter: { events, matters: chosen }, fields: along },
            {
              onSuccess: ({ secret }) => {
                onSecret(secret);
                onClose();
              },
            },
          );
        }}
      >
        <TextField label={w.label} hint={w.labelHint} required value={label} onChange={setLabel} fault={faults.label} />
        <TextField label={w.url} hint={w.urlHint} required value={url} onChange={setUrl} fault={faults.url} />
        <fieldset className="field">
          <legend className="label">{say(w.events)}</legend>
          <span className="pick">
            {EVENTS.map((event) => (
              <label key={event}>
                <input
                  type="checkbox"
                  checked={events.includes(event)}
                  onChange={() => setEvents(toggle(events, event))}
                />
                {say(w[event])}
              </label>
            ))}
          </span>
        </fieldset>
        <fieldset className="field">
          <legend className="label">{say(w.matters)}</legend>
          <span className="pick">
            {[...matters].map(([id, title]) => (
              <label key={id}>
                <input type="checkbox" checked={chosen.includes(id)} onChange={() => setChosen(toggle(chosen, id))} />
                {say(title)}
              </label>
            ))}
          </span>
        </fieldset>
        <fieldset className="field">
          <legend className="label">{say(w.fields)}</legend>
          <span className="pick">
            {fields.map((name) => (
              <label key={name}>
                <input type="checkbox" checked={along.includes(name)} onChange={() => setAlong(toggle(along, name))} />
                <span className="mono">{name}</span>
              </label>
            ))}
          </span>
        </fieldset>
        {make.error !== null && Object.keys(faults).length === 0 && (
          <p className="note late" role="alert">
            {say(wordsOf(make.error))}
          </p>
        )}
        <button
          type="submit"
          className="btn main"
          disabled={make.isPending || label.trim() === '' || url.trim() === ''}
        >
          {say(w.create)}
        </button>
      </form>
    </Dialog>
  );
}

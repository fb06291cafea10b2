import { useState } from 'react';
import { declareIncident, useInboxChange } from '../../api/inbox.ts';
import { wordsOf } from '../../api/problem.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Icon } from '../../kit/icons.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { FindPlace } from '../../places/find-place.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const KINDS = ['water', 'power', 'gas', 'heating', 'lift', 'network', 'other'] as const;

/** What is out, where, what callers are told, until when. */
export default function DeclareDialog({ onClose }: { onClose(): void }) {
  const { say } = useSpeech();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('water');
  const [form, setForm] = useState({ title: '', words: '', wordsEn: '', end: '' });
  const [places, setPlaces] = useState<{ id: string; name: string; riser: string }[]>([]);
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const declare = useInboxChange(declareIncident);
  const ready = form.title.trim() !== '' && form.words.trim() !== '' && places.length > 0;
  return (
    <Dialog title={say(w.declare)} shape="side" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          declare.mutate(
            {
              kind,
              title: { zh: form.title },
              words: { zh: form.words, en: form.wordsEn },
              expectedEnd: form.end === '' ? null : `${form.end}:00+08:00`,
              places: places.map(({ id, riser }) => ({ premisesId: id, riser: riser === '' ? null : riser })),
            },
            { onSuccess: onClose },
          );
        }}
      >
        <fieldset className="field">
          <legend className="label">{say(w.kind)}</legend>
          <span className="pick">
            {KINDS.map((each) => (
              <label key={each}>
                <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
                {say(w[each])}
              </label>
            ))}
          </span>
        </fieldset>
        <TextField label={w.name} required value={form.title} onChange={(title) => set({ title })} />
        <FindPlace
          label={places.length === 0 ? w.place : w.addPlace}
          hint={w.placeHint}
          without={places.map(({ id }) => id)}
          onPick={({ id, fullName }) => setPlaces([...places, { id, name: fullName, riser: '' }])}
        />
        {places.length > 0 && (
          <ul className="incident-places" aria-label={say(w.place)}>
            {places.map((place) => (
              <li key={place.id}>
                <b>{place.name}</b>
                <label>
                  <span className="small muted">{say(w.riser)}</span>
                  <input
                    className="input"
                    inputMode="numeric"
                    maxLength={2}
                    value={place.riser}
                    onChange={(event) =>
                      setPlaces(
                        places.map((one) => (one.id === place.id ? { ...one, riser: event.target.value } : one)),
                      )
                    }
                  />
                </label>
                <button
                  type="button"
                  className="btn plain icon"
                  aria-label={say(w.without, { place: place.name })}
                  onClick={() => setPlaces(places.filter(({ id }) => id !== place.id))}
                >
                  <Icon name="cross" size={16} />
                </button>
              </li>
            ))}
          </ul>
        )}
        <label className="field">
          <span className="label">{say(w.words)}</span>
          <textarea
            className="input"
            required
            value={form.words}
            onChange={(event) => set({ words: event.target.value })}
          />
          <span className="hint">{say(w.wordsHint)}</span>
        </label>
        <TextField label={w.wordsEn} value={form.wordsEn} onChange={(wordsEn) => set({ wordsEn })} />
        <label className="field">
          <span className="label">{say(w.expectedEnd)}</span>
          <input
            className="input"
            type="datetime-local"
            value={form.end}
            onChange={(event) => set({ end: event.target.value })}
          />
        </label>
        {declare.error !== null && (
          <p className="note late" role="alert">
            {say(wordsOf(declare.error))}
          </p>
        )}
        <button type="submit" className="btn main" disabled={!ready || declare.isPending}>
          {say(w.publish)}
        </button>
      </form>
    </Dialog>
  );
}

import { type FormEvent, useRef, useState } from 'react';
import { useHandIn } from '../../api/versions.ts';
import { Refused } from '../../kit/refused.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** Files and a note; what the check found opens at once. */
export function HandInForm({ onDone }: { onDone(id: string): void }) {
  const { say } = useSpeech();
  const [note, setNote] = useState('');
  const files = useRef<HTMLInputElement>(null);
  const handIn = useHandIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = [...(files.current?.files ?? [])];
    if (handIn.isPending) return;
    handIn.mutate(
      { files: chosen, note },
      {
        onSuccess: ({ id }) => {
          setNote('');
          if (files.current) files.current.value = '';
          onDone(id);
        },
      },
    );
  };
  return (
    <section className="card" aria-labelledby="hand-in">
      <form className="stack" onSubmit={submit}>
        <h2 id="hand-in">{say(w.handIn)}</h2>
        <label className="field">
          <span className="label">{say(w.files)}</span>
          <input ref={files} className="input" type="file" multiple accept=".zip,.yaml" />
        </label>
        <label className="field">
          <span className="label">{say(w.note)}</span>
          <textarea className="input" value={note} maxLength={2000} onChange={({ target }) => setNote(target.value)} />
        </label>
        <Refused error={handIn.error} />
        <div className="row">
          <button type="submit" className="btn main" disabled={handIn.isPending}>
            {say(w.send)}
          </button>
        </div>
      </form>
    </section>
  );
}

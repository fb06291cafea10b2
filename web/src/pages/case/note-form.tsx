import { useState } from 'react';
import { Problem } from '../../api/problem.ts';
import { Fault } from '../../kit/fault.tsx';
import type { CommandFormProps } from './command-dialog.tsx';
import { FormShell } from './form-shell.tsx';
import { w } from './words.ts';

/** A note, or a correction of an entry that stands. */
export function NoteForm({ sight: { say, seen }, error, pending, onSubmit }: CommandFormProps) {
  const [text, setText] = useState('');
  const [visible, setVisible] = useState(false);
  const [of, setOf] = useState('');
  const faults = error instanceof Problem ? error.byField : {};
  return (
    <FormShell
      error={error}
      placed={['text', 'correctionOf']}
      pending={pending}
      onSubmit={() =>
        onSubmit({
          type: 'annotate',
          text,
          ...(visible ? { visible } : {}),
          ...(of ? { correctionOf: Number(of) } : {}),
        })
      }
    >
      <label className="field">
        <span className="label">{say(w.noteWords)}</span>
        <textarea
          className="input"
          value={text}
          aria-invalid={faults.text !== undefined}
          onChange={(event) => setText(event.target.value)}
        />
        {faults.text && <Fault words={faults.text} />}
      </label>
      <label className="field">
        <span className="label">{say(w.noteOf)}</span>
        <input
          className="input"
          type="number"
          min={1}
          max={seen.seq}
          value={of}
          onChange={(event) => setOf(event.target.value)}
        />
        {faults.correctionOf && <Fault words={faults.correctionOf} />}
      </label>
      <span className="pick">
        <label>
          <input type="checkbox" checked={visible} onChange={(event) => setVisible(event.target.checked)} />
          {say(w.noteVisible)}
        </label>
      </span>
    </FormShell>
  );
}

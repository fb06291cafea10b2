import { HOUR } from '@room/kernel/instant.ts';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { at, inputMoment } from '../time/format.ts';
import { now } from '../time/now.ts';
import { useSpeech } from '../words/lang.tsx';
import { w } from './words.ts';

/** Asks for a later moment of the demo company's time. */
export function MoveDialog({ onMove, onClose }: { onMove(moment: number): void; onClose(): void }) {
  const { say } = useSpeech();
  const [value, setValue] = useState(inputMoment(now() + HOUR));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onMove(at(`${value}:00+08:00`));
    onClose();
  };
  return (
    <Dialog title={say(w.customTitle)} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="muted">{say(w.customWhy)}</p>
        <label className="field">
          <span className="only-read">{say(w.customTitle)}</span>
          <input
            className="input"
            type="datetime-local"
            required
            min={inputMoment(now())}
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        </label>
        <button type="submit" className="btn main">
          {say(w.go)}
        </button>
      </form>
    </Dialog>
  );
}

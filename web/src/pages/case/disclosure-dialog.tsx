import { type FormEvent, useState } from 'react';
import { type Disclosure, useDisclosure } from '../../api/case.ts';
import { wordsOf } from '../../api/problem.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Fault } from '../../kit/fault.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const REASONS = [w.reasonContact, w.reasonVisit, w.reasonIdentity, w.reasonOther];

/** Asks why personal values must be seen; the answer is logged before they are shown. */
export function DisclosureDialog(props: { caseId: string; onDone(disclosed: Disclosure): void; onClose(): void }) {
  const { say } = useSpeech();
  const disclosure = useDisclosure(props.caseId);
  const [reason, setReason] = useState(REASONS[0]);
  const [words, setWords] = useState('');
  const other = reason === w.reasonOther;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    disclosure.mutate(other ? words : (reason?.zh ?? ''), { onSuccess: props.onDone });
  };
  return (
    <Dialog title={say(w.show)} onClose={props.onClose}>
      <form className="stack" onSubmit={submit}>
        <fieldset className="field">
          <legend className="label">{say(w.showWhy)}</legend>
          <span className="pick">
            {REASONS.map((each) => (
              <label key={each.en}>
                <input type="radio" name="reason" checked={each === reason} onChange={() => setReason(each)} />
                {say(each)}
              </label>
            ))}
          </span>
        </fieldset>
        {other && (
          <label className="field">
            <span className="label">{say(w.reasonWords)}</span>
            <input
              className="input"
              required
              minLength={2}
              maxLength={200}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </label>
        )}
        <p className="small muted">{say(w.showLogged)}</p>
        {disclosure.isError && <Fault words={wordsOf(disclosure.error)} />}
        <button type="submit" className="btn main" disabled={disclosure.isPending}>
          {say(w.show)}
        </button>
      </form>
    </Dialog>
  );
}

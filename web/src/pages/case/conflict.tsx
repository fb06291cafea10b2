import type { WireProblem } from '../../api/contract.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

interface Props {
  changes: NonNullable<WireProblem['changes']>;
  onGo(): void;
  onBack(): void;
  onDrop(): void;
}

/** Somebody was faster: who did what meanwhile, and nothing that was typed is lost. */
export function Conflict({ changes, onGo, onBack, onDrop }: Props) {
  const { say } = useSpeech();
  return (
    <Dialog title={say(w.conflict)} onClose={onBack}>
      <div className="stack" data-conflict>
        <p>{say(w.conflictWhy)}</p>
        <ul className="stack">
          {changes.map((change) => (
            <li key={change.seq} className="note">
              <span>
                <span className="small muted">{shortMoment(at(change.at))}</span> {say(change.sentence)}
              </span>
            </li>
          ))}
        </ul>
        <div className="row">
          <button type="button" className="btn main" onClick={onGo}>
            {say(w.conflictGo)}
          </button>
          <button type="button" className="btn" onClick={onBack}>
            {say(w.conflictBack)}
          </button>
          <button type="button" className="btn plain" onClick={onDrop}>
            {say(w.conflictDrop)}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

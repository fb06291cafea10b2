import type { ReactNode } from 'react';
import { inputMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import type { Draft } from './draft.ts';
import { readSigners } from './signers.ts';
import { w } from './words.ts';

interface Props {
  draft: Draft;
  /** Whether others may have signed too: not on what the house writes to itself. */
  joint: boolean;
  fault: string | undefined;
  onChange(part: Partial<Draft>): void;
  /** The field for its scan. */
  children: ReactNode;
}

/** What is asked of paper besides its content: the day it arrived, and who else signed it. */
export function PaperPart({ draft, joint, fault, onChange, children }: Props) {
  const { say } = useSpeech();
  const { signers, unread } = readSigners(draft.signers);
  return (
    <section className="card form-grid" aria-label={say(w.paper)}>
      <div className="field">
        <label className="label" htmlFor="arrivedAt">
          {say(w.arrivedAt)}
        </label>
        <p className="small muted" id="arrivedAt-hint">
          {say(w.arrivedHint)}
        </p>
        <input
          id="arrivedAt"
          className="input"
          type="datetime-local"
          value={draft.arrivedAt ?? inputMoment(draft.openedAt)}
          max={inputMoment(now())}
          aria-describedby={fault ? 'arrivedAt-hint arrivedAt-fault' : 'arrivedAt-hint'}
          aria-invalid={fault !== undefined}
          onChange={(event) => onChange({ arrivedAt: event.target.value === '' ? null : event.target.value })}
        />
        {fault && (
          <p className="fault" id="arrivedAt-fault">
            {fault}
          </p>
        )}
      </div>
      {children}
      {joint && (
        <div className="field wide">
          <label className="label" htmlFor="signers">
            {say(w.signers)}
          </label>
          <p className="small muted" id="signers-hint">
            {say(w.signersHint)}
          </p>
          <textarea
            id="signers"
            className="input"
            rows={3}
            value={draft.signers}
            aria-describedby="signers-hint signers-read"
            onChange={(event) => onChange({ signers: event.target.value })}
          />
          <p className="small" id="signers-read" role="status">
            {unread.length > 0
              ? say(w.signersUnread, { lines: unread.join('；') })
              : signers.length > 0 && say(w.signersRead, { n: signers.length })}
          </p>
        </div>
      )}
    </section>
  );
}

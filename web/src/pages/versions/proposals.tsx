import type { ProposalView } from '../../api/contract.ts';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const STATUS = {
  faulty: { words: w.faulty, tone: 'tag late' },
  waiting: { words: w.waitingStatus, tone: 'tag soon' },
  approved: { words: w.approved, tone: 'tag brand' },
  inForce: { words: w.inForce, tone: 'tag kept' },
  rejected: { words: w.rejected, tone: 'tag' },
  withdrawn: { words: w.withdrawn, tone: 'tag' },
  failed: { words: w.failed, tone: 'tag late' },
} as const;

/** What was handed in, latest first, with what became of it. */
export function Proposals({ proposals, onOpen }: { proposals: readonly ProposalView[]; onOpen(id: string): void }) {
  const { say } = useSpeech();
  return (
    <section className="card stack" aria-labelledby="proposals">
      <h2 id="proposals">{say(w.waiting)}</h2>
      {proposals.length === 0 && <p className="muted">{say(w.none)}</p>}
      <ul className="version-list">
        {proposals.map((one) => (
          <li key={one.id}>
            <span className="version-head">
              <b>
                {one.pack} {one.version}
              </b>
              <span className={STATUS[one.status].tone}>{say(STATUS[one.status].words)}</span>
              <button type="button" className="btn tight" onClick={() => onOpen(one.id)}>
                {say(w.look)}
                <span className="only-read">
                  {one.pack} {one.version}
                </span>
              </button>
            </span>
            <Story one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who did what when, and why. */
export function Story({ one }: { one: ProposalView }) {
  const { say, lang } = useSpeech();
  const when = (iso: string) => sayMoment(at(iso), lang, now());
  return (
    <>
      <span className="small muted">
        {say(w.handedIn, { who: one.author, at: when(one.handedInAt) })}
        {one.note && `：${one.note}`}
      </span>
      {one.decision && (
        <span className="small muted">
          {say(STATUS[one.status].words)} ·{' '}
          {say(w.decided, { who: one.decision.by, at: when(one.decision.at), reason: one.decision.reason })}
          {one.inForceFrom && ` · ${say(w.from, { at: when(one.inForceFrom) })}`}
        </span>
      )}
      {one.settled && <span className="note late">{say(one.settled)}</span>}
    </>
  );
}

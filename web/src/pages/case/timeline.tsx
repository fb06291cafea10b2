import { useState } from 'react';
import type { JournalEntryView } from '../../api/contract.ts';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { mainPoints, type Point } from './main-points.ts';
import type { Sight } from './sight.ts';
import { Values } from './values.tsx';
import { w } from './words.ts';

/** How an event looks in the timeline; what is not named here is a small grey dot. */
const LOOKS: { [type: string]: { icon: IconName; tone: string } } = {
  caseRegistered: { icon: 'plus', tone: 'brand' },
  stepTaken: { icon: 'check', tone: 'brand' },
  dutyAssigned: { icon: 'person', tone: '' },
  clockBreached: { icon: 'alarm', tone: 'late' },
  clockTargetMissed: { icon: 'hourglass', tone: 'soon' },
  clockWarned: { icon: 'hourglass', tone: 'soon' },
  documentIssued: { icon: 'paper', tone: '' },
  documentSigned: { icon: 'pen', tone: 'kept' },
  signatureVoided: { icon: 'pen', tone: 'late' },
  roundStarted: { icon: 'swap', tone: 'soon' },
  caseMoved: { icon: 'book', tone: 'soon' },
  caseOpened: { icon: 'link', tone: '' },
  caseClosed: { icon: 'check', tone: 'kept' },
  caseArchived: { icon: 'lock', tone: 'kept' },
  noteAdded: { icon: 'note', tone: '' },
  fieldsChanged: { icon: 'pen', tone: '' },
  tableDecided: { icon: 'flow', tone: '' },
  linkedCaseEnded: { icon: 'link', tone: 'kept' },
  dutyOffered: { icon: 'swap', tone: '' },
  dutyOfferEnded: { icon: 'swap', tone: '' },
  dutyOfferLate: { icon: 'alarm', tone: 'late' },
  dispatchDecided: { icon: 'people', tone: '' },
  dispatchDeclined: { icon: 'people', tone: 'soon' },
  clockStarted: { icon: 'clock', tone: '' },
  clockStopped: { icon: 'clock', tone: '' },
  clockPaused: { icon: 'pause', tone: '' },
  clockResumed: { icon: 'clock', tone: '' },
  noticeIssued: { icon: 'bell', tone: '' },
  caseJoined: { icon: 'link', tone: '' },
  caseSplit: { icon: 'link', tone: '' },
  memberJoined: { icon: 'link', tone: '' },
  memberSplit: { icon: 'link', tone: '' },
  incidentLinked: { icon: 'link', tone: '' },
  callKept: { icon: 'phone', tone: '' },
};
/** What happened, latest first, each with its clause and its place in the chain. */
export function Timeline({ sight, journal }: { sight: Sight; journal: readonly JournalEntryView[] }) {
  const { say } = sight;
  const [main, setMain] = useState(true);
  const shown = (main ? mainPoints(journal) : journal.map((entry) => ({ entry, before: 0 }))).toReversed();
  return (
    <section className="card stack" aria-labelledby="timeline-title">
      <div className="card-head">
        <h2 id="timeline-title">{say(w.timeline)}</h2>
        <button type="button" className="btn tight toggle-main" aria-pressed={main} onClick={() => setMain(!main)}>
          {say(w.mainOnly)}
        </button>
      </div>
      <ol className="timeline">
        {shown.map((point) => (
          <Moment key={point.entry.seq} point={point} sight={sight} />
        ))}
      </ol>
    </section>
  );
}

function Moment({ point: { entry, before }, sight }: { point: Point; sight: Sight }) {
  const { lang, say } = sight;
  const look = LOOKS[entry.type];
  return (
    <li className="moment" data-type={entry.type}>
      <span className={`moment-dot ${look?.tone ?? ''}`}>{look && <Icon name={look.icon} size={14} />}</span>
      <div>
        <p>{say(entry.sentence)}</p>
        <p className="small muted row">
          <time dateTime={entry.at}>{sayMoment(at(entry.at), lang, now())}</time>
          {typeof entry.data.round === 'number' && entry.data.round > 1 && (
            <span className="tag soon">{say(w.round, { n: entry.data.round })}</span>
          )}
          {before > 0 && <span className="tag">{say(w.saidBefore, { n: before })}</span>}
        </p>
        <Written entry={entry} sight={sight} />
        <Details entry={entry} sight={sight} />
      </div>
    </li>
  );
}

/** What was filled in at this step, in view: whoever reads the story wants the findings, not only that there are some. */
function Written({ entry, sight }: { entry: JournalEntryView; sight: Sight }) {
  const { seen, clear } = sight;
  const written = Object.values(seen.entries)
    .flat()
    .find((each) => each.seq === entry.seq);
  const open = clear?.entries.find((each) => each.seq === entry.seq);
  if (!written) return null;
  return (
    <div className="small moment-written">
      <Values
        sight={sight}
        step={written.step}
        values={open ? { ...written.values, ...open.values } : written.values}
      />
    </div>
  );
}

/** Where the entry stands in the chain. */
function Details({ entry, sight: { say } }: { entry: JournalEntryView; sight: Sight }) {
  return (
    <details className="moment-details small">
      <summary>{say(w.details)}</summary>
      <div className="stack">
        {entry.erased && <p className="muted">{say(w.erased)}</p>}
        <dl className="facts">
          <div>
            <dt>{say(w.entry, { n: entry.seq })}</dt>
            <dd className="mono">{entry.at}</dd>
          </div>
          <div>
            <dt>{say(w.hash)}</dt>
            <dd className="mono">{entry.hash}</dd>
          </div>
          <div>
            <dt>{say(w.prevHash)}</dt>
            <dd className="mono">{entry.prevHash}</dd>
          </div>
        </dl>
      </div>
    </details>
  );
}

import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { IncidentView } from '../../api/contract.ts';
import { changeIncident, incidentsQuery, useInboxChange } from '../../api/inbox.ts';
import { wordsOf } from '../../api/problem.ts';
import { Icon } from '../../kit/icons.tsx';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';
import './incidents.css';

const DeclareDialog = lazy(() => import('./declare.tsx'));

/** What is known to be out, and what everybody was told. */
export default function IncidentsPage() {
  const { say } = useSpeech();
  const { items, mayDeclare } = useSuspenseQuery(incidentsQuery).data;
  const [declaring, setDeclaring] = useState(false);
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
        {mayDeclare && (
          <button type="button" className="btn main" onClick={() => setDeclaring(true)}>
            <Icon name="plus" />
            {say(w.declare)}
          </button>
        )}
      </div>
      <p className="muted incidents-why">{say(w.why)}</p>
      {items.length === 0 && <p className="empty card">{say(w.none)}</p>}
      <div className="incidents">
        {items.map((incident) => (
          <IncidentCard key={incident.id} incident={incident} mayDeclare={mayDeclare} />
        ))}
      </div>
      {declaring && (
        <Suspense fallback={null}>
          <DeclareDialog onClose={() => setDeclaring(false)} />
        </Suspense>
      )}
    </>
  );
}

function IncidentCard({ incident, mayDeclare }: { incident: IncidentView; mayDeclare: boolean }) {
  const { say, lang } = useSpeech();
  const [doing, setDoing] = useState<'move' | 'end' | null>(null);
  const [end, setEnd] = useState('');
  const [words, setWords] = useState('');
  const change = useInboxChange(changeIncident);
  const done = { onSuccess: () => setDoing(null) };
  const when = (moment: string) => sayMoment(at(moment), lang, now());
  const over = incident.endedAt !== null;
  return (
    <section className="card stack" aria-labelledby={`i-${incident.id}`}>
      <div className="card-head">
        <h2 id={`i-${incident.id}`}>{say(incident.title)}</h2>
        <span className={over ? 'tag' : 'tag soon'}>{say(over ? w.over : w.running)}</span>
        <span className="tag">{say(w.cases, { n: incident.cases })}</span>
      </div>
      <p className="small muted">
        {join(
          incident.places.map(({ name }) => name),
          say,
        )}
      </p>
      <p>{say(incident.words)}</p>
      <p>
        <b>
          {incident.endedAt
            ? say(w.ended, { at: when(incident.endedAt) })
            : incident.expectedEnd
              ? say(w.until, { at: when(incident.expectedEnd) })
              : say(w.openEnd)}
        </b>
      </p>
      {mayDeclare && !over && doing === null && (
        <div className="row">
          <button type="button" className="btn" onClick={() => setDoing('move')}>
            <Icon name="clock" size={16} />
            {say(w.move)}
          </button>
          <button type="button" className="btn" onClick={() => setDoing('end')}>
            <Icon name="check" size={16} />
            {say(w.end)}
          </button>
        </div>
      )}
      {doing === 'move' && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate({ id: incident.id, expectedEnd: end === '' ? null : `${end}:00+08:00` }, done);
          }}
        >
          <label className="field">
            <span className="label">{say(w.expectedEnd)}</span>
            <input
              className="input"
              type="datetime-local"
              value={end}
              onChange={(event) => setEnd(event.target.value)}
            />
          </label>
          <button type="submit" className="btn main" disabled={change.isPending}>
            {say(w.save)}
          </button>
          <button type="button" className="btn plain" onClick={() => setDoing(null)}>
            {say(w.cancel)}
          </button>
        </form>
      )}
      {doing === 'end' && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate({ id: incident.id, ended: true, ...(words.trim() ? { words: { zh: words } } : {}) }, done);
          }}
        >
          <label className="field">
            <span className="label">{say(w.endWords)}</span>
            <textarea className="input" value={words} onChange={(event) => setWords(event.target.value)} />
          </label>
          <span className="row">
            <button type="submit" className="btn main" disabled={change.isPending}>
              {say(w.endNow, { n: incident.cases })}
            </button>
            <button type="button" className="btn plain" onClick={() => setDoing(null)}>
              {say(w.cancel)}
            </button>
          </span>
        </form>
      )}
      {change.error !== null && (
        <p className="note late" role="alert">
          {say(wordsOf(change.error))}
        </p>
      )}
      <details>
        <summary>{say(w.changes)}</summary>
        <ul className="incident-changes">
          {incident.changes.map((one) => (
            <li key={`${one.at}.${one.what}`}>
              <span className="small muted">
                {when(one.at)} · {one.by} · {say(one.what === 'ended' ? w.endedBy : w[one.what])}
              </span>
              <span>{say(one.told)}</span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

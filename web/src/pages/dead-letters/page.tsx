import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { deadLettersQuery, undeliveredQuery, useSendAgain, useTryAgain } from '../../api/notice-settings.ts';
import { Refused } from '../../kit/refused.tsx';
import { ToldItem } from '../../notices/told-list.tsx';
import { wayName } from '../../notices/ways.ts';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { PAGES } from '../notices/ways.ts';
import { w } from './words.ts';

/** Everything of any channel that did not arrive, each with why and the way to send it again. */
export default function DeadLettersPage() {
  const { say } = useSpeech();
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
      </div>
      <div className="stack">
        <p className="muted">{say(w.why)}</p>
        <Undelivered />
        <Letters />
      </div>
    </>
  );
}

function Undelivered() {
  const { say } = useSpeech();
  const { data, error } = useQuery(undeliveredQuery);
  const again = useSendAgain();
  return (
    <section className="card stack" aria-labelledby="out-title">
      <h2 id="out-title">{say(w.out)}</h2>
      <Refused error={error ?? again.error} />
      {again.isSuccess && (
        <p className="note kept" role="status">
          {say(w.ordered)}
        </p>
      )}
      {data?.length === 0 && <p className="muted">{say(w.outNone)}</p>}
      <ol className="told-list">
        {data?.map((told) => (
          <li key={`${told.caseId}.${told.seq}`}>
            {told.about === 'case' ? (
              <Link to="/cases/$id" params={{ id: told.caseId }} className="mono">
                {told.number}
              </Link>
            ) : (
              <Link to={PAGES[told.about]}>{say(w[told.about])}</Link>
            )}
            <ToldItem told={told} />
            <button
              type="button"
              className="btn tight told-end"
              aria-label={say(w.againThis, { number: told.about === 'case' ? told.number : say(w[told.about]) })}
              disabled={again.isPending}
              onClick={() => again.mutate(told)}
            >
              {say(w.again)}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Letters() {
  const { say } = useSpeech();
  const { data, error } = useQuery(deadLettersQuery);
  const again = useTryAgain();
  return (
    <section className="card stack" aria-labelledby="in-title">
      <h2 id="in-title">{say(w.in)}</h2>
      <Refused error={error ?? again.error} />
      {data?.length === 0 && <p className="muted">{say(w.inNone)}</p>}
      <ol className="told-list">
        {data?.map((letter) => (
          <li key={`${letter.channel}.${letter.direction}.${letter.key}`}>
            <p>
              <span className="tag">{say(wayName(letter.channel))}</span>{' '}
              <span className="muted small">
                {say(letter.direction === 'in' ? w.incoming : w.outgoing)} · {shortMoment(at(letter.receivedAt))}
              </span>
            </p>
            <p className="told-words">
              <b>{letter.subject || letter.sender}</b> <span className="muted small">{letter.sender}</span>
            </p>
            <p className="small">{say(letter.why)}</p>
            {letter.again && (
              <button
                type="button"
                className="btn tight told-end"
                aria-label={say(w.tryThis, { subject: letter.subject || letter.sender })}
                disabled={again.isPending}
                onClick={() => again.mutate(letter)}
              >
                {say(w.tryAgain)}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { undeliveredQuery, useSendAgain } from '../../api/notice-settings.ts';
import { Refused } from '../../kit/refused.tsx';
import { ToldItem } from '../../notices/told-list.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { PAGES } from '../notices/ways.ts';
import { Letters } from './letters.tsx';
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

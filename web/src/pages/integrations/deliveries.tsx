import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { deliveriesQuery, sendAgain, useWebhookChange } from '../../api/webhooks.ts';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const TITLES = { sent: w.sent, held: w.held, waiting: w.waitingOne, failed: w.failedOne };
const TAGS = { sent: 'tag kept', held: 'tag', waiting: 'tag soon', failed: 'tag late' };

/** What was sent to one subscriber, what it answered each time, and the way to send it once more. */
export function Deliveries({ id }: { id: string }) {
  const { say, lang } = useSpeech();
  const items = useQuery(deliveriesQuery(id)).data?.items ?? [];
  const again = useWebhookChange(sendAgain);
  if (items.length === 0) return <p className="small muted">{say(w.noDeliveries)}</p>;
  return (
    <ul className="deliveries">
      {items.map((one) => (
        <li key={one.id}>
          <span className={TAGS[one.status]}>{say(TITLES[one.status])}</span>
          <span className="deliveries-words">
            <span>
              <span className="mono">{one.type}</span>{' '}
              <Link to="/cases/$id" params={{ id: one.caseId }}>
                #{one.seq}
              </Link>
            </span>
            <span className="small muted">
              {sayMoment(at(one.createdAt), lang, now())}
              {one.attempts.map(({ at: when, status, answer, tookMs }) => (
                <span key={when} title={answer}>
                  {' '}
                  · {status ?? say(w.noAnswer)} ({tookMs} ms)
                </span>
              ))}
            </span>
          </span>
          <button
            type="button"
            className="btn tight"
            disabled={again.isPending}
            onClick={() => again.mutate({ id, delivery: one.id })}
          >
            {say(w.again)}
          </button>
        </li>
      ))}
    </ul>
  );
}

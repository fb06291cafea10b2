import type { NoticeHistoryView } from '../api/contract.ts';
import { at, shortMoment } from '../time/format.ts';
import { useSpeech } from '../words/lang.tsx';
import { w } from './told-words.ts';
import { wayName } from './ways.ts';
import './told.css';

type Sending = NoticeHistoryView['sendings'][number];

const REASONS = {
  first: null,
  quiet: w.quiet,
  together: w.together,
  unread: w.unread,
  failed: w.afterFailure,
  again: w.again,
} as const;
const TAGS = { sent: 'kept', failed: 'late', planned: 'soon', sending: 'soon', needless: '' } as const;

const READ = { page: w.readPage, link: w.readLink, message: w.readMessage };

/** One notice: whom it was for, by which ways it went, whether it arrived, whether it was read. */
export function ToldItem({ told }: { told: NoticeHistoryView }) {
  const { say } = useSpeech();
  const name = told.toOwner ? (told.to === '' ? say(w.owner) : say(w.ownerNamed, { name: told.to })) : told.to;
  const read = told.readAt && say(READ[told.readBy ?? 'page'], { at: shortMoment(at(told.readAt)) });
  return (
    <>
      <p>
        <b>{name}</b> <span className="muted small">{shortMoment(at(told.at))}</span>{' '}
        <span className={read ? 'tag kept' : 'tag'}>{read || say(w.notRead)}</span>
      </p>
      <p className="small told-words">{say(told.title ?? told.text)}</p>
      <ul className="told-ways small">
        {told.sendings.length === 0 && <li>{say(told.toOwner ? w.ownerPage : w.page)}</li>}
        {told.sendings.map((one, index) => (
          <Way key={`${told.seq}.${String(index)}`} sending={one} />
        ))}
      </ul>
    </>
  );
}

function Way({ sending }: { sending: Sending }) {
  const { say } = useSpeech();
  const { way, address, status, reason, dueAt, settledAt, note, inOne } = sending;
  const moment = shortMoment(at(status === 'planned' ? dueAt : (settledAt ?? dueAt)));
  const why = REASONS[reason];
  const more = [why && say(why), inOne > 1 && say(w.inOne, { n: inOne }), status === 'failed' && note].filter(Boolean);
  return (
    <li>
      <span className={`tag ${TAGS[status]}`}>{say(wayName(way))}</span> {address} · {say(w[status], { at: moment })}
      {more.length > 0 && <span className="muted"> · {more.join(' · ')}</span>}
    </li>
  );
}

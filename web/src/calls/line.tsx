import type { CallView } from '../api/contract.ts';
import { Icon } from '../kit/icons.tsx';
import { at, sayMoment, saySpan } from '../time/format.ts';
import { now } from '../time/now.ts';
import { useSpeech } from '../words/lang.tsx';
import { c } from './words.ts';

/** One call in a line: when, from where, rings, how long, who, and its recording. */
export function CallLine({ call }: { call: CallView }) {
  const { say, lang } = useSpeech();
  const { phone, rings, answeredAt, endedAt, answeredBy, recording, phase, estate } = call;
  const parts = [
    estate,
    phase === 'missed' ? say(c.missedTitle) : null,
    rings !== null && answeredAt !== null ? say(c.rings, { n: rings }) : null,
    answeredAt !== null && endedAt !== null
      ? say(c.lasted, { span: saySpan(Math.max(0, at(endedAt) - at(answeredAt)))[lang] })
      : null,
    answeredAt !== null && answeredBy !== null ? say(c.who, { who: answeredBy }) : null,
  ];
  return (
    <p className="row">
      <Icon name="phone" size={16} />
      <span>{sayMoment(at(call.beganAt), lang, now())}</span>
      <b className="mono">{phone ?? say(c.withheld)}</b>
      <span className="small muted">{parts.filter((part) => part !== null).join(' · ')}</span>
      {recording !== null &&
        (recording.listen ? (
          <a href={recording.address} target="_blank" rel="noreferrer">
            {say(c.listen)}
          </a>
        ) : (
          <span className="small muted">{say(c.recordingAt, { address: recording.address })}</span>
        ))}
    </p>
  );
}

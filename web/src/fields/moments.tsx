import { text } from '@room/kernel/text.ts';
import { at, inputMoment, sayMoment } from '../time/format.ts';
import { now } from '../time/now.ts';
import { useSpeech } from '../words/lang.tsx';
import { asText, control, type FieldKind, type InputProps, orNothing } from './kind.ts';

const rightNow = text('现在', 'Now');

function Instant(props: InputProps) {
  const { say } = useSpeech();
  const { value, onChange, spec } = props;
  const shown = typeof value === 'string' ? value.slice(0, 16) : '';
  const limit =
    spec.tense === 'past' ? { max: inputMoment(now()) } : spec.tense === 'future' ? { min: inputMoment(now()) } : {};
  return (
    <span className="joined">
      <input
        {...control(props)}
        {...limit}
        className="input"
        type="datetime-local"
        value={shown}
        onChange={(event) => onChange(event.target.value === '' ? undefined : `${event.target.value}:00+08:00`)}
      />
      {spec.tense !== 'future' && (
        <button type="button" className="btn" onClick={() => onChange(`${inputMoment(now())}:00+08:00`)}>
          {say(rightNow)}
        </button>
      )}
    </span>
  );
}

/** A moment in Chinese local time, wherever the reader sits. */
export const instant: FieldKind = {
  Input: Instant,
  read: (value, _spec, { lang }) => sayMoment(typeof value === 'number' ? value : at(String(value)), lang, now()),
};

/** A day. */
export const date: FieldKind = {
  Input: (props) => (
    <input
      {...control(props)}
      className="input"
      type="date"
      value={asText(props.value)}
      onChange={(event) => props.onChange(orNothing(event.target.value))}
    />
  ),
  read: (value) => String(value),
};

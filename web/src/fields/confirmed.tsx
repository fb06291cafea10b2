import { text } from '@room/kernel/text.ts';
import { Icon } from '../kit/icons.tsx';
import type { FieldKind } from './kind.ts';

const done = text('已确认', 'Confirmed');

/** A box that must be ticked to mean anything; its label is the sentence one stands by. */
export const confirmed: FieldKind = {
  Input: ({ id, value, onChange, invalid, describedBy, spec, around: { say } }) => (
    <span className="pick">
      <label>
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          aria-invalid={invalid}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.target.checked ? true : undefined)}
        />
        {say(spec.label)}
      </label>
    </span>
  ),
  read: (_value, _spec, { say }) => (
    <span className="row" style={{ gap: '0.25rem', color: 'var(--kept)' }}>
      <Icon name="check" size={15} />
      {say(done)}
    </span>
  ),
  group: true,
  wide: true,
};

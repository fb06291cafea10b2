import type { Text } from '@room/kernel/text.ts';
import { control, type FieldKind } from './kind.ts';

/** A number with its unit. */
export const number: FieldKind = {
  Input: (props) => {
    const { spec, value, onChange, around } = props;
    // The compiled pack holds a sentence here or nothing.
    const unit = spec.unit as Text | undefined;
    return (
      <span className="joined">
        <input
          {...control(props)}
          className="input"
          type="number"
          inputMode={spec.whole === true ? 'numeric' : 'decimal'}
          step={spec.whole === true ? 1 : 'any'}
          min={typeof spec.min === 'number' ? spec.min : undefined}
          max={typeof spec.max === 'number' ? spec.max : undefined}
          value={typeof value === 'number' ? value : ''}
          onChange={({ target }) => onChange(Number.isNaN(target.valueAsNumber) ? undefined : target.valueAsNumber)}
        />
        {unit && <span className="unit">{around.say(unit)}</span>}
      </span>
    );
  },
  read: (value, spec, { say }) => {
    const unit = spec.unit as Text | undefined;
    return `${String(value)}${unit ? ` ${say(unit)}` : ''}`;
  },
};

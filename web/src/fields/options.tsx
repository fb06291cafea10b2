import type { WireValue } from '../api/contract.ts';
import { control, type InputProps } from './kind.ts';

export interface Option {
  value: WireValue & (string | boolean);
  label: string;
}

const FEW = 6;

/** One of a few: as buttons when they fit under one look, else as a list. */
export function Options({ options, ...props }: InputProps & { options: readonly Option[] }) {
  const { id, value, onChange, describedBy, invalid, name } = props;
  const words = options.reduce((sum, option) => sum + option.label.length, 0);
  if (options.length > FEW && words > 60)
    return (
      <select
        {...control(props)}
        className="input"
        value={String(value ?? '')}
        onChange={(event) => onChange(options.find((option) => String(option.value) === event.target.value)?.value)}
      >
        <option value="">—</option>
        {options.map((option) => (
          <option key={String(option.value)} value={String(option.value)}>
            {option.label}
          </option>
        ))}
      </select>
    );
  return (
    <span
      className="pick"
      role="radiogroup"
      id={id}
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      aria-invalid={invalid}
    >
      {options.map((option) => (
        <label key={String(option.value)}>
          <input
            type="radio"
            name={`${id}-${name}`}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </span>
  );
}

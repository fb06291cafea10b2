import { type Framed, Labelled } from './labelled.tsx';

interface Props extends Framed {
  value: string;
  options: readonly { value: string; label: string }[];
  onChange(value: string): void;
  /** What stands first and means nothing was chosen; without it something always is. */
  none?: string;
}

/** One of several, with its label and what is wrong with it. */
export function SelectField({ value, options, onChange, none, ...frame }: Props) {
  return (
    <Labelled {...frame}>
      {(tie) => (
        <select {...tie} value={value} onChange={(event) => onChange(event.target.value)}>
          {none !== undefined && <option value="">{none}</option>}
          {options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

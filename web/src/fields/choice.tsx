import type { Text } from '@room/kernel/text.ts';
import type { FieldSpec } from '../api/contract.ts';
import type { FieldKind, InputProps } from './kind.ts';
import { Options } from './options.tsx';

// The compiled pack has already checked that a choice carries its options.
const optionsOf = (spec: FieldSpec) => spec.options as { value: string; label: Text }[];

/** One of a short list written in the pack. */
export const choice: FieldKind = {
  Input: (props) => (
    <Options
      {...props}
      options={optionsOf(props.spec).map(({ value, label }) => ({ value, label: props.around.say(label) }))}
    />
  ),
  read: (value, spec, { say }) => {
    const option = optionsOf(spec).find((each) => each.value === value);
    return option ? say(option.label) : String(value);
  },
  group: true,
  wide: true,
};

function Boxes({ id, name, spec, value, onChange, describedBy, invalid, around }: InputProps) {
  const chosen = Array.isArray(value) ? value : [];
  const set = (option: string, ticked: boolean) => {
    const next = ticked ? [...chosen, option] : chosen.filter((each) => each !== option);
    onChange(next.length > 0 ? next : undefined);
  };
  return (
    <span className="pick" id={id} aria-describedby={describedBy}>
      {optionsOf(spec).map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            name={`${id}-${name}`}
            checked={chosen.includes(option.value)}
            aria-invalid={invalid}
            onChange={({ target }) => set(option.value, target.checked)}
          />
          {around.say(option.label)}
        </label>
      ))}
    </span>
  );
}

/** Several of a short list: boxes to tick. */
export const choices: FieldKind = {
  Input: Boxes,
  read: (value, spec, around) => (
    <ul>
      {(Array.isArray(value) ? value : [value]).map((each) => (
        <li key={String(each)}>{choice.read(each, spec, around)}</li>
      ))}
    </ul>
  ),
  group: true,
  wide: true,
};

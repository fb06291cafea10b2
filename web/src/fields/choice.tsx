import type { Text } from '@room/kernel/text.ts';
import type { FieldSpec } from '../api/contract.ts';
import type { FieldKind } from './kind.ts';
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

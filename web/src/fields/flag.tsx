import { text } from '@room/kernel/text.ts';
import type { FieldKind } from './kind.ts';
import { Options } from './options.tsx';

const yes = text('是', 'Yes');
const no = text('否', 'No');

/** Yes or no; nothing is preselected. */
export const flag: FieldKind = {
  Input: (props) => (
    <Options
      {...props}
      options={[
        { value: true, label: props.around.say(yes) },
        { value: false, label: props.around.say(no) },
      ]}
    />
  ),
  read: (value, _spec, { say }) => say(value === true ? yes : no),
  group: true,
};

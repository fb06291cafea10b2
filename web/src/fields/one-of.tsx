import { readPath } from '@room/case/paths.ts';
import { text } from '@room/kernel/text.ts';
import type { FieldKind } from './kind.ts';
import { Options } from './options.tsx';

const none = text('还没有可选的条目', 'Nothing to choose from yet');

/** An item of a list the case already holds, e.g. a measure of the plan. */
export const oneOf: FieldKind = {
  Input: (props) => {
    const items = readPath(String(props.spec.from), props.around.scope);
    const options = Array.isArray(items) ? items.map(String) : [];
    if (options.length === 0) return <span className="muted">{props.around.say(none)}</span>;
    return <Options {...props} options={[...new Set(options)].map((value) => ({ value, label: value }))} />;
  },
  read: (value) => String(value),
  group: true,
  wide: true,
};

import { asText, control, type FieldKind, orNothing } from './kind.ts';

/** Words, one line or several. */
export const text: FieldKind = {
  Input: (props) =>
    props.spec.long === true ? (
      <textarea
        {...control(props)}
        className="input"
        rows={3}
        value={asText(props.value)}
        onChange={(event) => props.onChange(orNothing(event.target.value))}
      />
    ) : (
      <input
        {...control(props)}
        className="input"
        autoComplete="off"
        value={asText(props.value)}
        onChange={(event) => props.onChange(orNothing(event.target.value))}
      />
    ),
  read: (value) => <span className="pre">{String(value)}</span>,
  wide: (spec) => spec.long === true,
};

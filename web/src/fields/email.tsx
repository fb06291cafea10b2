import { asText, control, type FieldKind, orNothing } from './kind.ts';

/** An e-mail address. */
export const email: FieldKind = {
  Input: (props) => (
    <input
      {...control(props)}
      className="input"
      type="email"
      inputMode="email"
      autoComplete="off"
      value={asText(props.value)}
      onChange={(event) => props.onChange(orNothing(event.target.value))}
    />
  ),
  read: (value) => {
    const address = String(value);
    return address.includes('*') ? address : <a href={`mailto:${address}`}>{address}</a>;
  },
};

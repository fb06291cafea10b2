import { asText, control, type FieldKind, orNothing } from './kind.ts';

/** A telephone number; a touch calls it. */
export const phone: FieldKind = {
  Input: (props) => (
    <input
      {...control(props)}
      className="input"
      type="tel"
      inputMode="tel"
      autoComplete="off"
      value={asText(props.value)}
      onChange={(event) => props.onChange(orNothing(event.target.value))}
    />
  ),
  read: (value) => {
    const number = String(value);
    return number.includes('*') ? number : <a href={`tel:${number}`}>{number}</a>;
  },
};

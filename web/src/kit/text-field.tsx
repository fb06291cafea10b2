import { type Framed, Labelled } from './labelled.tsx';

interface Props extends Framed {
  value: string;
  onChange(value: string): void;
  type?: 'text' | 'password' | 'tel' | 'email' | 'number' | 'time' | 'date' | 'month';
  complete?: string;
}

/** One line of words with its label, hint and what is wrong with it. */
export function TextField({ value, onChange, type = 'text', complete = 'off', ...frame }: Props) {
  return (
    <Labelled {...frame}>
      {(tie) => (
        <input
          {...tie}
          type={type}
          autoComplete={complete}
          maxLength={200}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

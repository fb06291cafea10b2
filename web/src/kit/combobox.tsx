import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import './combobox.css';

export interface Offer {
  id: string;
  label: ReactNode;
  /** Stands at the right, in small grey words. */
  aside?: ReactNode;
  disabled?: boolean;
}

interface Props {
  id: string;
  name?: string;
  /** The words in the box. */
  words: string;
  offers: readonly Offer[];
  onWords(words: string): void;
  onPick(id: string): void;
  /** The first offer is taken by Enter even if nobody moved to it. */
  eager?: boolean;
  placeholder?: string;
  inputMode?: 'tel' | 'text';
  invalid?: boolean;
  describedBy?: string | undefined;
  /** Said under the box while nothing fits. */
  none?: string;
}

/** A box with suggestions: type or press the arrow, then Enter. */
export function Combobox(props: Props) {
  const { id, words, offers, onWords, onPick, eager = true, none } = props;
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const listId = useId();
  const shown = open && offers.length > 0;
  const here = Math.min(active, offers.length - 1);
  const pick = (offer: Offer | undefined) => {
    if (!offer || offer.disabled) return;
    onPick(offer.id);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && offers.length > 0) {
      event.preventDefault();
      setActive(shown ? (here + step + offers.length) % offers.length : 0);
      setOpen(true);
    } else if (event.key === 'Enter' && shown && here >= 0 && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      pick(offers[here]);
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  return (
    <span className="combobox">
      <input
        id={id}
        name={props.name}
        className="input"
        role="combobox"
        autoComplete="off"
        inputMode={props.inputMode}
        placeholder={props.placeholder}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={listId}
        aria-activedescendant={shown && here >= 0 ? `${listId}-${here}` : undefined}
        aria-invalid={props.invalid}
        aria-describedby={props.describedBy}
        value={words}
        onChange={(event) => {
          onWords(event.target.value);
          // Enter on an empty box goes on; it must not choose what merely stands first.
          setActive(eager && event.target.value.trim() !== '' ? 0 : -1);
          setOpen(true);
        }}
        onFocus={(event) => {
          // What was picked is replaced by typing, not lengthened.
          event.currentTarget.select();
        }}
        onClick={() => {
          setActive(-1);
          setOpen(true);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {/* The list is always there so that what the box controls exists. */}
      <span id={listId} role="listbox" aria-label={props.placeholder ?? id} className="offers" hidden={!shown}>
        {offers.map((offer, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the box, which keeps the focus
          <span
            key={offer.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === here}
            aria-disabled={offer.disabled}
            className="offer"
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setActive(index)}
            onClick={() => pick(offer)}
          >
            <span>{offer.label}</span>
            {offer.aside && <span className="small muted">{offer.aside}</span>}
          </span>
        ))}
      </span>
      {open && none && offers.length === 0 && words.trim() !== '' && <span className="hint">{none}</span>}
    </span>
  );
}

import { type ReactNode, useEffect, useId, useRef } from 'react';
import { w } from '../app/words.ts';
import { useSpeech } from '../words/lang.tsx';
import { Icon } from './icons.tsx';
import './dialog.css';

interface Props {
  title: string;
  /** `side` is a drawer on a desk and the whole screen of a phone. */
  shape?: 'box' | 'side';
  onClose(): void;
  children: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus inside and gives it back. */
export function Dialog({ title, shape = 'box', onClose, children }: Props) {
  const { say } = useSpeech();
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = box.current;
    if (!dialog || dialog.open) return;
    const before = document.activeElement;
    dialog.showModal();
    // The hands belong on the first field, not on the cross that closes.
    dialog.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea, button)')?.focus();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      className={`dialog ${shape}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="btn plain icon" aria-label={say(w.close)} onClick={onClose}>
          <Icon name="cross" />
        </button>
      </div>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}

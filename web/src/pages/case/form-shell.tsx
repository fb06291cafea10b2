import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { Problem, wordsOf } from '../../api/problem.ts';
import { Icon } from '../../kit/icons.tsx';
import { whomToAsk } from '../../kit/whom-to-ask.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

interface Props {
  error: unknown;
  /** Faults that already stand beside their field need not be said twice. */
  placed: readonly string[];
  pending: boolean;
  onSubmit(): void;
  children: ReactNode;
}

/** Submit by button or Ctrl+Enter, what went wrong, and the eye on the first fault. */
export function FormShell({ error, placed, pending, onSubmit, children }: Props) {
  const { say } = useSpeech();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!error) return;
    const field = form.current?.querySelector('.fault')?.closest('.field');
    field?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [error]);
  useEffect(() => {
    // After a file was picked the keys may belong to nobody: they still mean this form.
    const onKeys = (event: globalThis.KeyboardEvent) => {
      if (event.target === document.body && event.key === 'Enter' && (event.ctrlKey || event.metaKey))
        form.current?.requestSubmit();
    };
    document.addEventListener('keydown', onKeys);
    return () => document.removeEventListener('keydown', onKeys);
  }, []);
  const faults = error instanceof Problem ? Object.keys(error.byField) : [];
  const here = faults.length > 0 && faults.every((name) => placed.includes(name));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!pending) onSubmit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return (
    <form ref={form} className="stack step-form" noValidate onSubmit={submit} onKeyDown={onKeyDown}>
      {children}
      {error !== null && error !== undefined && (
        <p className="note late" role="alert">
          <Icon name="alarm" />
          <span>
            {say(here ? w.refused : wordsOf(error))}
            {whomToAsk(say, { message: wordsOf(error), who: error instanceof Problem ? error.body.who : null })}
          </span>
        </p>
      )}
      <div className="step-end">
        <button type="submit" className="btn main" disabled={pending}>
          {say(pending ? w.sending : w.submit)} <kbd>Ctrl ↵</kbd>
        </button>
      </div>
    </form>
  );
}

import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { SessionView } from '../api/contract.ts';
import { Icon } from '../kit/icons.tsx';
import { useSpeech } from '../words/lang.tsx';
import { GROUPS, shownTo } from './pages.ts';
import { w } from './words.ts';

/** The ways to all other pages, in groups: Escape and a press outside close it, a chosen page too. */
export function More({ path, me }: { path: string; me: SessionView['signedIn'] }) {
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    addEventListener('pointerdown', outside);
    addEventListener('focusin', outside);
    return () => {
      removeEventListener('pointerdown', outside);
      removeEventListener('focusin', outside);
    };
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
    box.current?.querySelector('button')?.focus();
  };
  const groups = GROUPS.map(({ title, pages }) => ({ title, pages: shownTo(pages, me, false) }));
  const here = groups.some(({ pages }) => pages.some(({ to }) => to === path || path.startsWith(`${to}/`)));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key belongs to the button and the links inside
    <div className="more" ref={box} onKeyDown={onKeyDown}>
      <button
        type="button"
        className="more-button"
        data-here={here}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Icon name="down" size={20} />
        <span>{say(w.more)}</span>
      </button>
      {open && (
        <div id={id} className="more-list">
          {groups.map(({ title, pages }) => (
            <section key={title.en} aria-label={say(title)}>
              <b className="small muted" aria-hidden="true">
                {say(title)}
              </b>
              <ul>
                {pages.map(({ to, title: name }) => (
                  <li key={to}>
                    <Link to={to} aria-current={path === to ? 'page' : undefined} onClick={() => setOpen(false)}>
                      {say(name)}
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </div>
  );
}

import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { CaseView, PackSpec } from '../../api/contract.ts';
import { Icon } from '../../kit/icons.tsx';
import { at, sayMoment, saySpan } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const Qr = lazy(() => import('../../kit/qr.tsx'));

/** What is said before hanging up: the number, the promises, the owner's own page. */
export function Done(props: {
  seen: CaseView;
  took: number;
  joint: readonly CaseView[];
  packs: readonly PackSpec[];
  /** Fellow signers who could not be registered. */
  left: ReactNode;
  onNext(): void;
}) {
  const { seen, took, joint, packs, left, onNext } = props;
  const { lang, say } = useSpeech();
  const next = useRef<HTMLButtonElement>(null);
  const [copied, setCopied] = useState(false);
  const [paper, setPaper] = usePaper();
  useEffect(() => next.current?.focus(), []);
  const pack = packs.find((each) => each.pack === seen.pack && each.version === seen.packVersion);
  const specs = pack?.procedures[seen.procedure]?.clocks ?? {};
  const running = seen.clocks.filter((clock) => clock.status === 'running');
  const promised = running.filter((clock) => specs[clock.clock]?.shownToOwner);
  const shown = promised.length > 0 ? promised : running;
  const page = seen.ownerPage ? new URL(seen.ownerPage, location.href).href : null;
  const copy = () => {
    if (page) void navigator.clipboard.writeText(page).then(() => setCopied(true));
  };
  return (
    <section className="done" aria-labelledby="done-number">
      <p className="tag kept">
        <Icon name="check" size={16} />
        {say(w.done)} · {say(w.took, { time: saySpan(took)[lang] })}
      </p>
      <p className="muted">{say(w.sayNumber)}</p>
      <div role="status">
        <h1 id="done-number" className="done-number">
          {seen.number}
        </h1>
      </div>
      <div className="done-parts">
        <section className="card stack">
          <h2>{say(w.promises)}</h2>
          <ul className="stack">
            {shown.map((clock) => {
              const words = { what: say(clock.title), at: sayMoment(at(clock.dueAt), lang, now()) };
              return (
                <li key={`${clock.clock}.${clock.run}`} className="done-promise">
                  <Icon name="clock" />
                  <span>
                    {say(w.by, words)} <span className="clause">{clock.clause}</span>
                    {clock.provisional && <span className="small muted"> {say(clock.provisional)}</span>}
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
        {page && (
          <section className="card stack">
            <h2>{say(w.ownerPage)}</h2>
            <div className="done-owner">
              <Suspense fallback={<span className="skeleton qr" />}>
                <Qr address={page} label={say(w.qr)} />
              </Suspense>
              <div className="stack">
                <p className="small muted">{say(w.ownerPageWhy)}</p>
                <a href={page} target="_blank" rel="noreferrer" className="done-link mono">
                  {page}
                </a>
                <button type="button" className="btn tight" onClick={copy}>
                  <Icon name="copy" size={15} />
                  <span role="status">{say(copied ? w.copied : w.copy)}</span>
                </button>
              </div>
            </div>
          </section>
        )}
      </div>
      {left}
      {joint.length > 0 && (
        <section className="card stack">
          <h2>{say(w.joint)}</h2>
          <ul className="stack">
            {joint.map((each) => (
              <li key={each.id} className="row">
                <b className="mono">{each.number}</b>
                <span>{String(each.values.contactName ?? '')}</span>
                <Receipt seen={each} paper={paper} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="row">
        <button type="button" ref={next} className="btn main big" onClick={onNext}>
          <Icon name="phone" />
          {say(w.next)} <kbd>Enter</kbd>
        </button>
        {page && <Receipt seen={seen} paper={paper} big />}
        {page && (
          <fieldset className="done-paper">
            <legend className="only-read">{say(w.paperSize)}</legend>
            <span className="pick">
              {PAPERS.map((size) => (
                <label key={size}>
                  <input type="radio" name="paper" checked={paper === size} onChange={() => setPaper(size)} />
                  {size === '80mm' ? say(w.roll) : size.toUpperCase()}
                </label>
              ))}
            </span>
          </fieldset>
        )}
        <Link to="/cases/$id" params={{ id: seen.id }} className="btn big">
          {say(w.openCase)}
        </Link>
      </div>
    </section>
  );
}

/** The slip with the number, the promises and the code of the asker's page. */
function Receipt({ seen, paper, big = false }: { seen: CaseView; paper: Paper; big?: boolean }) {
  const { say } = useSpeech();
  return (
    <a
      className={big ? 'btn big' : 'btn tight'}
      href={`/api/v1/cases/${seen.id}/receipt.pdf?paper=${paper}`}
      target="_blank"
      rel="noreferrer"
    >
      <Icon name="paper" size={16} />
      {say(w.receipt)}
    </a>
  );
}

const PAPERS = ['a4', 'a5', '80mm'] as const;
type Paper = (typeof PAPERS)[number];
const PAPER = 'huiyin.receipt.paper';

/** The sheet in this counter's printer, remembered in its browser. */
function usePaper(): [Paper, (paper: Paper) => void] {
  const [paper, setPaper] = useState<Paper>(() => PAPERS.find((size) => size === localStorage.getItem(PAPER)) ?? 'a4');
  const choose = (next: Paper) => {
    localStorage.setItem(PAPER, next);
    setPaper(next);
  };
  return [paper, choose];
}

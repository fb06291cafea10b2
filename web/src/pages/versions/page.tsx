import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { PackHistory } from '../../api/contract.ts';
import { currentPacksQuery } from '../../api/packs.ts';
import { historyQuery, useHandIn } from '../../api/versions.ts';
import { Icon } from '../../kit/icons.tsx';
import { Refused } from '../../kit/refused.tsx';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import { HandInForm } from './hand-in-form.tsx';
import { Proposals } from './proposals.tsx';
import { w } from './words.ts';
import './versions.css';

const ProposalDialog = lazy(() => import('./proposal-dialog.tsx'));
const MovesDialog = lazy(() => import('./moves-dialog.tsx'));

/** How each procedure came to be in force: who handed in, what the check found, who approved, from when. */
export default function VersionsPage() {
  const { say } = useSpeech();
  const history = useSuspenseQuery(historyQuery).data;
  const [open, setOpen] = useState<string | null>(null);
  const [moving, setMoving] = useState<string | null>(null);
  return (
    <div className="versions">
      <div>
        <div className="page-head">
          <h1>{say(w.title)}</h1>
        </div>
        <p className="muted">{say(w.why)}</p>
        <p className="small muted">{say(w.reviewers, { who: say(history.reviewers) })}</p>
      </div>
      <Folders folders={history.folders} onDone={setOpen} />
      <HandInForm onDone={setOpen} />
      <Proposals proposals={history.proposals} onOpen={setOpen} />
      <Published published={history.published} onMove={setMoving} />
      <Suspense fallback={null}>
        {open && <ProposalDialog id={open} onClose={() => setOpen(null)} />}
        {moving && <MovesDialog pack={moving} onClose={() => setMoving(null)} />}
      </Suspense>
    </div>
  );
}

/** What lies in the folder and is not in force. */
function Folders({ folders, onDone }: { folders: PackHistory['folders']; onDone(id: string): void }) {
  const { say } = useSpeech();
  const handIn = useHandIn();
  const told = folders.filter(({ state }) => state !== 'unused');
  if (told.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="folders">
      <h2 id="folders">{say(w.folders)}</h2>
      <ul className="version-list">
        {told.map(({ folder, state, words }) => (
          <li key={folder}>
            <span className={state === 'taken' ? 'note soon' : undefined}>
              {state === 'taken' && <Icon name="alarm" />}
              {say(words)}
            </span>
            {state === 'new' && (
              <div className="row">
                <button
                  type="button"
                  className="btn tight"
                  disabled={handIn.isPending}
                  onClick={() => handIn.mutate({ folder, note: '' }, { onSuccess: ({ id }) => onDone(id) })}
                >
                  {say(w.handInFolder, { folder })}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      <Refused error={handIn.error} />
    </section>
  );
}

/** Every version that ever was in force. */
function Published({ published, onMove }: { published: PackHistory['published']; onMove(pack: string): void }) {
  const { say, lang } = useSpeech();
  const titles = new Map((useQuery(currentPacksQuery).data ?? []).map(({ pack, title }) => [pack, say(title)]));
  const behind = new Set(published.flatMap((one) => (!one.current && one.running > 0 ? [one.pack] : [])));
  return (
    <section className="card stack" aria-labelledby="published">
      <h2 id="published">{say(w.published)}</h2>
      <ul className="version-list">
        {published.map((one) => (
          <li key={`${one.pack} ${one.version}`}>
            <span className="version-head">
              <b>
                {one.pack} {one.version} {titles.get(one.pack)}
              </b>
              {one.current && <span className="tag kept">{say(w.current)}</span>}
              <span className="small">{say(w.running, { n: one.running })}</span>
            </span>
            <span className="small muted">
              {say(w.from, { at: sayMoment(at(one.inForceFrom), lang, now()) })} ·{' '}
              {one.shipped ? say(w.shipped) : `${one.publishedBy}${one.reviewNote && `：${one.reviewNote}`}`} ·{' '}
              {say(w.digest, { digest: one.digest.slice(0, 12) })}
            </span>
            {one.current && behind.has(one.pack) && (
              <div className="row">
                <button type="button" className="btn tight" onClick={() => onMove(one.pack)}>
                  {say(w.moves)}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

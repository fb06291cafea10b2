import { useEffect, useState } from 'react';
import type { CaseView } from '../../api/contract.ts';
import { useCurrentPacks } from '../../api/packs.ts';
import { useMe, useSession } from '../../api/session.ts';
import { c } from '../../calls/words.ts';
import { Icon } from '../../kit/icons.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { Done } from './done.tsx';
import { changeDraft, dropDraft, freshDraft, keptDraft, onDraftChanged, parkedDrafts } from './draft.ts';
import { Form } from './form.tsx';
import { LeftSigners } from './left-signers.tsx';
import { mattersFor } from './matters.ts';
import { w } from './words.ts';
import './intake.css';

/** One screen from the ring of the telephone to the number that is read out. */
export default function IntakePage() {
  const { say } = useSpeech();
  const me = useMe();
  const packs = useCurrentPacks();
  const { packs: inForce } = useSession();
  const matters = mattersFor(packs, me);
  const [start, setStart] = useState(() => ({ draft: keptDraft(me.person.id) ?? freshDraft(me.person.id), turn: 0 }));
  const [done, setDone] = useState<{ seen: CaseView; took: number; joint: readonly CaseView[] } | null>(null);
  const again = () => {
    dropDraft(me.person.id);
    setDone(null);
    const next = changeDraft(me.person.id) ?? freshDraft(me.person.id);
    setStart(({ turn }) => ({ draft: next, turn: turn + 1 }));
  };
  const takeUp = () => {
    setDone(null);
    setStart(({ turn }) => ({ draft: keptDraft(me.person.id) ?? freshDraft(me.person.id), turn: turn + 1 }));
  };
  useEffect(() => onDraftChanged(takeUp));
  const parked = parkedDrafts(me.person.id).length;
  // A form that changes its procedure while one types is worse than one that comes a moment later.
  if (packs.length === 0 || packs.length < inForce.length)
    return <div className="skeleton" style={{ height: '24rem' }} aria-busy="true" />;
  if (matters.length === 0)
    return (
      <div className="empty card">
        <Icon name="lock" size={32} />
        <h1>{say(w.notYours)}</h1>
      </div>
    );
  const joined = (more: readonly CaseView[]) => done && setDone({ ...done, joint: [...done.joint, ...more] });
  const left = <LeftSigners key={me.person.id} personId={me.person.id} onJoined={joined} />;
  if (done) return <Done {...done} packs={packs} left={left} onNext={again} />;
  return (
    <Form
      key={`${me.person.id}.${start.turn}`}
      personId={me.person.id}
      start={start.draft}
      matters={matters}
      onClear={again}
      aside={
        <>
          {left}
          {parked > 0 && (
            <p className="note row" role="status">
              <span style={{ marginInlineEnd: 'auto' }}>{say(c.parked, { n: parked })}</span>
              <button
                type="button"
                className="btn tight"
                onClick={() => {
                  changeDraft(me.person.id);
                  takeUp();
                }}
              >
                {say(c.resume)}
              </button>
            </p>
          )}
        </>
      }
      onDone={(seen, took, joint) => {
        dropDraft(me.person.id);
        setDone({ seen, took, joint });
      }}
    />
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Staff } from '../../api/contract.ts';
import { unitsQuery } from '../../api/directory.ts';
import { postsQuery, staffQuery, usePosting } from '../../api/people.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Refused } from '../../kit/refused.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { AccountSection } from './account-section.tsx';
import { Leaving } from './leaving.tsx';
import { UnitPick } from './unit-pick.tsx';
import { w } from './words.ts';

/** Everything about one member of staff: posts, account, leaving. */
export default function ManageDialog({ id, onClose }: { id: string; onClose(): void }) {
  const { say } = useSpeech();
  const { data: staff, error } = useQuery(staffQuery(id));
  return (
    <Dialog title={staff ? say(w.manage, { name: staff.name }) : '…'} shape="side" onClose={onClose}>
      <div className="stack">
        <Refused error={error} />
        {staff && (
          <>
            <Posts staff={staff} />
            <AccountSection staff={staff} />
            <Leaving staff={staff} onClose={onClose} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Posts({ staff }: { staff: Staff }) {
  const { say } = useSpeech();
  const offered = useQuery(postsQuery).data ?? [];
  const units = useQuery(unitsQuery).data ?? [];
  const posting = usePosting(staff.id);
  const [post, setPost] = useState('');
  const [unit, setUnit] = useState('');
  const title = (code: string) => {
    const found = offered.find((one) => one.code === code);
    return found ? say(found.title) : code;
  };
  return (
    <section className="stack">
      <h3>{say(w.posts)}</h3>
      <ul className="people-posts">
        {staff.posts.map((held) => (
          <li key={`${held.post} ${held.unit.code} ${held.from}`}>
            <span>
              {title(held.post)} <span className="small muted">{say(held.unit.name)}</span>
            </span>
            {held.to ? (
              <span className="tag soon">{say(w.until, { date: held.to })}</span>
            ) : (
              <button
                type="button"
                className="btn tight"
                aria-label={say(w.endThis, { post: title(held.post), unit: say(held.unit.name) })}
                disabled={posting.isPending}
                onClick={() => posting.mutate({ end: [{ post: held.post, unit: held.unit.code }] })}
              >
                {say(w.end)}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Refused error={posting.error} />
      <div className="form-grid">
        <label className="field">
          <span className="label">{say(w.newPost)}</span>
          <select className="input" value={post} onChange={(event) => setPost(event.target.value)}>
            <option value="">—</option>
            {offered.map((one) => (
              <option key={one.code} value={one.code}>
                {say(one.title)}
              </option>
            ))}
          </select>
        </label>
        <UnitPick value={unit} onChange={setUnit} />
      </div>
      <div className="row">
        <button
          type="button"
          className="btn"
          disabled={post === '' || posting.isPending}
          onClick={() => posting.mutate({ add: [{ post, unit: unit || (units[0]?.code ?? '') }] })}
        >
          {say(w.give)}
        </button>
      </div>
    </section>
  );
}

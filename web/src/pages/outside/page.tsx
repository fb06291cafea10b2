import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { OutsideView } from '../../api/contract.ts';
import { outsideQuery } from '../../api/particulars.ts';
import { useMe } from '../../api/session.ts';
import { Icon } from '../../kit/icons.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { FirmDialog } from './firm-dialog.tsx';
import { w } from './words.ts';
import '../person/person.css';

const NEW: OutsideView = { id: '', kind: 'contractor', name: '', note: '', contacts: [] };

/** Firms outside and whom to ask there, kind by kind. */
export default function OutsidePage() {
  const { say } = useSpeech();
  const { administers } = useMe();
  const firms = useSuspenseQuery(outsideQuery).data;
  const [open, setOpen] = useState<OutsideView | null>(null);
  const groups = [...Map.groupBy(firms, ({ kind }) => kind)];
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
        {administers && (
          <Link to="/premises" className="btn">
            <Icon name="left" />
            {say(w.premises)}
          </Link>
        )}
        {administers && (
          <button type="button" className="btn main" onClick={() => setOpen(NEW)}>
            <Icon name="plus" />
            {say(w.add)}
          </button>
        )}
      </div>
      <p className="muted" style={{ marginBottom: '1rem' }}>
        {say(w.why)}
      </p>
      {firms.length === 0 && <p className="empty card">{say(w.none)}</p>}
      <div className="person-grid">
        {groups.map(([kind, members]) => (
          <section key={kind} className="card stack">
            <h2>{say(w[kind])}</h2>
            <ul className="person-list">
              {members.map((firm) => (
                <li key={firm.id}>
                  <Firm firm={firm} />
                  {administers && (
                    <button
                      type="button"
                      className="btn tight"
                      aria-label={say(w.editThis, { name: firm.name })}
                      onClick={() => setOpen(firm)}
                    >
                      {say(w.edit)}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {open && <FirmDialog firm={open} taken={firms.map(({ name }) => name)} onClose={() => setOpen(null)} />}
    </>
  );
}

function Firm({ firm }: { firm: OutsideView }) {
  const { say } = useSpeech();
  return (
    <div>
      <b>{firm.name}</b> {firm.note !== '' && <span className="small muted">{firm.note}</span>}
      {firm.contacts.length === 0 && <p className="small muted">{say(w.contactsNone)}</p>}
      {firm.contacts.map((one) => (
        <p key={`${one.name} ${one.phone} ${one.email}`} className="small">
          {[one.name, one.duty].filter(Boolean).join(' · ')}{' '}
          {one.phone && <a href={`tel:${one.phone.replace(/[^\d+]/g, '')}`}>{one.phone}</a>}{' '}
          {one.email && <a href={`mailto:${one.email}`}>{one.email}</a>}
        </p>
      ))}
    </div>
  );
}

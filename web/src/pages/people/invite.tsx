import { lazy, Suspense } from 'react';
import type { Invite } from '../../api/contract.ts';
import { Icon } from '../../kit/icons.tsx';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';
import '../account/account.css';

const Qr = lazy(() => import('../../kit/qr.tsx'));

/** An invitation that was just made: sent by e-mail, or to be scanned, copied or printed now. */
export function InvitationSlip({ invite }: { invite: Invite }) {
  const { say } = useSpeech();
  const until = shortMoment(at(invite.expiresAt));
  const { url } = invite;
  return (
    <div className="note kept account-slip" role="status">
      {url === null ? (
        <p>{say(w.inviteSent, { email: invite.email ?? '', at: until })}</p>
      ) : (
        <div className="stack">
          <b>{say(w.inviteHere)}</b>
          <div className="account-qr">
            <Suspense fallback={null}>
              <Qr address={url} label={say(w.inviteHere)} />
            </Suspense>
          </div>
          <p className="small mono account-link">{url}</p>
          <p className="small">{say(w.inviteOnce, { at: until, username: invite.username })}</p>
          <div className="row">
            {'clipboard' in navigator && (
              <button type="button" className="btn tight" onClick={() => void navigator.clipboard.writeText(url)}>
                <Icon name="copy" />
                {say(w.copy)}
              </button>
            )}
            <button type="button" className="btn tight" onClick={() => print()}>
              {say(w.print)}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

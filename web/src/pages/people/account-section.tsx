import { useState } from 'react';
import type { Staff } from '../../api/contract.ts';
import { useAccount, useInvite, useTakeAway } from '../../api/people.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { useProved, wantsProof } from '../account/prove.tsx';
import { Access } from './access.tsx';
import { InvitationSlip } from './invite.tsx';
import { w } from './words.ts';

/** How somebody signs in, and what helps when he cannot: an invitation, a first password, unlocking, a lost telephone. */
export function AccountSection({ staff }: { staff: Staff }) {
  const { say } = useSpeech();
  const account = useAccount(staff.id);
  const invite = useInvite(staff.id);
  const takeAway = useTakeAway(staff.id);
  const proved = useProved();
  const [username, setUsername] = useState('');
  const faults = { ...faultsOf(account.error), ...faultsOf(invite.error) };
  const name = staff.account ? {} : { username };
  const reset = () => takeAway.mutate('second-factor', { onError: proved.run(reset) });
  const busy = account.isPending || invite.isPending || takeAway.isPending;
  return (
    <section className="people-section">
      <h3>{say(w.account)}</h3>
      {account.data && <Access access={account.data} />}
      {invite.data && <InvitationSlip invite={invite.data} />}
      {staff.account ? (
        <Standing account={staff.account} />
      ) : (
        <>
          <p className="muted small">{say(w.noAccount)}</p>
          <TextField label={w.username} required value={username} onChange={setUsername} fault={faults.username} />
        </>
      )}
      {staff.invitation && (
        <div className="row">
          <span className="tag soon">{say(w.invited, { at: shortMoment(at(staff.invitation.expiresAt)) })}</span>
          <button type="button" className="btn tight" disabled={busy} onClick={() => takeAway.mutate('invitation')}>
            {say(w.withdraw)}
          </button>
        </div>
      )}
      <div className="row">
        <button
          type="button"
          className="btn"
          disabled={busy}
          onClick={() => invite.mutate({ ...name, byEmail: false })}
        >
          {say(w.invite)}
        </button>
        {staff.email && (
          <button
            type="button"
            className="btn"
            disabled={busy}
            onClick={() => invite.mutate({ ...name, byEmail: true })}
          >
            {say(w.inviteByMail)}
          </button>
        )}
        <button type="button" className="btn" disabled={busy} onClick={() => account.mutate(name)}>
          {say(staff.account ? w.renew : w.open)}
        </button>
      </div>
      {staff.account && (
        <div className="row">
          {staff.account.lockedUntil && (
            <button type="button" className="btn" disabled={busy} onClick={() => takeAway.mutate('lock')}>
              {say(w.unlock)}
            </button>
          )}
          {staff.account.sessions > 0 && (
            <button type="button" className="btn" disabled={busy} onClick={() => takeAway.mutate('sessions')}>
              {say(w.signOutAll)}
            </button>
          )}
          {(staff.account.totp || staff.account.passkeys > 0) && (
            <button type="button" className="btn" disabled={busy} onClick={reset}>
              {say(w.lostPhone)}
            </button>
          )}
        </div>
      )}
      {Object.keys(faults).length === 0 && (
        <Refused error={account.error ?? invite.error ?? (wantsProof(takeAway.error) ? null : takeAway.error)} />
      )}
      {proved.dialog}
    </section>
  );
}

function Standing({ account }: { account: NonNullable<Staff['account']> }) {
  const { say } = useSpeech();
  return (
    <div className="row">
      <span className="mono">{account.username}</span>
      {account.first && <span className="tag soon">{say(w.notYetOwn)}</span>}
      {account.lockedUntil && (
        <span className="tag late">{say(w.lockedTill, { at: shortMoment(at(account.lockedUntil)) })}</span>
      )}
      {(account.totp || account.passkeys > 0) && <span className="tag kept">{say(w.hasFactor)}</span>}
      <span className="small muted">{say(w.signedInAt, { n: account.sessions })}</span>
    </div>
  );
}

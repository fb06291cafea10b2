import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProposalDecision, ProposalDetail } from '../../api/contract.ts';
import { proposalQuery, useDecision } from '../../api/versions.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Icon } from '../../kit/icons.tsx';
import { Refused } from '../../kit/refused.tsx';
import { Notes } from '../../pack/notes.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { Story } from './proposals.tsx';
import { w } from './words.ts';

/** One version as it was handed in: what the check found, what changes for people, and the decision. */
export default function ProposalDialog({ id, onClose }: { id: string; onClose(): void }) {
  const { say } = useSpeech();
  const seen = useQuery(proposalQuery(id)).data;
  // Here and not in the form, which goes as soon as the decision is known.
  const decision = useDecision(id);
  return (
    <Dialog title={seen ? `${seen.pack} ${seen.version}` : say(w.title)} shape="side" onClose={onClose}>
      {seen && (
        <div className="stack">
          <Story one={seen} />
          <Findings seen={seen} />
          <Notes notes={seen.notes} as="h3" />
          {seen.problems.length === 0 && <Changes seen={seen} />}
          {(seen.mayDecide || seen.mayWithdraw) && (
            <Decide
              seen={seen}
              pending={decision.isPending}
              error={decision.error}
              onSend={(body) => decision.mutate(body, { onSuccess: onClose })}
            />
          )}
          {seen.why && (
            <p className="note soon">
              <Icon name="lock" />
              <span>
                {say(seen.why.message)}
                {seen.why.who && ` · ${say(w.reviewers, { who: say(seen.why.who) })}`}
              </span>
            </p>
          )}
          <p className="small muted">{say(w.digest, { digest: seen.digest })}</p>
        </div>
      )}
    </Dialog>
  );
}

function Findings({ seen }: { seen: ProposalDetail }) {
  const { say } = useSpeech();
  if (seen.findings === 0)
    return (
      <p className="note kept">
        <Icon name="check" />
        {say(w.sound)}
      </p>
    );
  const place = (file: string, line: number, column: number) => say(w.place, { file, line, column });
  return (
    <section className="stack" aria-labelledby="findings">
      <h3 id="findings">{say(w.problems, { n: seen.findings })}</h3>
      <ul className="version-list">
        {seen.problems.map((one) => (
          <li key={`${one.file} ${one.line} ${one.column} ${one.code}`}>
            <b className="small">{place(one.file, one.line, one.column)}</b>
            <span>{say(one.message)}</span>
          </li>
        ))}
        {seen.gaps.map((one) => (
          <li key={`${one.law} ${one.procedure} ${one.at}`}>
            <b className="small">
              {say(one.title)}
              {one.file !== null && ` · ${place(one.file, one.line ?? 1, one.column ?? 1)}`}
            </b>
            <span>{say(one.message)}</span>
            {one.trace.length > 0 && (
              <span className="version-trace">
                {say(w.trace, { trace: (one.way?.map((step) => say(step)) ?? one.trace).join(' → ') })}
              </span>
            )}
          </li>
        ))}
        {seen.incomplete.map((name) => (
          <li key={name}>{say(w.incomplete, { name })}</li>
        ))}
      </ul>
    </section>
  );
}

function Changes({ seen }: { seen: ProposalDetail }) {
  const { say } = useSpeech();
  if (seen.against === null) return <p className="muted">{say(w.first)}</p>;
  if (seen.changes.length === 0) return <p className="muted">{say(w.noChanges)}</p>;
  return (
    <section className="stack" aria-labelledby="changes">
      <h3 id="changes">{say(w.changed, { version: seen.against, n: seen.changes.length })}</h3>
      {seen.running > 0 && <p className="small muted">{say(w.stays, { n: seen.running })}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by keyboard */}
      <ul className="version-changes" tabIndex={0} aria-labelledby="changes">
        {seen.changes.map((one) => (
          <li key={`${one.clause} ${one.change} ${one.words.zh}`}>
            <span className="clause">{one.clause}</span> {one.procedure && <b>{say(one.procedure)} </b>}
            {say(one.words)}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DecideProps {
  seen: ProposalDetail;
  pending: boolean;
  error: unknown;
  onSend(body: ProposalDecision): void;
}

function Decide({ seen, pending, error, onSend }: DecideProps) {
  const { say } = useSpeech();
  const [reason, setReason] = useState('');
  const [from, setFrom] = useState('');
  const send = (act: 'approve' | 'reject' | 'withdraw') => {
    const moment = from === '' ? {} : { from: `${from}:00+08:00` };
    const body = act === 'approve' ? { act, reason, against: seen.against, ...moment } : ({ act, reason } as const);
    onSend(body);
  };
  return (
    <form className="stack" onSubmit={(event) => event.preventDefault()}>
      {seen.mayDecide && (
        <>
          <label className="field">
            <span className="label">{say(w.reason)}</span>
            <textarea className="input" value={reason} onChange={({ target }) => setReason(target.value)} />
          </label>
          <label className="field">
            <span className="label">{say(w.when)}</span>
            <input
              className="input"
              type="datetime-local"
              value={from}
              onChange={({ target }) => setFrom(target.value)}
            />
          </label>
        </>
      )}
      <Refused error={error} />
      <div className="row">
        {seen.mayDecide && (
          <>
            <button type="button" className="btn main" disabled={pending} onClick={() => send('approve')}>
              {say(w.approve)}
            </button>
            <button type="button" className="btn" disabled={pending} onClick={() => send('reject')}>
              {say(w.reject)}
            </button>
          </>
        )}
        {seen.mayWithdraw && (
          <button type="button" className="btn" disabled={pending} onClick={() => send('withdraw')}>
            {say(w.withdraw)}
          </button>
        )}
      </div>
    </form>
  );
}

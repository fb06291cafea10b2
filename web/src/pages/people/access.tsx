import { useState } from 'react';
import type { FirstAccess } from '../../api/contract.ts';
import { Icon } from '../../kit/icons.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** Username and first password, to be handed over; they are never shown again. */
export function Access({ access }: { access: FirstAccess }) {
  const { say } = useSpeech();
  const [copied, setCopied] = useState(false);
  const words = `${access.username}  ${access.firstPassword}`;
  return (
    <div className="note kept people-access" role="status">
      <div className="stack">
        <b>{say(w.access)}</b>
        <dl>
          <dt>{say(w.username)}</dt>
          <dd className="mono">{access.username}</dd>
          <dt>{say(w.firstPassword)}</dt>
          <dd className="mono">{access.firstPassword}</dd>
        </dl>
        <span className="small">{say(w.accessOnce)}</span>
        {'clipboard' in navigator && (
          <div className="row">
            <button
              type="button"
              className="btn tight"
              onClick={() => void navigator.clipboard.writeText(words).then(() => setCopied(true))}
            >
              <Icon name={copied ? 'check' : 'copy'} />
              {say(copied ? w.copied : w.copy)}
            </button>
          </div>
        )}
      </div>
    </div>
  );
}

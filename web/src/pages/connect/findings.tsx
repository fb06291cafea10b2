import type { FindingView } from '../../api/connections.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** What a trial of the settings found, thing by thing. */
export function Findings({ findings }: { findings: readonly FindingView[] }) {
  const { say } = useSpeech();
  return (
    <ul className="connect-findings" aria-live="polite">
      {findings.map(({ what, ok, said }) => (
        <li key={what.zh}>
          <span className={ok ? 'tag kept' : 'tag late'}>{say(ok ? w.well : w.wrong)}</span>
          <span>
            <b>{say(what)}</b> {say(said)}
          </span>
        </li>
      ))}
    </ul>
  );
}

import type { MovePreview } from '../../api/contract.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';
import './versions.css';

const TONE = { fits: 'tag kept', changes: 'tag soon', lost: 'tag', blocks: 'tag late' } as const;

/** Step by step: what fits, what goes on otherwise, what has no place. */
export function MoveFindings({ preview }: { preview: MovePreview }) {
  const { say } = useSpeech();
  return (
    <ul className="version-findings">
      {preview.findings.map((finding, index) => (
        // The same words can stand twice, for two entries of one step.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes order
        <li key={index}>
          <span className={TONE[finding.verdict]}>{say(w[finding.verdict])}</span>
          <span>
            {say(finding.words)} {finding.clause !== '' && <span className="clause">{finding.clause}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
